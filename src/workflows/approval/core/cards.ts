import type { Card } from '../../../contract/approval.ts';
import type { Facts } from '../../../contract/facts.ts';
import type { LookUp } from '../../../contract/messages.ts';
import type { Sheet } from '../../../contract/observation.ts';
import type { Person } from '../../../contract/person.ts';
import type { SendCard } from './events.ts';
import type { ApprovalCore } from './state.ts';
import { tell } from './timeline.ts';

/** Bounds on what is remembered; a reference to a card forgotten by them is answered `changed`. */
const cardLimit = 200;
const shownLimit = 5;

function cardId(core: ApprovalCore): string {
  return `c${core.seed}${core.cardCount.toString(16).padStart(4, '0')}`;
}

/** Adds a card; beyond the limit the oldest that asks nothing goes, so that nobody who was asked is asked twice. */
function remember(cards: readonly Card[], card: Card): readonly Card[] {
  const all = [...cards, card];
  if (all.length <= cardLimit) return all;
  const oldest = Math.max(
    0,
    all.findIndex((each) => !each.live),
  );
  return all.toSpliced(oldest, 1);
}

function addCard(core: ApprovalCore, card: Card, sheet: Sheet): ApprovalCore {
  const known = core.shown.some((entry) => entry.hash === sheet.factsHash);
  return {
    ...core,
    cards: remember(core.cards, card),
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
  const reaches = (card: Card) => card.kind === 'message' && (card.sent || core.sending.includes(card.id));
  const last = core.cards.findLast((card) => card.userId === userId && card.id !== id && reaches(card));
  if (last === undefined || last.factsHash === factsHash) return undefined;
  return core.shown.find((entry) => entry.hash === last.factsHash)?.facts;
}

/** A card to somebody who may no longer decide asks nothing; unsent, it would be owed for ever. */
function retireMessages(core: ApprovalCore, approvers: readonly Person[]): ApprovalCore {
  const asked = (card: Card) => card.kind !== 'message' || approvers.some(({ id }) => id === card.userId);
  return { ...core, cards: core.cards.map((card) => ({ ...card, live: card.live && asked(card) })) };
}

/**
 * Who must be sent a card now: each approver without a live card that was sent, and that is not being sent.
 * A card whose sending failed is sent again under its own id (P7).
 */
export function askApprovers(
  core: ApprovalCore,
  sheet: Sheet,
  approvers: readonly Person[],
  at: string,
): { core: ApprovalCore; sends: readonly SendCard[] } {
  let next = retireMessages(retireCards(core, sheet.factsHash), approvers);
  const sends: SendCard[] = [];
  for (const to of approvers) {
    const existing = next.cards.find((card) => card.kind === 'message' && card.live && card.userId === to.id);
    if (existing?.sent === true) continue;
    if (existing !== undefined && next.sending.includes(existing.id)) continue;
    const card: Card = existing ?? {
      id: cardId(next),
      userId: to.id,
      factsHash: sheet.factsHash,
      kind: 'message',
      createdAt: at,
      sent: false,
      live: true,
    };
    if (existing === undefined) {
      next = addCard({ ...next, cardCount: next.cardCount + 1 }, card, sheet);
    }
    const previous = factsBefore(next, card);
    next = { ...next, sending: [...next.sending, card.id] };
    next = tell(
      next,
      at,
      `Asking Coupa user ${to.id}${previous === undefined ? '' : ' again: the requisition changed'}`,
    );
    sends.push({ card, to, sheet, ...(previous === undefined ? {} : { previous }) });
  }
  return { core: next, sends };
}

/**
 * Reminds everybody who holds a live card that was sent. A fresh card on its way is reminder enough: where all have
 * one, the round counts as held. One that is under way is not begun again.
 */
export function remind(
  core: ApprovalCore,
  sheet: Sheet,
  approvers: readonly Person[],
  at: string,
): { core: ApprovalCore; sends: readonly SendCard[] } {
  const { clock, sending } = core;
  if (clock === undefined) return { core, sends: [] };
  if (core.cards.some((card) => card.sent && sending.includes(card.id))) return { core, sends: [] };
  const reminder = { waitedMs: Date.parse(at) - Date.parse(clock.askedAt) };
  const sends = core.cards.flatMap((card): SendCard[] => {
    if (card.kind !== 'message' || !card.live || !card.sent) return [];
    const to = approvers.find(({ id }) => id === card.userId);
    return to === undefined ? [] : [{ card, to, sheet, reminder }];
  });
  if (sends.length === 0) {
    const { roundAt, ...rest } = core;
    return { core: { ...rest, clock: { ...clock, remindedAt: at } }, sends };
  }
  let next: ApprovalCore = {
    ...core,
    roundAt: at,
    sending: [...sending, ...sends.map(({ card }) => card.id)],
  };
  for (const { to } of sends) next = tell(next, at, `Reminding Coupa user ${to.id}`);
  return { core: next, sends };
}

/** Reminders count anew, from the next card that goes out. */
function stopClock(core: ApprovalCore): ApprovalCore {
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
export function passOn(core: ApprovalCore, approvers: readonly Person[]): ApprovalCore {
  const isHeld = core.cards.some(
    (card) => card.kind === 'message' && card.live && approvers.some(({ id }) => id === card.userId),
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
      : { ...core, cards: remember(core.cards, card) };
  return tell(next, at, `Looked up by Coupa user ${lookUp.userId}`);
}
