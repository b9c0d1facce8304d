import { describe, expect, it } from 'vitest';
import type { Mode } from '../../../contract/mode.ts';
import type { Observation } from '../../../contract/observation.ts';
import type { ApprovalEvent, Step } from './events.ts';
import type { ApprovalCore } from './state.ts';
import { ana, at, ben, cardOf, feed, later, newCore, sentIds, turn } from './test-values.ts';
import { step } from './step.ts';

const reminder = { due: false, nextAt: '2026-11-04T09:00:00.000Z' };

function seen(
  mode: Mode,
  observation: Observation = turn('100', [ana, ben]),
): ApprovalEvent & { kind: 'observed' } {
  return { kind: 'observed', observation, reminder, at, mode };
}

/** Asked in this mode: every card of the first look went out in it. */
function askedIn(mode: Mode): ApprovalCore {
  const asking = feed(newCore, { kind: 'woken' }, seen(mode));
  return sentIds(asking.commands).reduce<ApprovalCore>(
    (core, cardId) => step(core, { kind: 'sent', cardId, mode }, at).core,
    asking.core,
  );
}

function lookIn(core: ApprovalCore, mode: Mode, observation?: Observation) {
  const looking = core.looking ? core : step(core, { kind: 'recheck' }, later).core;
  return step(looking, seen(mode, observation), later);
}

/** Lets every card that these commands send go out in this mode. */
function deliverIn(mode: Mode, { core, commands }: Step): ApprovalCore {
  const events = sentIds(commands).map((cardId): ApprovalEvent => ({ kind: 'sent', cardId, mode }));
  return events.reduce<ApprovalCore>((next, event) => step(next, event, later).core, core);
}

function told({ commands }: Step) {
  return commands.flatMap((each) => (each.kind === 'follow' ? each.holders : []));
}

describe('a card that went out in another mode', () => {
  it('is what the next one tells the change from, when the facts change while it is on its way again (P4)', () => {
    const again = lookIn(askedIn('shadow'), 'decide').core;
    const { commands } = lookIn(again, 'decide', turn('300', [ana, ben]));
    const sends = commands.flatMap((each) => (each.kind === 'send' ? [each] : []));
    expect(sends.map(({ to, previous }) => [to.id, previous?.total])).toEqual([
      [ana.id, '100'],
      [ben.id, '100'],
    ]);
  });

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

  it('is reminded of by a plan that counts from when it went out again, not by the one of before', () => {
    const never = { ...seen('decide'), reminder: { due: false, nextAt: null } };
    const asked = step(askedIn('shadow'), { kind: 'recheck' }, later).core;
    const looked = step(asked, never, later);
    const first = { kind: 'sent', cardId: cardOf(asked, ana.id), mode: 'decide' } as const;
    const { core, commands } = step(looked.core, first, later);
    expect(core.clock).toEqual({ askedAt: later });
    expect(commands).toContainEqual({ kind: 'look' });
  });

  it.each<[Mode, Mode]>([
    ['shadow', 'notify'],
    ['shadow', 'decide'],
    ['notify', 'decide'],
  ])('in %s is not sent again in %s to somebody whom policy no longer asks', (before, now) => {
    const asked = askedIn(before);
    const some = lookIn(asked, now, turn('100', [ana, ben], [ben.id]));
    expect(sentIds(some.commands)).toEqual([cardOf(asked, ben.id)]);
  });

  it('in notify becomes no question by a reminder where policy does not ask its holder', () => {
    const some = turn('100', [ana, ben], [ben.id]);
    const asking = lookIn(askedIn('notify'), 'decide', some);
    const { core } = lookIn(deliverIn('decide', asking), 'decide', some);
    const looking = step(core, { kind: 'recheck' }, later).core;
    const due = { ...seen('decide', some), reminder: { due: true, nextAt: null } };
    expect(sentIds(step(looking, due, later).commands)).toEqual([cardOf(core, ben.id)]);
  });

  it('in shadow asked nobody: where policy asks none of them later, the approval is listed, whatever changed', () => {
    const listed = lookIn(askedIn('shadow'), 'decide', turn('100', [ana, ben], false));
    expect(listed.core.state).toBe('listed');
    expect(listed.core.cards.filter(({ live }) => live)).toEqual([]);
    const changed = lookIn(askedIn('shadow'), 'decide', turn('200', [ana, ben], [ben.id]));
    expect(changed.commands.filter(({ kind }) => kind === 'send')).toMatchObject([{ to: ben }]);
  });

  it('in notify is sent anew when the facts change, also to somebody whom policy no longer asks (P4)', () => {
    const changed = lookIn(askedIn('notify'), 'decide', turn('200', [ana, ben], [ben.id]));
    const sends = changed.commands.filter((each) => each.kind === 'send');
    expect(sends.map(({ to, previous }) => [to.id, previous?.total])).toEqual([
      [ana.id, '100'],
      [ben.id, '100'],
    ]);
    expect(changed.core.clock).toBeUndefined();
  });

  it('in shadow is not said to have changed, since nobody saw it', () => {
    const second = lookIn(askedIn('shadow'), 'shadow', turn('200', [ana, ben]));
    const shadowed = deliverIn('shadow', second);
    const third = lookIn(shadowed, 'decide', turn('200', [ana, ben]));
    expect(sentIds(third.commands)).toHaveLength(2);
    expect(third.commands.filter((each) => each.kind === 'send' && each.previous !== undefined)).toEqual([]);
    const again = lookIn(deliverIn('decide', third), 'decide', turn('300', [ana, ben]));
    expect(again.commands.filter((each) => each.kind === 'send' && each.previous !== undefined)).toHaveLength(
      2,
    );
  });

  it.each<[string, Observation]>([
    ['the approval ends', { kind: 'ended', status: 'approved', ours: false }],
    ['it is no longer theirs', turn('100', [ana])],
  ])('in shadow is no card that its holder hears of when %s in another mode', (_, observation) => {
    expect(told(lookIn(askedIn('shadow'), 'decide', observation))).toEqual([]);
    expect(told(lookIn(askedIn('notify'), 'decide', observation))).toContainEqual(ben);
    const back = deliverIn('decide', lookIn(askedIn('shadow'), 'decide'));
    expect(told(lookIn(back, 'decide', observation))).toContainEqual(ben);
  });
});

describe('a reminder in another mode than the card', () => {
  const due = { due: true, nextAt: '2026-11-05T09:00:00.000Z' };

  /** Asked in one mode and reminded in another, as the worker had it that took the reminder. */
  function remindedIn(before: Mode, known: Mode, mode: Mode): ApprovalCore {
    const looking = step(askedIn(before), { kind: 'recheck' }, later).core;
    return deliverIn(mode, step(looking, { ...seen(known), reminder: due }, later));
  }

  it.each<[Mode, Mode]>([
    ['decide', 'shadow'],
    ['decide', 'notify'],
    ['notify', 'shadow'],
  ])('takes nothing from a card of %s when it goes out in %s', (before, now) => {
    const reminded = remindedIn(before, now, now);
    expect(reminded.reminders).toBe(1);
    expect(sentIds(lookIn(reminded, before).commands)).toEqual([]);
  });

  it.each<[Mode, Mode]>([
    ['shadow', 'decide'],
    ['notify', 'decide'],
  ])('is as good as a new card where the card went out in %s and it in %s', (before, now) => {
    expect(sentIds(lookIn(remindedIn(before, before, now), now).commands)).toEqual([]);
  });
});
