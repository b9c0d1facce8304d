import { describe, expect, it } from 'vitest';
import type { Observation } from '../../../contract/observation.ts';
import type { ReminderPlan } from '../../../contract/reminders.ts';
import type { ApprovalEvent, Command, Step } from './events.ts';
import { carriedOver, type ApprovalCore } from './state.ts';
import { step } from './step.ts';
import {
  ana,
  askedCore,
  at,
  ben,
  cho,
  decision,
  feed,
  kinds,
  newCore,
  sentIds,
  sheetOf,
  turn,
} from './test-values.ts';

const dayMs = 86_400_000;
const asked = askedCore('100', [ana, ben]);

function after(ms: number): string {
  return new Date(Date.parse(at) + ms).toISOString();
}

/** One look, with what policy says about it. */
function looked(
  core: ApprovalCore,
  plan: ReminderPlan,
  now = after(dayMs),
  seen: Observation = turn('100', [ana, ben]),
): Step {
  const looking = step(core, { kind: 'recheck' }, now);
  return step(looking.core, { kind: 'observed', observation: seen, reminder: plan, policy: 'p1' }, now);
}

function reminded({ commands }: Step): readonly (Command & { kind: 'send' })[] {
  return commands
    .filter((command) => command.kind === 'send')
    .filter(({ reminder }) => reminder !== undefined);
}

function deliver(core: ApprovalCore, cardIds: readonly string[], now: string): ApprovalCore {
  return cardIds.reduce((next, cardId) => step(next, { kind: 'sent', cardId }, now).core, core);
}

const due: ReminderPlan = { due: true, nextAt: after(2 * dayMs) };
const notDue: ReminderPlan = { due: false, nextAt: after(2 * dayMs) };

describe('the clock of the reminders', () => {
  it('starts when the first card went out, and not again with the next', () => {
    expect(asked.clock).toEqual({ askedAt: at });
    const changed = looked(asked, notDue, after(dayMs), turn('200', [ana, ben]));
    const next = deliver(changed.core, sentIds(changed.commands), after(dayMs));
    expect(next.clock).toEqual({ askedAt: at });
  });

  it('does not start with a card that asks nothing any more when it arrives', () => {
    const sending = feed(newCore, { kind: 'woken' }, { kind: 'observed', observation: turn() });
    const [cardId = ''] = sentIds(sending.commands);
    const late: ApprovalEvent[] = [
      { kind: 'recheck' },
      { kind: 'observed', observation: { kind: 'notYet', sheet: sheetOf('100') } },
      { kind: 'sent', cardId },
    ];
    expect(feed(sending.core, ...late).core.clock).toBeUndefined();
  });

  it('starts anew with a later turn', () => {
    const waiting = looked(asked, notDue, after(dayMs), { kind: 'notYet', sheet: sheetOf('100') }).core;
    expect(waiting.clock).toBeUndefined();
  });
});

