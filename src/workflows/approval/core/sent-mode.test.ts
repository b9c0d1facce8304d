import { describe, expect, it } from 'vitest';
import type { Mode } from '../../../contract/mode.ts';
import type { ApprovalEvent } from './events.ts';
import type { ApprovalCore } from './state.ts';
import { ana, at, ben, cardOf, feed, later, newCore, sentIds, turn } from './test-values.ts';
import { step } from './step.ts';

const reminder = { due: false, nextAt: '2026-11-04T09:00:00.000Z' };

function seen(mode: Mode): ApprovalEvent {
  return { kind: 'observed', observation: turn('100', [ana, ben]), reminder, at, mode };
}

/** Asked in this mode: every card of the first look went out in it. */
function askedIn(mode: Mode): ApprovalCore {
  const asking = feed(newCore, { kind: 'woken' }, seen(mode));
  return sentIds(asking.commands).reduce<ApprovalCore>(
    (core, cardId) => step(core, { kind: 'sent', cardId, mode }, at).core,
    asking.core,
  );
}

function lookIn(core: ApprovalCore, mode: Mode) {
  return step(step(core, { kind: 'recheck' }, later).core, seen(mode), later);
}

describe('a card that went out in another mode', () => {
  it.each<[Mode, Mode]>([
    ['shadow', 'notify'],
    ['shadow', 'decide'],
    ['notify', 'decide'],
  ])('in %s is sent again under its own id once the mode is %s', (before, now) => {
    const asked = askedIn(before);
    const { core, commands } = lookIn(asked, now);
    expect(sentIds(commands)).toEqual([cardOf(asked, ana.id), cardOf(asked, ben.id)]);
    expect(core.clock).toBeUndefined();
    const arrived = step(core, { kind: 'sent', cardId: cardOf(core, ana.id), mode: now }, later).core;
    expect(arrived.clock).toEqual({ askedAt: later });
  });

  it.each<[Mode, Mode]>([
    ['decide', 'decide'],
    ['decide', 'notify'],
    ['decide', 'shadow'],
    ['notify', 'notify'],
    ['notify', 'shadow'],
    ['shadow', 'shadow'],
  ])('in %s is not sent again where the mode is %s', (before, now) => {
    expect(sentIds(lookIn(askedIn(before), now).commands)).toEqual([]);
  });

  it('is owed where a worker of an earlier mode let it go by, and goes out with the next look', () => {
    const asking = feed(newCore, { kind: 'woken' }, seen('decide'));
    const cardId = cardOf(asking.core, ana.id);
    const missed = step(asking.core, { kind: 'sent', cardId, mode: 'shadow' }, at).core;
    expect(missed.cards.find(({ id }) => id === cardId)).toMatchObject({ sent: false, live: true });
    expect(missed.timeline.at(-1)?.text).toContain('MODE=shadow');
    expect(sentIds(lookIn(missed, 'decide').commands)).toContain(cardId);
  });
});
