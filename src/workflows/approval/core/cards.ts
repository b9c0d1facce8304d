import type { Card } from '../../../contract/approval.ts';
import type { Facts } from '../../../contract/facts.ts';
import type { LookUp } from '../../../contract/messages.ts';
import type { Sheet } from '../../../contract/observation.ts';
import type { Approver } from '../../../contract/person.ts';
import { remember } from './card-memory.ts';
import { isBehind, mayDecide, mayHaveSeen, othersBeside, toAsk } from './entitled.ts';
import { messagesAtOnce } from '../../room.ts';
import type { SendCard } from './events.ts';
import { expectHolder } from './holders.ts';
import type { ApprovalCore } from './state.ts';
import { tell, userWords } from './timeline.ts';

/** Facts remembered for "was, now". */
const shownLimit = 5;

function cardId(core: ApprovalCore): string {
  return `c${core.seed}${core.cardCount.toString(16).padStart(4, '0')}`;
}

function addCard(core: ApprovalCore, card: Card, sheet: Sheet): ApprovalCore {
  const known = core.shown.some((entry) => entry.hash === sheet.factsHash);
  return {
    ...core,
    cards: remember(core.cards, card, core.sending),
    shown: known
      ? core.shown
      : [...core.shown, { hash: sheet.factsHash, facts: sheet.facts }].slice(-shownLimit),
  };
}

/** Cards that do not ask about the present facts stop being live, for good: a later turn gets a card of its own. */
export function retireCards(core: ApprovalCore, factsHash: string | null): ApprovalCore {
  return {
    ...core,
    cards: core.cards.map((card) => ({ ...card, live: card.live && card.factsHash === factsHash })),
  };
}

/** What this person's card before this one showed, when that differs: the new card says what changed (P4). */
function factsBefore(core: ApprovalCore, { id, userId, factsHash }: Card): Facts | undefined {
  const reaches = (card: Card) =>
    mayHaveSeen(core, card) && (card.sent || card.sentAs !== undefined || core.sending.includes(card.id));
  const last = core.cards.findLast((card) => card.userId === userId && card.id !== id && reaches(card));
  if (last === undefined || last.factsHash === factsHash) return undefined;
  return core.shown.find((entry) => entry.hash === last.factsHash)?.facts;
}

/** A card to somebody who may no longer decide asks nothing; unsent, it would be owed for ever. */
export function retireMessages(core: ApprovalCore): ApprovalCore {
  const { approvers } = core;
  const keeps = ({ userId, sent }: Card) =>
    sent ? mayDecide(core, userId) : approvers.some(({ id }) => id === userId);
  const asks = (card: Card) => card.live && (card.kind !== 'message' || keeps(card));
  return { ...core, cards: core.cards.map((card) => ({ ...card, live: asks(card) })) };
}

interface Asking {
  readonly core: ApprovalCore;
  readonly sends: readonly SendCard[];
}

/** The card by message that asks this person now. */
function liveCard(core: ApprovalCore, userId: number): Card | undefined {
  return core.cards.find((card) => card.kind === 'message' && card.live && card.userId === userId);
}

function askOne(
  core: ApprovalCore,
  sheet: Sheet,
  to: Approver,
  at: string,
): { core: ApprovalCore; send: SendCard } {
  const existing = liveCard(core, to.id);
  const card: Card = existing ?? {
    id: cardId(core),
    userId: to.id,
    factsHash: sheet.factsHash,
    kind: 'message',
    createdAt: at,
    sent: false,
    live: true,
  };
  const added =
    existing === undefined ? addCard({ ...core, cardCount: core.cardCount + 1 }, card, sheet) : core;
  const previous = factsBefore(added, card);
  const send = {
    card,
    to,
    sheet,
    ...othersBeside(core, to.id),
    ...(previous === undefined ? {} : { previous }),
  };
  const sending = [...added.sending, card.id];
  return { core: expectHolder({ ...added, sending, tried: [...added.tried, card.id] }, to), send };
}

/** Asks those whose card is owed and was not tried since the last look, as many as may be on their way at once. */
function askOwed(core: ApprovalCore, sheet: Sheet, at: string): Asking {
  const owed = toAsk(core).filter(({ id }) => {
    const card = liveCard(core, id);
    return (
      card === undefined || !(card.sent || core.sending.includes(card.id) || core.tried.includes(card.id))
    );
  });
  let next = core;
  const sends: SendCard[] = [];
  for (const to of owed.slice(0, Math.max(0, messagesAtOnce - core.sending.length))) {
    const asked = askOne(next, sheet, to, at);
    next = asked.core;
    sends.push(asked.send);
  }
  const again = sends.filter(({ previous }) => previous !== undefined);
  const fresh = sends.filter(({ previous }) => previous === undefined);
  if (fresh.length > 0) next = tell(next, at, `Asking ${usersOf(fresh)}`);
  if (again.length > 0) next = tell(next, at, `Asking ${usersOf(again)} again: the requisition changed`);
  return { core: next, sends };
}

