import type { AuditRow } from '../../connectors/coupa/audit/rows.ts';
import { askedLate, type Late } from './late.ts';
import type { Watched } from './watched.ts';

interface Named {
  readonly approvalId: number;
  readonly requisitionId: number;
}

/** A row that was decided in Coupa, and that nobody would have been asked about before. */
interface Missed extends Named {
  readonly reason: string;
}

/** A row that somebody else decided than those who would have been asked. Coupa user ids. */
export interface DecidedByAnother extends Named {
  readonly asked: readonly number[];
  readonly by: number;
  /** The one who decided may do so by what we know, but would not have been asked (policy). */
  readonly entitled: boolean;
}

/** How what would have been asked stands beside what was decided in Coupa. */
export interface Comparison {
  readonly asked: {
    readonly approvals: number;
    readonly messages: number;
    /** By hour (ISO 8601, UTC), oldest first. */
    readonly hours: readonly { readonly hour: string; readonly approvals: number }[];
  };
  readonly decided: { readonly rows: number; readonly asAsked: number; readonly byUnknown: number };
  readonly missed: readonly Missed[];
  readonly askedWrongly: readonly DecidedByAnother[];
  /** Decided by users of API clients. */
  readonly byService: readonly DecidedByAnother[];
  readonly escalated: readonly Named[];
  /** Rows that Coupa approves by itself when somebody submits (`SelfApproval`). */
  readonly automatic: number;
  readonly late: readonly Late[];
  readonly lateUnknown: number;
  /** Would have been asked, and wait still. */
  readonly undecided: number;
  /** Open ones that ask nobody, by why. */
  readonly notAsked: Readonly<Record<string, number>>;
}

export interface Compared {
  readonly rows: ReadonlyMap<number, AuditRow>;
  readonly watched: ReadonlyMap<number, Watched>;
  readonly since: Date;
  readonly lateMs: number;
  /** Whether a row was decided by the user of an API client. */
  readonly isService: (by: NonNullable<AuditRow['approvedBy']>) => boolean;
}

/** Coupa's dates have whole seconds: a question in the same second came before. */
const secondMs = 1_000;
const pending = 'pending_approval';

function namedOf({ id, requisitionId }: AuditRow): Named {
  return { approvalId: id, requisitionId };
}

/** When a row was decided, by the date that Coupa gives; in ms, NaN without any. */
function decidedAtMs({ approvalDate, updatedAt }: AuditRow): number {
  return Date.parse(approvalDate ?? updatedAt ?? '');
}

function isDecidedSince(row: AuditRow, since: Date): boolean {
  if (row.status !== 'approved' && row.status !== 'rejected') return false;
  const atMs = decidedAtMs(row);
  return Number.isNaN(atMs) || atMs >= since.getTime();
}

function whyMissed(watched: Watched | undefined): string {
  if (watched === undefined) return 'it was never seen waiting';
  if (!watched.whole) return 'its record cannot be read';
  if (watched.asks.length > 0) return 'it was decided before anybody would have been asked';
  return watched.why ?? 'it was decided before it was looked at';
}

function count(words: readonly string[]): Record<string, number> {
  const counted: Record<string, number> = {};
  for (const word of words) counted[word] = (counted[word] ?? 0) + 1;
  return counted;
}

function askedIn(watched: Iterable<Watched>, since: Date): Comparison['asked'] {
  const firsts = [...watched].flatMap(({ asks }) => {
    const inPeriod = asks.filter(({ at }) => Date.parse(at) >= since.getTime());
    const [first] = inPeriod.map(({ at }) => at).toSorted();
    return first === undefined ? [] : [{ first, messages: inPeriod.length }];
  });
  const hours = count(firsts.map(({ first }) => `${first.slice(0, 13)}:00Z`).toSorted());
  return {
    approvals: firsts.length,
    messages: firsts.reduce((sum, { messages }) => sum + messages, 0),
    hours: Object.entries(hours).map(([hour, approvals]) => ({ hour, approvals })),
  };
}

/** Sets what was decided in Coupa beside what our workflows would have asked. Pure. */
export function compare({ rows, watched, since, lateMs, isService }: Compared): Comparison {
  const missed: Missed[] = [];
  const askedWrongly: DecidedByAnother[] = [];
  const byService: DecidedByAnother[] = [];
  let [decidedRows, asAsked, byUnknown, automatic] = [0, 0, 0, 0];
  for (const row of rows.values()) {
    if (!isDecidedSince(row, since)) continue;
    if (row.type === 'SelfApproval') {
      automatic += 1;
      continue;
    }
    decidedRows += 1;
    const known = watched.get(row.id);
    const atMs = decidedAtMs(row);
    const inTime = (known?.asks ?? []).filter(({ at }) => !(Date.parse(at) >= atMs + secondMs));
    if (inTime.length === 0) {
      missed.push({ ...namedOf(row), reason: whyMissed(known) });
      continue;
    }
    const by = row.approvedBy;
    const asked = inTime.map(({ userId }) => userId);
    if (by === undefined) byUnknown += 1;
    else if (asked.includes(by.id)) asAsked += 1;
    else {
      const entitled = known?.entitled.includes(by.id) ?? false;
      const entry = { ...namedOf(row), asked, by: by.id, entitled };
      (isService(by) ? byService : askedWrongly).push(entry);
    }
  }
  const all = [...watched.values()];
  // Decided a moment ago, its workflow may not have noticed yet: the row knows better that nobody waits.
  const waits = ({ approvalId }: Watched) => (rows.get(approvalId)?.status ?? pending) === pending;
  const open = all.filter((each) => each.state !== 'closed' && waits(each));
  const late = askedLate({ rows, watched, since, lateMs });
  return {
    asked: askedIn(all, since),
    decided: { rows: decidedRows, asAsked, byUnknown },
    missed,
    askedWrongly,
    byService,
    escalated: [...rows.values()].filter(({ status }) => status === 'escalated').map(namedOf),
    automatic,
    late: late.late,
    lateUnknown: late.unknown,
    undecided: open.filter(({ asks }) => asks.length > 0).length,
    notAsked: count(
      open.flatMap(({ state, stuckReason, asks, why, whole }) => {
        if (asks.length > 0 || !whole) return [];
        return [state === 'stuck' ? `Stuck: ${stuckReason ?? 'no reason given'}` : (why ?? state)];
      }),
    ),
  };
}