describe('a reminder that is due', () => {
  const first = looked(asked, due);

  it('goes to everybody who holds a live card, under its own id, and says how long it has waited', () => {
    expect(reminded(first)).toMatchObject([
      { to: ana, reminder: { waitedMs: dayMs }, card: { id: asked.cards[0]?.id } },
      { to: ben, reminder: { waitedMs: dayMs }, card: { id: asked.cards[1]?.id } },
    ]);
    expect(first.core.cards).toEqual(asked.cards);
  });

  it('counts once, when one of them went out', () => {
    expect(first.core.reminders).toBe(0);
    const [one = '', two = ''] = sentIds(first.commands);
    const counted = deliver(first.core, [one], after(dayMs + 1_000));
    expect(counted).toMatchObject({ reminders: 1, clock: { askedAt: at, remindedAt: after(dayMs) } });
    expect(deliver(counted, [two], after(dayMs + 2_000)).reminders).toBe(1);
  });

  it('says each time how long it has waited since the first card', () => {
    const second = looked(deliver(first.core, sentIds(first.commands), after(dayMs)), due, after(2 * dayMs));
    expect(reminded(second)[0]?.reminder).toEqual({ waitedMs: 2 * dayMs });
  });

  it('that arrives in a later turn does not count there', () => {
    const waiting = looked(first.core, notDue, after(dayMs), { kind: 'notYet', sheet: sheetOf('100') });
    const again = looked(waiting.core, notDue, after(dayMs), turn('100', [cho]));
    const asking = deliver(again.core, sentIds(again.commands), after(dayMs));
    expect(deliver(asking, sentIds(first.commands), after(dayMs))).toMatchObject({
      reminders: 0,
      clock: { askedAt: after(dayMs) },
    });
  });

  it('is not begun again while it is under way', () => {
    expect(reminded(looked(first.core, due))).toEqual([]);
  });

  it('that failed is tried again, because it does not count', () => {
    const problem = { type: 'TerminalError', message: 'HTTP 400' };
    const failed = sentIds(first.commands).reduce(
      (core, cardId) => step(core, { kind: 'sendFailed', cardId, problem }, after(dayMs)).core,
      first.core,
    );
    expect(failed).toMatchObject({ state: 'asked', reminders: 0 });
    expect(reminded(looked(failed, due))).toHaveLength(2);
  });

  it('is not sent to anybody who gets a fresh card now, which counts as one', () => {
    const changed = looked(asked, due, after(dayMs), turn('200', [ana, ben]));
    expect(reminded(changed)).toEqual([]);
    expect(sentIds(changed.commands)).toHaveLength(2);
    expect(changed.core.clock).toEqual({ askedAt: at, remindedAt: after(dayMs) });
  });

  it('is sent to one whatever becomes of the fresh card of another', () => {
    const added = looked(asked, due, after(dayMs), turn('100', [ana, ben, cho]));
    expect(reminded(added).map(({ to }) => to)).toEqual([ana, ben]);
    expect(sentIds(added.commands)).toHaveLength(3);
    expect(added.core.clock).toEqual({ askedAt: at });
    expect(added.core.sending).toHaveLength(3);
  });

  it('is not sent before a first card went out', () => {
    expect(reminded(looked(newCore, due))).toEqual([]);
  });

  it('is cut short by a decision, and owed again when that one changed nothing (P11)', () => {
    const [card] = first.core.cards;
    if (card === undefined) throw new Error('a card was sent');
    const pressed = step(
      first.core,
      { kind: 'pressed', decision: decision({ card: card.id }) },
      after(dayMs),
    );
    expect(kinds(pressed.commands)).toContain('cancelSends');
    const stopped = sentIds(first.commands).reduce(
      (core, cardId) => step(core, { kind: 'sendCancelled', cardId }, after(dayMs)).core,
      pressed.core,
    );
    const refused = step(
      stopped,
      { kind: 'settled', result: { kind: 'refused', words: ['No'] } },
      after(dayMs),
    );
    expect(kinds(refused.commands)).toEqual(['look']);
    const observed: ApprovalEvent = {
      kind: 'observed',
      observation: turn('100', [ana, ben]),
      reminder: due,
    };
    expect(reminded(step(refused.core, observed, after(dayMs)))).toHaveLength(2);
  });
});

describe('an approval that came to somebody else', () => {
  const passed = looked(asked, due, after(dayMs), turn('100', [cho]));

  it('has not waited for them: they get a card, no reminder, and the old timer is put away', () => {
    const waiting = looked(asked, notDue).core;
    expect(waiting.wakeAt).toBe(after(2 * dayMs));
    const taken = looked(waiting, due, after(dayMs), turn('100', [cho]));
    expect(reminded(taken)).toEqual([]);
    expect(kinds(taken.commands)).toEqual(['sleep', 'send', 'follow']);
    expect(taken.core.clock).toBeUndefined();
  });

  it('counts its reminders from their first card, by a plan of its own', () => {
    const [cardId = ''] = sentIds(passed.commands);
    const arrived = step(passed.core, { kind: 'sent', cardId }, after(dayMs + 1_000));
    expect(arrived.core.clock).toEqual({ askedAt: after(dayMs + 1_000) });
    expect(kinds(arrived.commands)).toEqual(['look']);
  });

  it('starts anew for whoever it comes back to, and for whoever had only looked it up', () => {
    const looking = deliver(passed.core, sentIds(passed.commands), after(dayMs));
    const planned: ApprovalEvent = { kind: 'observed', observation: turn('100', [cho]), reminder: notDue };
    const chos = step(looking, planned, after(dayMs)).core;
    expect(chos).toMatchObject({ clock: { askedAt: after(dayMs) }, wakeAt: after(2 * dayMs) });
    const back = looked(chos, notDue, after(2 * dayMs), turn('100', [ana]));
    expect(back.core.clock).toBeUndefined();
    const lookUp = { cardId: 'l1', userId: cho.id, factsHash: 'hash-100' };
    const lookedUp = step(asked, { kind: 'lookedUp', lookUp }, at).core;
    expect(looked(lookedUp, notDue, after(dayMs), turn('100', [cho])).core.clock).toBeUndefined();
  });

  it('counts on while one of those who were asked is left', () => {
    const { core } = looked(asked, notDue, after(dayMs), turn('200', [ben, cho]));
    expect(core.clock).toEqual({ askedAt: at });
  });
});

