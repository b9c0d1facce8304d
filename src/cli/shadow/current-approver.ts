import type { CoupaClient } from '../../connectors/coupa/client.ts';
import type { AuditRow } from '../../connectors/coupa/audit/rows.ts';
import type { CoupaApprover } from '../../connectors/coupa/types.ts';
import { inWords } from './tenant.ts';
import type { Watched } from './watched.ts';

const kinds = ['user', 'group', 'parallel'] as const;

/** What `current_approver_association[email]` finds, by the kind of row. */
export type CurrentApproverFilter = Readonly<Record<(typeof kinds)[number], string>>;

/** Rows of each kind that are read in search of one with an address. */
const maxTries = 3;

async function addressOf(coupa: CoupaClient, approver: CoupaApprover): Promise<string | undefined> {
  if (approver.kind === 'user') return approver.person.email;
  if (approver.kind === 'unknown') return undefined;
  const members = approver.members ?? (await coupa.groupMembers(approver.id))?.members ?? [];
  return members.find(({ active, email }) => active !== false && email !== undefined)?.email;
}

function kindOf({ parallelGroup, approverType }: AuditRow): (typeof kinds)[number] {
  if (parallelGroup) return 'parallel';
  return approverType === null || approverType === 'User' ? 'user' : 'group';
}

/** Asks for the requisition of one row by the address of its approver, which is sent to Coupa and not kept. */
async function tryOne(coupa: CoupaClient, { id, requisitionId }: AuditRow): Promise<string | undefined> {
  const approval = await coupa.getApproval(id);
  const address = approval === undefined ? undefined : await addressOf(coupa, approval.approver);
  if (address === undefined) return undefined;
  const probed = await coupa.audit.probe({
    path: '/api/requisitions',
    operation: 'GET /api/requisitions',
    query: { id: requisitionId, 'current_approver_association[email]': address },
  });
  return inWords(probed, (ids) => (ids.includes(requisitionId) ? 'found' : 'not found'));
}

/**
 * Whether Coupa's own "current approver" filter finds a requisition by a person, by a member of a group, and by one of
 * several whose turn it is at once. Tried on rows whose turn it is.
 */
export async function tryCurrentApprover(
  coupa: CoupaClient,
  rows: ReadonlyMap<number, AuditRow>,
  watched: Iterable<Watched>,
): Promise<CurrentApproverFilter> {
  const turns = [...watched].filter(
    ({ state }) => state === 'asked' || state === 'listed' || state === 'stuck',
  );
  const results: Record<(typeof kinds)[number], string> = {
    user: 'not tried: no such row waits',
    group: 'not tried: no such row waits',
    parallel: 'not tried: no such row waits',
  };
  for (const kind of kinds) {
    const candidates = turns.flatMap(({ approvalId }) => rows.get(approvalId) ?? []);
    for (const row of candidates.filter((each) => kindOf(each) === kind).slice(0, maxTries)) {
      const result = await tryOne(coupa, row);
      if (result === undefined) continue;
      results[kind] = result;
      break;
    }
  }
  return results;
}