function usersOf(sends: readonly SendCard[]): string {
  return userWords(sends.map(({ to }) => to.id));
}

/**
 * Who must be sent a card after a look: each of those to ask without a live card that was sent, and that is not
 * being sent. A card whose sending failed is sent again under its own id (P7).
 */
export function askApprovers(core: ApprovalCore, sheet: Sheet, at: string): Asking {
  return askOwed({ ...retireMessages(retireCards(core, sheet.factsHash)), tried: [] }, sheet, at);
}

/** A message came to its end: the next ones go out that had to wait for room. */
export function askFurther(core: ApprovalCore, at: string): Asking {
  const { sheet, looking, winding, queue, cards } = core;
  // A look or a decision that is under way, and the next run, end in asking themselves.
  const waits = sheet === null || looking || winding || queue.length > 0 || core.state === 'closed';
  // When the facts or the people changed with every place taken, nobody has a card of the present turn yet.
  const asks = core.rest === 'asked' || cards.some((card) => card.kind === 'message' && card.live);
  return waits || !asks ? { core, sends: [] } : askOwed(core, sheet, at);
}

/**
 * Reminds everybody who holds a live card that was sent; where only a mode of before wrote to them, they are not asked
 * by a reminder. A fresh card on its way is reminder enough: where all have
 * one, the round counts as held. One that is under way is not begun again.
 */
export function remind(core: ApprovalCore, sheet: Sheet, at: string): Asking {
  const { approvers, clock, sending } = core;
  if (clock === undefined) return { core, sends: [] };
  if (core.cards.some((card) => card.sent && sending.includes(card.id))) return { core, sends: [] };
  const reminder = { waitedMs: Date.parse(at) - Date.parse(clock.askedAt) };
  const sends = core.cards.flatMap((card): SendCard[] => {
    if (card.kind !== 'message' || !card.live || !card.sent || isBehind(core, card)) return [];
    const to = approvers.find(({ id }) => id === card.userId);
    return to === undefined ? [] : [{ card, to, sheet, ...othersBeside(core, to.id), reminder }];
  });
  if (sends.length === 0) {
    const { roundAt, ...rest } = core;
    return { core: { ...rest, clock: { ...clock, remindedAt: at } }, sends };
  }
  const begun = { ...core, roundAt: at, sending: [...sending, ...sends.map(({ card }) => card.id)] };
  return { core: tell(begun, at, `Reminding ${usersOf(sends)}`), sends };
}

/** Reminders count anew, from the next card that goes out. */
export function stopClock(core: ApprovalCore): ApprovalCore {
  const { clock, firstWaitMs, roundAt, ...rest } = core;
  return rest;
}

/** It is nobody's turn any more: no card asks, and a later turn counts its reminders anew. */
export function leaveTurn(core: ApprovalCore): ApprovalCore {
  return stopClock(retireCards(core, null));
}

/**
 * Where nobody of those who may decide now was asked before, the approval has come to somebody else: it has not
 * waited for them, and what a look planned by the old clock is not theirs.
 */
export function startOver(core: ApprovalCore): ApprovalCore {
  const isHeld = core.cards.some(
    (card) => card.kind === 'message' && card.live && mayDecide(core, card.userId),
  );
  return core.clock === undefined || isHeld ? core : stopClock(core);
}

/** Records that a look-up showed somebody these facts, so that the reference handed out proves them. */
export function recordLookUp(core: ApprovalCore, lookUp: LookUp, at: string): ApprovalCore {
  const { sheet } = core;
  if (sheet === null || core.cards.some((card) => card.id === lookUp.cardId)) return core;
  const card: Card = {
    id: lookUp.cardId,
    userId: lookUp.userId,
    factsHash: lookUp.factsHash,
    kind: 'lookUp',
    createdAt: at,
    sent: true,
    live: lookUp.factsHash === sheet.factsHash && (core.rest === 'asked' || core.rest === 'listed'),
  };
  const next =
    lookUp.factsHash === sheet.factsHash
      ? addCard(core, card, sheet)
      : { ...core, cards: remember(core.cards, card, core.sending) };
  return tell(next, at, `Looked up by Coupa user ${lookUp.userId}`);
}