describe('the timer until the next reminder', () => {
  it('begins when the first card went out, however long its way was', () => {
    const sending = looked(newCore, notDue, after(0), turn('100', [ana]));
    expect(kinds(sending.commands)).toEqual(['send']);
    const [cardId = ''] = sentIds(sending.commands);
    const arrived = step(sending.core, { kind: 'sent', cardId }, after(3_600_000));
    expect(arrived.commands).toEqual([{ kind: 'wake', afterMs: 2 * dayMs }]);
  });

  it('begins then for the whole time, however long the look was', () => {
    const looking = step(newCore, { kind: 'recheck' }, at);
    const plan = { observation: turn(), reminder: notDue, at, policy: 'p1' };
    const sending = step(looking.core, { kind: 'observed', ...plan }, after(90_000));
    const [cardId = ''] = sentIds(sending.commands);
    const arrived = step(sending.core, { kind: 'sent', cardId }, after(100_000));
    expect(arrived.commands).toEqual([{ kind: 'wake', afterMs: 2 * dayMs }]);
  });

  const first = looked(asked, notDue);

  it('ends when policy says, from the moment of the look', () => {
    expect(first.commands).toEqual([{ kind: 'wake', afterMs: dayMs }]);
  });

  it('goes on undisturbed when a look finds the same moment', () => {
    const again = looked(first.core, notDue, after(dayMs + 5_000));
    expect(again.commands).toEqual([]);
  });

  it('is set anew when policy names another moment, and put away when it names none', () => {
    const sooner = looked(first.core, { due: false, nextAt: after(dayMs + 60_000) });
    expect(sooner.commands).toEqual([{ kind: 'wake', afterMs: 60_000 }]);
    expect(looked(first.core, { due: false, nextAt: null }).commands).toEqual([{ kind: 'sleep' }]);
  });

  it('leads to a look at Coupa before anybody is reminded', () => {
    expect(kinds(step(first.core, { kind: 'woken' }, after(2 * dayMs)).commands)).toEqual(['look']);
  });

  it('never lies in the past', () => {
    const late = looked(asked, { due: false, nextAt: at });
    expect(late.commands).toEqual([{ kind: 'wake', afterMs: 0 }]);
  });

  it('is set again by the next run, which inherits none', () => {
    const next = looked(carriedOver(first.core), notDue);
    expect(next.commands).toEqual([{ kind: 'wake', afterMs: dayMs }]);
  });

  it('is left alone by what a decision saw on its way, which knows no policy', () => {
    const [card] = first.core.cards;
    if (card === undefined) throw new Error('a card was sent');
    const press: ApprovalEvent = { kind: 'pressed', decision: decision({ card: card.id }) };
    const moved: ApprovalEvent = {
      kind: 'settled',
      result: { kind: 'moved', observation: turn('200', [ana]) },
    };
    const { core } = feed(first.core, press, moved);
    expect(core.wakeAt).toBe(after(2 * dayMs));
  });
});

it('remembers which policy a look applied, so that a changed one is noticed', () => {
  expect(looked(asked, notDue).core.policy).toBe('p1');
});
