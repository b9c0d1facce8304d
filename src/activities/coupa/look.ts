import type { CoupaClient } from '../../connectors/coupa/client.ts';
import type { CoupaApproval, CoupaRequisition } from '../../connectors/coupa/types.ts';
import type { Observation, Sheet } from '../../contract/observation.ts';
import { entitledTo, toPerson } from './entitled.ts';
import { carriedFacts, factsOf, hashFacts } from './facts.ts';
import { carriesAnyMarker } from './note.ts';
import { asks, type AskPolicy } from './policy.ts';

/** What one look read: the observation, and the row itself for whoever must compare its note. */
export interface Look {
  readonly observation: Observation;
  readonly approval?: CoupaApproval;
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
    updatedAt: approval.updatedAt,
  };
}

/** Whose turn it is is the requisition's to say: Coupa lists rows as pending before and after their turn. */
function isTurn(id: number, requisition: CoupaRequisition): boolean {
  return requisition.currentApprovalId === id || requisition.currentParallelApprovalIds.includes(id);
}

/** What row and requisition mean together. Pure. */
export function observationOf(
  approval: CoupaApproval,
  requisition: CoupaRequisition | undefined,
  policy: AskPolicy,
  now: Date,
): Observation {
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
  const entitled = entitledTo(approval.approver, requisition, policy);
  return { kind: 'actionable', sheet, ...entitled, asks: asks(entitled.approvers, sheet, policy, now) };
}

/** Reads an approval and its requisition: two requests, in this order, so that the chain is never the older one. */
export async function lookAt(
  coupa: CoupaClient,
  policy: AskPolicy,
  approvalId: number,
  options: { readonly priority?: 'decide'; readonly signal?: AbortSignal; readonly now: Date },
): Promise<Look> {
  const { now, ...reading } = options;
  const approval = await coupa.getApproval(approvalId, reading);
  if (approval === undefined || approval.approvableType !== 'RequisitionHeader') {
    return { observation: { kind: 'gone' } };
  }
  const requisition =
    approval.status === 'pending_approval'
      ? await coupa.getRequisition(approval.approvableId, reading)
      : undefined;
  return { observation: observationOf(approval, requisition, policy, now), approval };
}
