import { entitledTo, isTurn, versionOf, type Document, type Row } from './coupa-truth.ts';
import type { RequisitionEvidence } from './evidence.ts';
import { brokenByMessages, type AddressOf } from './messages.ts';
import { aboutApproval, brokenByAnswer, brokenByWrites } from './writes.ts';

/** Every promise that what has happened to a requisition breaks; none, if all were kept. Pure. */
export function brokenPromises(evidence: RequisitionEvidence, addressOf: AddressOf): string[] {
  const manyOpen = [...evidence.open].filter(([, ids]) => ids.length > 1);
  return [
    ...evidence.approvalIds.flatMap((approvalId) => brokenByWrites(evidence, approvalId)),
    ...evidence.presses.flatMap((press) => brokenByAnswer(evidence, press)),
    ...brokenByMessages(evidence, addressOf),
    ...manyOpen.map(([approvalId, ids]) => `P1: ${approvalId} has ${ids.length} open workflows`),
  ];
}

/** What is still to come for a row that waits for somebody: a card on the present facts for each who may decide. */
function unasked(evidence: RequisitionEvidence, row: Row, final: Document): string[] {
  const shown = evidence.shown.get(row.id);
  const may = entitledTo(row, evidence.directory);
  if (shown === undefined) return [`P10: ${row.id} waits in Coupa and is not known`];
  if (may.length === 0) {
    return shown.state === 'stuck'
      ? []
      : [`P7: ${row.id} has nobody to ask and is ${shown.state}, not stuck`];
  }
  if (shown.state !== 'asked') return [`P7: ${row.id} waits in Coupa and is ${shown.state}, not asked`];
  const version = versionOf(final.total);
  return may.flatMap((userId) => {
    const live = shown.cards.some((card) => card.userId === userId && card.live && card.sent);
    const arrived = evidence.cards.some(
      (card) => card.approvalId === row.id && card.userId === userId && card.version === version,
    );
    if (!arrived) return [`P7: user ${userId} has no card of ${row.id} on its present facts`];
    return live ? [] : [`P7: the card of user ${userId} on ${row.id} asks nothing, though it waits`];
  });
}

/** A row of Coupa's that asks nobody: nothing of ours may ask for it either. */
function stillOpen(evidence: RequisitionEvidence, approvalId: number, row: Row | undefined): string[] {
  const shown = evidence.shown.get(approvalId);
  if (shown === undefined || shown.state === 'closed') return [];
  const isPending = row?.status === 'pending_approval';
  // Nobody can tell any more what became of a write without an answer: it waits for somebody who looks in Coupa (P5).
  const unanswered = aboutApproval(evidence, approvalId).some(({ method, lost }) => method === 'PUT' && lost);
  if (row === undefined && unanswered && ['deciding', 'stuck'].includes(shown.state)) return [];
  if (!isPending) return [`${approvalId} is ${row?.status ?? 'gone'} in Coupa and still ${shown.state}`];
  return shown.state === 'waiting' ? [] : [`${approvalId} is nobody's turn and still ${shown.state}`];
}

/** What the product still has to do until it agrees with Coupa; empty once it does. Pure. */
export function unsettled(evidence: RequisitionEvidence): string[] {
  const { final } = evidence;
  return evidence.approvalIds.flatMap((approvalId) => {
    const row = final?.approvals.find(({ id }) => id === approvalId);
    return final !== undefined && row?.status === 'pending_approval' && isTurn(approvalId, final)
      ? unasked(evidence, row, final)
      : stillOpen(evidence, approvalId, row);
  });
}
