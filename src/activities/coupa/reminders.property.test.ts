import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { instants, policies } from './fixtures/reminder-arbitraries.ts';
import { createQuietHours } from './quiet-hours.ts';
import { planReminder, type ReminderPolicy } from './reminders.ts';

const iso = (atMs: number) => new Date(atMs).toISOString();
const gaps = fc.oneof(
  fc.integer({ min: 0, max: 10 * 86_400_000 }),
  fc.integer({ min: 0, max: 20 * 365 * 86_400_000 }),
);
const clocks = fc.record({
  askedAtMs: instants,
  remindedAfterMs: fc.option(gaps, { nil: undefined }),
  nowAfterMs: gaps,
});

type Case = typeof clocks extends fc.Arbitrary<infer Value> ? Value : never;

function planOf({ askedAtMs, remindedAfterMs, nowAfterMs }: Case, policy: ReminderPolicy) {
  const nowMs = askedAtMs + nowAfterMs;
  const reminded = remindedAfterMs === undefined ? {} : { remindedAt: iso(askedAtMs + remindedAfterMs) };
  return { nowMs, plan: planReminder({ askedAt: iso(askedAtMs), ...reminded }, new Date(nowMs), policy) };
}

/** The life of a card from its first day: every look that a plan names, and what came of it. */
function remindersOf(askedAtMs: number, policy: ReminderPolicy, looks: number): number[] {
  const sent: number[] = [];
  let nowMs = askedAtMs;
  for (let look = 0; look < looks; look += 1) {
    const last = sent.at(-1);
    const clock = { askedAt: iso(askedAtMs), ...(last === undefined ? {} : { remindedAt: iso(last) }) };
    const { due, nextAt } = planReminder(clock, new Date(nowMs), policy);
    if (due) sent.push(nowMs);
    if (nextAt === null) break;
    nowMs = Date.parse(nextAt);
  }
  return sent;
}

/** Slots as the policy names them, one after the other. */
function slotsUntil(askedAtMs: number, untilMs: number, policy: ReminderPolicy): number[] {
  const slots = policy.remindAfterMs.map((afterMs) => askedAtMs + afterMs);
  for (let last = slots.at(-1); last !== undefined && policy.remindEveryMs !== undefined;) {
    if (last > untilMs) break;
    slots.push((last += policy.remindEveryMs));
  }
  return slots.filter((slot) => slot <= untilMs);
}

describe('planReminder, whatever policy and clock', () => {
  it('looks again after now, and at a time that is not quiet', () => {
    fc.assert(
      fc.property(clocks, policies, (clock, policy) => {
        const { nowMs, plan } = planOf(clock, policy);
        const quiet = createQuietHours(policy.quietHours, policy.timeZone);
        if (plan.nextAt === null) return;
        expect(Date.parse(plan.nextAt)).toBeGreaterThan(nowMs);
        expect(quiet.isQuiet(Date.parse(plan.nextAt))).toBe(false);
      }),
      { numRuns: 500 },
    );
  });

  it('is never due in quiet hours, nor before the first slot', () => {
    fc.assert(
      fc.property(clocks, policies, (clock, policy) => {
        const { nowMs, plan } = planOf(clock, policy);
        if (!plan.due) return;
        expect(createQuietHours(policy.quietHours, policy.timeZone).isQuiet(nowMs)).toBe(false);
        expect(clock.nowAfterMs).toBeGreaterThanOrEqual(policy.remindAfterMs[0] ?? Infinity);
      }),
      { numRuns: 500 },
    );
  });

  it('is not due once a reminder went out, and looks again when it said', () => {
    fc.assert(
      fc.property(clocks, policies, (clock, policy) => {
        const { plan } = planOf(clock, policy);
        if (!plan.due) return;
        const after = planOf({ ...clock, remindedAfterMs: clock.nowAfterMs }, policy).plan;
        expect(after).toEqual({ due: false, nextAt: plan.nextAt });
      }),
      { numRuns: 500 },
    );
  });

  it('reminds at every look that it names, and never twice for one slot', () => {
    fc.assert(
      fc.property(instants, policies, (askedAtMs, policy) => {
        const looks = 12;
        const sent = remindersOf(askedAtMs, policy, looks);
        const slots = slotsUntil(askedAtMs, sent.at(-1) ?? askedAtMs, policy);
        // Between two reminders lies a slot of its own for the second one.
        for (const [index, at] of sent.entries()) {
          const before = sent[index - 1] ?? askedAtMs;
          expect(slots.some((slot) => slot > before && slot <= at)).toBe(true);
        }
        const unlimited = policy.remindAfterMs.length > 0 && policy.remindEveryMs !== undefined;
        if (unlimited) expect(sent).toHaveLength(looks - 1);
        else expect(sent.length > 0).toBe(policy.remindAfterMs.length > 0);
      }),
      { numRuns: 300 },
    );
  });

  it('without quiet hours reminds at exactly the slots', () => {
    fc.assert(
      fc.property(instants, policies, (askedAtMs, some) => {
        const policy = { ...some, quietHours: [] };
        const sent = remindersOf(askedAtMs, policy, 12);
        expect(sent).toEqual(slotsUntil(askedAtMs, sent.at(-1) ?? askedAtMs, policy));
      }),
      { numRuns: 300 },
    );
  });
});
