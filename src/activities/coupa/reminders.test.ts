import { describe, expect, it } from 'vitest';
import type { ReminderClock } from '../../contract/reminders.ts';
import { planReminder, type ReminderPolicy } from './reminders.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const always: ReminderPolicy = {
  remindAfterMs: [day, 2 * day, 3 * day],
  remindEveryMs: 7 * day,
  quietHours: [],
  timeZone: 'UTC',
};
const dayMinutes = 24 * 60;
/** 20:00-08:00,sat,sun */
const nights: ReminderPolicy = {
  ...always,
  quietHours: [
    { fromMinute: 0, toMinute: 480 },
    ...[0, 1, 2, 3].map((index) => ({
      fromMinute: index * dayMinutes + 1_200,
      toMinute: (index + 1) * dayMinutes + 480,
    })),
    { fromMinute: 4 * dayMinutes + 1_200, toMinute: 7 * dayMinutes },
  ],
};
/** A Monday. */
const asked = '2026-03-02T10:00:00.000Z';

function plan(now: string, policy: ReminderPolicy, remindedAt?: string, askedAt = asked) {
  const clock: ReminderClock = { askedAt, ...(remindedAt === undefined ? {} : { remindedAt }) };
  return planReminder(clock, new Date(now), policy);
}

describe('planReminder', () => {
  it('waits for the first slot', () => {
    expect(plan(asked, always)).toEqual({ due: false, nextAt: '2026-03-03T10:00:00.000Z' });
    expect(plan('2026-03-03T09:59:59.999Z', always).due).toBe(false);
  });

  it('reminds at a slot, and names the one after it', () => {
    expect(plan('2026-03-03T10:00:00.000Z', always)).toEqual({
      due: true,
      nextAt: '2026-03-04T10:00:00.000Z',
    });
  });

  it('does not remind twice at one slot', () => {
    expect(plan('2026-03-03T10:00:02.000Z', always, '2026-03-03T10:00:01.000Z')).toEqual({
      due: false,
      nextAt: '2026-03-04T10:00:00.000Z',
    });
  });

  it('goes on at equal distances after the last of the list', () => {
    expect(plan('2026-03-05T10:00:00.000Z', always, '2026-03-04T10:00:00.000Z')).toEqual({
      due: true,
      nextAt: '2026-03-12T10:00:00.000Z',
    });
    expect(plan('2026-03-20T00:00:00.000Z', always, '2026-03-19T10:00:00.000Z')).toEqual({
      due: false,
      nextAt: '2026-03-26T10:00:00.000Z',
    });
  });

  it('ends with the list when nothing comes after it', () => {
    const once = { ...always, remindEveryMs: undefined };
    expect(plan('2026-03-05T10:00:00.000Z', once)).toEqual({ due: true, nextAt: null });
    expect(plan('2027-01-01T00:00:00.000Z', once, '2026-03-05T10:00:00.000Z')).toEqual({
      due: false,
      nextAt: null,
    });
  });

  it('never reminds when reminders are off', () => {
    const off = { ...always, remindAfterMs: [] };
    expect(plan('2027-01-01T00:00:00.000Z', off)).toEqual({ due: false, nextAt: null });
  });

  it('makes one reminder of all the slots that were missed', () => {
    const late = '2026-03-05T09:00:00.000Z';
    expect(plan(late, always)).toEqual({ due: true, nextAt: '2026-03-05T10:00:00.000Z' });
    expect(plan(late, always, late).due).toBe(false);
  });

  it('costs nothing for ten years of minutes', () => {
    const often = { ...always, remindAfterMs: [minute], remindEveryMs: minute };
    expect(plan('2036-03-02T10:00:30.000Z', often)).toEqual({
      due: true,
      nextAt: '2036-03-02T10:01:00.000Z',
    });
  });

  it('before anybody was asked plans as if the card went out now', () => {
    expect(planReminder(undefined, new Date(asked), always)).toEqual({
      due: false,
      nextAt: '2026-03-03T10:00:00.000Z',
    });
  });

  it('follows a policy that was changed while the card lay there', () => {
    const sooner = { ...always, remindAfterMs: [hour] };
    expect(plan('2026-03-02T12:00:00.000Z', always).due).toBe(false);
    expect(plan('2026-03-02T12:00:00.000Z', sooner).due).toBe(true);
  });

  it.each([
    ['now', 'never', asked, undefined],
    ['the time of the card', asked, 'never', undefined],
    ['the time of the reminder', asked, asked, 'never'],
  ])('never reminds when %s cannot be read', (_, now, askedAt, remindedAt) => {
    expect(plan(now, always, remindedAt, askedAt)).toEqual({ due: false, nextAt: null });
  });

  it('plans nothing beyond the last date that there is', () => {
    const last = new Date(8.64e15).toISOString();
    expect(plan(last, always, undefined, last)).toEqual({ due: false, nextAt: null });
    expect(plan(last, nights, undefined, last)).toEqual({ due: false, nextAt: null });
  });
});

describe('planReminder and quiet hours', () => {
  const friday = '2026-03-06T15:00:00.000Z';
  const monday = '2026-03-09T08:00:00.000Z';

  it('plans for their end what would fall into them', () => {
    expect(plan(friday, nights, undefined, friday)).toEqual({ due: false, nextAt: monday });
  });

  it('holds a reminder back until their end', () => {
    expect(plan('2026-03-07T15:00:00.000Z', nights, undefined, friday)).toEqual({
      due: false,
      nextAt: monday,
    });
    expect(plan(monday, nights, undefined, friday)).toMatchObject({ due: true });
  });

  it('ends them on the clock of the zone, also when the clocks are put forward in between', () => {
    const berlin = { ...nights, timeZone: 'Europe/Berlin' };
    const beforeChange = '2026-03-27T14:00:00.000Z';
    expect(plan(beforeChange, berlin, undefined, beforeChange).nextAt).toBe('2026-03-30T06:00:00.000Z');
  });

  it('lets a reminder that they held back serve the slot that follows closely, too', () => {
    const early = '2026-03-06T09:00:00.000Z';
    // Slots: Saturday, Sunday and Monday at nine, and then the Monday after.
    expect(plan(monday, nights, undefined, early)).toEqual({
      due: true,
      nextAt: '2026-03-16T09:00:00.000Z',
    });
    expect(plan('2026-03-09T09:30:00.000Z', nights, monday, early)).toEqual({
      due: false,
      nextAt: '2026-03-16T09:00:00.000Z',
    });
  });

  it('leaves a slot alone that is further away', () => {
    expect(plan(monday, nights, undefined, friday)).toEqual({
      due: true,
      nextAt: '2026-03-09T15:00:00.000Z',
    });
    expect(plan('2026-03-09T15:00:00.000Z', nights, monday, friday).due).toBe(true);
  });

  it('serves no slot in advance where steps are short', () => {
    const often = { ...nights, remindAfterMs: [10 * minute], remindEveryMs: 10 * minute };
    expect(plan(monday, often, undefined, '2026-03-06T15:06:00.000Z')).toEqual({
      due: true,
      nextAt: '2026-03-09T08:06:00.000Z',
    });
  });
});
