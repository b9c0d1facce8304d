import type { Card } from '../../../contract/approval.ts';
import { goesFurther } from '../../../contract/mode.ts';
import { stopClock } from './cards.ts';
import { isBehind } from './entitled.ts';
import type { ApprovalEvent } from './events.ts';
import type { ApprovalCore } from './state.ts';

type Sent = ApprovalEvent & { kind: 'sent' };

/** A card that a worker of an earlier mode let go by, or sent without buttons, has not gone out as it should. */
export function judgeSent(core: ApprovalCore, event: Sent): ApprovalEvent & { kind: 'sent' | 'sendFailed' } {
  const { cardId, mode = 'decide' } = event;
  if (core.mode === undefined || !goesFurther(core.mode, mode)) return event;
  const message = `a card went out in MODE=${mode}, which is ${core.mode} now`;
  return { kind: 'sendFailed', cardId, problem: { type: 'EarlierMode', message } };
}

/**
 * Remembers of a card how it went out, where nobody can decide by it. One that went out before went out again as a
 * reminder: the mode that goes further counts.
 */
export function noteMode(core: ApprovalCore, { cardId, mode = 'decide' }: Sent): ApprovalCore {
  const noted = (card: Card): Card => {
    const { sentAs, ...rest } = card;
    const before = card.sent ? (sentAs ?? 'decide') : mode;
    const best = goesFurther(before, mode) ? before : mode;
    return best === 'decide' ? rest : { ...rest, sentAs: best };
  };
  return { ...core, cards: core.cards.map((card) => (card.id === cardId ? noted(card) : card)) };
}

/**
 * Where the mode goes further than the one in which cards went out, they are owed again to whom policy asks now, and
 * reminders count from when they arrive: in `shadow` nobody has seen anything, in `notify` nobody could answer. Nobody
 * else is written to because the mode changed; a card that they never saw asks nothing.
 */
export function oweAgain(core: ApprovalCore): ApprovalCore {
  const isWanted = (card: Card) => isBehind(core, card) && core.asks.includes(card.userId);
  const isNew = (card: Card) => isWanted(card) && card.sent;
  const cards = core.cards.map((card) => {
    // One about other facts is not sent again: the card that takes its place says what changed (P4).
    if (isNew(card) && card.factsHash === core.sheet?.factsHash) return { ...card, sent: false };
    if (!isBehind(core, card) || isWanted(card) || core.sending.includes(card.id)) return card;
    return card.sentAs === 'shadow' ? { ...card, live: false } : { ...card, sent: true };
  });
  return core.cards.some(isNew) ? stopClock({ ...core, cards }) : { ...core, cards };
}
