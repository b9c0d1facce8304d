import { entitledTo, isTurn, readDocument, readRow } from './coupa-truth.ts';
import type { RequisitionEvidence, SentCard } from './evidence.ts';
import { aboutApproval } from './writes.ts';

/** Addresses are compared as Coupa sends them: the sandbox has each person's once. */
export type AddressOf = (userId: number) => string | undefined;

/** Whether Coupa had said, before the card went out, that this person may decide and that it is the row's turn. */
function wasEntitled(evidence: RequisitionEvidence, { approvalId, userId, atMs }: SentCard): boolean {
  const said = aboutApproval(evidence, approvalId).some(({ body, answeredAtMs = Infinity }) => {
    const row = readRow(body);
    if (row === undefined || userId === undefined || answeredAtMs > atMs) return false;
    return row.status === 'pending_approval' && entitledTo(row, evidence.directory).includes(userId);
  });
  const turn = evidence.wire.requisition.some(({ body, answeredAtMs = Infinity }) => {
    const document = readDocument(body);
    return document !== undefined && answeredAtMs <= atMs && isTurn(approvalId, document);
  });
  return said && turn;
}

function brokenByCard(evidence: RequisitionEvidence, card: SentCard, addressOf: AddressOf): string[] {
  const { approvalId, userId, recipients } = card;
  if (userId === undefined) return [`P6: a card of ${approvalId} carries a reference that is not ours`];
  if (card.version === undefined) return [`P4: a card of ${approvalId} shows no amount`];
  const address = addressOf(userId);
  if (recipients.length !== 1 || recipients[0] !== address) {
    return [`P6: the card of user ${userId} on ${approvalId} went to somebody else`];
  }
  if (evidence.directory.own.includes(userId)) {
    return [`P6: ${approvalId} was put to its own requester or creator ${userId}`];
  }
  return wasEntitled(evidence, card)
    ? []
    : [`P6: ${approvalId} was put to user ${userId}, who may not decide it`];
}

/** P7: a repeat only where the vendor's answer was lost; a new card only where there is something new to ask. */
function brokenByRepeats(evidence: RequisitionEvidence): string[] {
  const { cards, asksAgain, restarts } = evidence;
  const counted = (keyOf: (card: SentCard) => string) => {
    const counts = new Map<string, number>();
    for (const card of cards) counts.set(keyOf(card), (counts.get(keyOf(card)) ?? 0) + 1);
    return [...counts];
  };
  const twice = counted(({ reference }) => reference).filter(([, count]) => count > 1 + restarts);
  const nothingNew = counted(
    ({ approvalId, userId, version }) => `${approvalId} to user ${userId ?? 0} on version ${version ?? 0}`,
  ).filter(([, count]) => count > 1 + restarts + asksAgain);
  return [
    ...twice.map(([reference, count]) => `P7: card ${reference.split('.')[0] ?? ''} was sent ${count} times`),
    ...nothingNew.map(([about, count]) => `P7: ${count} cards about ${about}`),
  ];
}

/** What messages about one requisition break. Notices go to its requester and to those who hold a card. */
export function brokenByMessages(evidence: RequisitionEvidence, addressOf: AddressOf): string[] {
  const concerned = [evidence.requesterId, ...evidence.cards.map(({ userId }) => userId ?? 0)].map(addressOf);
  const astray = evidence.notices.flatMap(({ recipients }) =>
    recipients.filter((recipient) => !concerned.includes(recipient)),
  );
  return [
    ...evidence.cards.flatMap((card) => brokenByCard(evidence, card, addressOf)),
    ...brokenByRepeats(evidence),
    ...astray.map((recipient) => `P6: ${recipient} was told of requisition ${evidence.id}`),
  ];
}
