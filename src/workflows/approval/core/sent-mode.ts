import { goesFurther, type Mode } from '../../../contract/mode.ts';
import { stopClock } from './cards.ts';
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

/** Remembers of a card how it went out, where nobody can decide by it. */
export function noteMode(core: ApprovalCore, { cardId, mode = 'decide' }: Sent): ApprovalCore {
  if (mode === 'decide') return core;
  return {
    ...core,
    cards: core.cards.map((card) => (card.id === cardId ? { ...card, sentAs: mode } : card)),
  };
}

/**
 * The mode that policy wants now. Where it goes further than the one in which cards went out, they are owed again, and
 * reminders count from when they arrive: in `shadow` nobody has seen anything, in `notify` nobody could answer.
 */
export function enterMode(core: ApprovalCore, mode: Mode | undefined): ApprovalCore {
  if (mode === undefined) return core;
  const isOwed = ({ live, sentAs }: ApprovalCore['cards'][number]) =>
    live && sentAs !== undefined && goesFurther(mode, sentAs);
  if (!core.cards.some(isOwed)) return { ...core, mode };
  const cards = core.cards.map((card) => {
    const { sentAs, ...rest } = card;
    return isOwed(card) ? { ...rest, sent: false } : card;
  });
  return stopClock({ ...core, mode, cards });
}
