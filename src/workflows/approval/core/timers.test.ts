import { describe, expect, it } from 'vitest';
import type { Observation } from '../../../contract/observation.ts';
import type { ReminderPlan } from '../../../contract/reminders.ts';
import type { ApprovalEvent, Step } from './events.ts';
import type { ApprovalCore } from './state.ts';
import { step } from './step.ts';
import { ana, at, ben, cardOf, decision, feed, kinds, newCore, sheetOf, turn } from './test-values.ts';

const minuteMs = 60_000;
const dayMs = 86_400_000;
const problem = { type: 'TerminalError', message: 'no answer' };
const noAnswer: ApprovalEvent = { kind: 'carryFailed', problem };

function after(ms: number): string {
  return new Date(Date.parse(at) + ms).toISOString();
}

function moved(observation: Observation): ApprovalEvent {
  return { kind: 'settled', result: { kind: 'moved', observation } };
}

const tomorrow: ReminderPlan = { due: false, nextAt: after(dayMs) };

function observed(observation: Observation, reminder = tomorrow): ApprovalEvent {
  return { kind: 'observed', observation, reminder, at, policy: 'p1' };
}

/** Two people are asked; the cards are on their way. */
const asking = feed(newCore, { kind: 'recheck' }, observed(turn('100', [ana, ben]))).core;
const [anas, bens] = [cardOf(asking, ana.id), cardOf(asking, ben.id)];
/** Both cards arrived: the timer of the reminder runs. */
const asked = feed(asking, { kind: 'sent', cardId: anas }, { kind: 'sent', cardId: bens }).core;
const pressed: ApprovalEvent = { kind: 'pressed', decision: decision({ card: anas }) };

function waits({ core, commands }: Step): { wakeAt: string | null; timers: string[] } {
  return { wakeAt: core.wakeAt, timers: kinds(commands).filter((kind) => ['wake', 'sleep'].includes(kind)) };
}

describe('an approval whose turn has come', () => {
  it('puts the timer away that it waited by: its reminder is planned from its first card', () => {
    const waiting = feed(newCore, { kind: 'recheck' }, observed({ kind: 'notYet', sheet: sheetOf('100') }));
    expect(waits(waiting)).toEqual({ wakeAt: after(15 * minuteMs), timers: ['wake'] });
    const asks = feed(waiting.core, { kind: 'recheck' }, observed(turn()));
    expect(waits(asks)).toEqual({ wakeAt: null, timers: ['sleep'] });
  });
});

describe('a card that arrives', () => {
  it('leaves the timer alone that a decision waits for (P11)', () => {
    const waiting = feed(asking, pressed, noAnswer);
    expect(waiting.core.wakeAt).toBe(after(minuteMs / 2));
    const arrived = feed(waiting.core, { kind: 'sent', cardId: anas });
    expect(waits(arrived)).toEqual({ wakeAt: after(minuteMs / 2), timers: [] });
  });

  it('leaves the timer alone after which a card that failed is sent again (P7)', () => {
    const failed = feed(asking, { kind: 'sendFailed', cardId: bens, problem });
    expect(failed.core.wakeAt).toBe(after(15 * minuteMs));
    const arrived = feed(failed.core, { kind: 'sent', cardId: anas });
    expect(waits(arrived)).toEqual({ wakeAt: after(15 * minuteMs), timers: [] });
  });

  it('leaves the timer alone after which Coupa is asked whether the approval is really gone', () => {
    const gone = feed(asking, { kind: 'recheck' }, observed({ kind: 'gone' }));
    const arrived = feed(gone.core, { kind: 'sent', cardId: anas });
    expect(waits(arrived)).toEqual({ wakeAt: after(minuteMs), timers: [] });
  });

  it('leads to a look when no look has planned its reminder', () => {
    const waiting = feed(newCore, { kind: 'recheck' }, observed({ kind: 'notYet', sheet: sheetOf('100') }));
    const lookUp = { cardId: 'l1', userId: ana.id, factsHash: 'hash-100' };
    const press: ApprovalEvent = { kind: 'pressed', decision: decision({ card: 'l1' }) };
    const asks = feed(
      { ...waiting.core, wakeAt: null },
      { kind: 'lookedUp', lookUp },
      press,
      moved(turn('200')),
    ).core;
    const arrived = feed(asks, { kind: 'sent', cardId: cardOf(asks, ana.id) });
    expect(kinds(arrived.commands)).toEqual(['look']);
    expect(waits(feed(arrived.core, observed(turn('200')))).wakeAt).toBe(after(dayMs));
  });
});

describe('an approval whose decision found Coupa moved', () => {
  const moves = moved(turn('200', [ana, ben]));

  it('keeps the timer of its reminder', () => {
    expect(waits(feed(asked, pressed, moves))).toEqual({ wakeAt: after(dayMs), timers: [] });
  });

  it('looks for its reminder when the timer of a retry had taken that one’s place', () => {
    const tried = feed(asked, pressed, noAnswer, { kind: 'woken' });
    expect(tried.core.wakeAt).toBeNull();
    const settled = feed(tried.core, moves);
    expect(kinds(settled.commands)).toEqual(['send', 'send', 'look']);
    expect(waits(feed(settled.core, observed(turn('200', [ana, ben]))))).toEqual({
      wakeAt: after(dayMs),
      timers: ['wake'],
    });
  });

  it('looks for its reminder when that one’s time came meanwhile', () => {
    const settled = feed(asked, pressed, { kind: 'woken' }, moves);
    expect(kinds(settled.commands)).toContain('look');
  });

  it('does so after the decisions that wait behind it', () => {
    const second: ApprovalEvent = { kind: 'pressed', decision: decision({ decisionId: 'd2', card: anas }) };
    const refused: ApprovalEvent = { kind: 'settled', result: { kind: 'refused', words: ['No'] } };
    const same = moved(turn('100', [ana, ben]));
    const tried = feed(asked, pressed, second, { kind: 'woken' }, same);
    expect(kinds(tried.commands)).toContain('carryOut');
    expect(kinds(feed(tried.core, refused).commands)).toEqual(['look']);
  });
});

describe('a look that began before a reminder went out', () => {
  const due: ReminderPlan = { due: true, nextAt: after(2 * dayMs) };
  const plans = (core: ApprovalCore, now: string): Step =>
    step(core, observed(turn('100', [ana, ben]), due), now);

  it('is repeated instead of reminding a second time', () => {
    const begun = plans(step(asked, { kind: 'woken' }, after(dayMs)).core, after(dayMs));
    expect(kinds(begun.commands).filter((kind) => kind === 'send')).toHaveLength(2);
    const looking = step(begun.core, { kind: 'recheck' }, after(dayMs)).core;
    const arrived = [anas, bens].reduce(
      (core, cardId) => step(core, { kind: 'sent', cardId }, after(dayMs + 1_000)).core,
      looking,
    );
    const overtaken = plans(arrived, after(dayMs + 2_000));
    expect(kinds(overtaken.commands)).toEqual(['look']);
  });
});

describe('a plan that names no readable time', () => {
  it('gives no timer, and breaks nothing', () => {
    const unreadable = { due: false, nextAt: 'some day' };
    const looked = feed(asked, { kind: 'recheck' }, observed(turn('100', [ana, ben]), unreadable));
    expect(waits(looked)).toEqual({ wakeAt: null, timers: ['sleep'] });
    const first = feed(newCore, { kind: 'recheck' }, observed(turn(), unreadable)).core;
    expect(waits(feed(first, { kind: 'sent', cardId: cardOf(first, ana.id) })).wakeAt).toBeNull();
  });
});
