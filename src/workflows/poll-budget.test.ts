import { describe, expect, it } from 'vitest';
import { budgetOf, requestsOf } from './poll-budget.ts';

const at = (seconds: number) => new Date(Date.UTC(2026, 10, 2, 10, 0, 0) + seconds * 1_000).toISOString();

/** Requests of runs that all take everything they may, begun every so many seconds, or as soon as they may begin. */
function requestsInAnHour(everyS: number, handsOff = false): number {
  let before: Parameters<typeof budgetOf>[0];
  let requests = 0;
  for (let second = 0; second < 3_600;) {
    const { left, waitMs } = budgetOf(before, at(second), handsOff);
    const quick = requestsOf.quickPass(left);
    const full = requestsOf.fullPass(left - quick);
    const handOff = handsOff ? requestsOf.handOffPass(left - quick - full) : 0;
    const state = requestsOf.statePass(left - quick - full - handOff);
    const used = quick + full + handOff + state;
    expect(Math.min(quick, full)).toBeGreaterThanOrEqual(1);
    requests += used;
    const begunAt = second + waitMs / 1_000;
    before = { left: left - used, at: at(begunAt) };
    second = Math.max(begunAt, second + everyS);
  }
  return requests;
}

describe('requests to Coupa', () => {
  it.each([1, 2, 5, 30, 60, 300])('stay within 150 a minute in runs every %d s', (everyS) => {
    expect(requestsInAnHour(everyS)).toBeLessThanOrEqual(150 * 60 + 296);
    expect(requestsInAnHour(everyS, true)).toBeLessThanOrEqual(150 * 60 + 296);
  });

  it('suffice for all three passes of a run a minute', () => {
    const { left } = budgetOf({ left: 0, at: at(0) }, at(60));
    // Two queries without a second page, and the changed requisitions.
    const quick = 4;
    const full = requestsOf.fullPass(left - quick);
    expect(full).toBeGreaterThanOrEqual(40);
    expect(requestsOf.statePass(left - quick - full)).toBe(100);
  });

  it('leave every pass something when runs come in quick succession', () => {
    const { left, waitMs } = budgetOf({ left: 0, at: at(0) }, at(1));
    expect(waitMs).toBeGreaterThan(0);
    expect(waitMs).toBeLessThan(2_100);
    const full = requestsOf.fullPass(left - 2);
    expect([requestsOf.quickPass(left), full, requestsOf.statePass(left - 2 - full)]).toEqual([3, 1, 2]);
  });

  it('suffice for the rounds over what goes to SAP Concur, too, also in quick succession', () => {
    const passesOf = (left: number) => {
      const full = requestsOf.fullPass(left - 3);
      const handOff = requestsOf.handOffPass(left - 3 - full);
      return { full, handOff, state: requestsOf.statePass(left - 3 - full - handOff) };
    };
    expect(passesOf(budgetOf({ left: 0, at: at(0) }, at(60), true).left)).toEqual({
      full: 44,
      handOff: 12,
      state: 89,
    });
    const hurried = passesOf(budgetOf({ left: 0, at: at(0) }, at(1), true).left);
    expect(hurried).toEqual({ full: 3, handOff: 4, state: 1 });
    expect(requestsOf.handOffPass(0)).toBe(0);
    expect(requestsOf.handOffPass(-3)).toBe(0);
    expect(requestsOf.handOffPass(2.9)).toBe(2);
  });

  it('are saved up for two minutes, not more', () => {
    expect(budgetOf({ left: 100, at: at(0) }, at(3_600))).toEqual({ left: 296, waitMs: 0 });
    expect(budgetOf(undefined, at(0))).toEqual({ left: 296, waitMs: 0 });
  });

  it('are not lost where clocks went back', () => {
    expect(budgetOf({ left: 20, at: at(60) }, at(0))).toEqual({ left: 20, waitMs: 0 });
  });
});
