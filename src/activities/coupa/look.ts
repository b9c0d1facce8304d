import type { CoupaClient } from '../../connectors/coupa/client.ts';
import type { ReadOptions } from '../../connectors/http/read-options.ts';
import type { CoupaApproval, CoupaRequisition } from '../../connectors/coupa/types.ts';
import type { Observation, Sheet } from '../../contract/observation.ts';
import type { ApiUser } from './api-user.ts';
import { candidatesOf, toPerson } from './candidates.ts';
import type { Directory } from './directory/directory.ts';
import { entitledTo } from './entitled.ts';
import { carriedFacts, factsOf, hashFacts } from './facts.ts';
import { carriesAnyMarker, carriesWholeMarker } from './note.ts';
import type { AskPolicy } from './policy.ts';

/** What a look, and the look before a write, need to know about their surroundings. */
export interface LookDeps {
  readonly coupa: CoupaClient;
  readonly policy: AskPolicy;
  readonly directory: Directory;
  readonly apiUser: ApiUser;
}

export interface LookOptions extends ReadOptions {
  readonly now: Date;
}

/** What an approval is before it is known who may decide it. */
export type Turn =
  | Exclude<Observation, { kind: 'actionable' }>
  | {
      readonly kind: 'itsTurn';
      readonly sheet: Sheet;
      readonly row: CoupaApproval;
      readonly requisition: CoupaRequisition;
    };

/** The row as it was read, and what it means; without a row when Coupa has none. */
export interface Row {
  readonly approval?: CoupaApproval;
  readonly turn: Turn;
}

function sheetOf(approval: CoupaApproval, requisition: CoupaRequisition): Sheet {
  const facts = factsOf(requisition);
  return {
    requisitionId: requisition.id,
    title: requisition.title,
    status: requisition.status,
    justification: requisition.justification,
    submittedAt: requisition.submittedAt,
    needByDate: requisition.needByDate,
    department: requisition.department ?? null,
    costCentre: requisition.costCentre ?? null,
    requester: requisition.requestedBy === undefined ? null : toPerson(requisition.requestedBy),
    createdBy: requisition.createdBy === undefined ? null : toPerson(requisition.createdBy),
    facts: carriedFacts(facts),
    factsHash: hashFacts(facts),
    ...(approval.approver.kind === 'user' && { approverId: approval.approver.person.id }),
    ...(approval.approver.kind === 'group' && { approverId: approval.approver.id }),
    updatedAt: approval.updatedAt,
  };
}

/** Whose turn it is is the requisition's to say: Coupa lists rows as pending before and after their turn. */
function isTurn(id: number, requisition: CoupaRequisition): boolean {
  return requisition.currentApprovalId === id || requisition.currentParallelApprovalIds.includes(id);
}

/** What row and requisition mean together, but for who may decide. Pure. */
export function turnOf(approval: CoupaApproval, requisition: CoupaRequisition | undefined): Turn {
  if (approval.status !== 'pending_approval') {
    return { kind: 'ended', status: approval.status, ours: carriesAnyMarker(approval.note) };
  }
  if (requisition === undefined) return { kind: 'replaced' };
  const chain = requisition.approvals;
  if (
    chain.length > 0 &&
    !chain.some((each) => each.id === approval.id) &&
    !isTurn(approval.id, requisition)
  ) {
    return { kind: 'replaced' };
  }
  const sheet = sheetOf(approval, requisition);
  if (requisition.status !== 'pending_approval') {
    return { kind: 'notSubmitted', requisitionStatus: requisition.status, sheet };
  }
  if (!isTurn(approval.id, requisition)) return { kind: 'notYet', sheet };
  return { kind: 'itsTurn', sheet, row: approval, requisition };
}

/** Whether Coupa recorded somebody whom the row names: a person who decided there, whatever note they typed or copied. */
function isDecidedByItsOwn(approval: CoupaApproval): boolean {
  return candidatesOf(approval).some(({ user }) => user.id === approval.approvedBy?.id);
}

/** Reads an approval and its requisition: two requests, in this order, so that the chain is never the older one. */
export async function readRow(
  { coupa, apiUser }: Pick<LookDeps, 'coupa' | 'apiUser'>,
  approvalId: number,
  reading: ReadOptions,
): Promise<Row> {
  const approval = await coupa.getApproval(approvalId, reading);
  if (approval === undefined || approval.approvableType !== 'RequisitionHeader') {
    return { turn: { kind: 'gone' } };
  }
  if (carriesWholeMarker(approval.note) && !isDecidedByItsOwn(approval)) apiUser.learn(approval.approvedBy);
  const requisition =
    approval.status === 'pending_approval'
      ? await coupa.getRequisition(approval.approvableId, reading)
      : undefined;
  return { approval, turn: turnOf(approval, requisition) };
}

/** Adds who may decide where it is the row's turn: no request where the directory knows them. */
export async function observe(
  turn: Turn,
  { policy, directory }: Pick<LookDeps, 'policy' | 'directory'>,
  { now, ...reading }: LookOptions,
): Promise<Observation> {
  if (turn.kind !== 'itsTurn') return turn;
  const { sheet, row, requisition } = turn;
  const entitled = await entitledTo({ row, requisition, policy, directory, now, reading }, sheet);
  return { kind: 'actionable', sheet, ...entitled };
}

/** One look: the row, its requisition, and who may decide it now. */
export async function lookAt(deps: LookDeps, approvalId: number, options: LookOptions): Promise<Observation> {
  const { now: _, ...reading } = options;
  const { turn } = await readRow(deps, approvalId, reading);
  return observe(turn, deps, options);
}
