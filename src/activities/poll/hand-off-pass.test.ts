import { describe, expect, it } from 'vitest';
import { mayLack } from './hand-off-pass.ts';

const startedAtMs = Date.UTC(2026, 10, 3, 12);
const at = (minutes: number): string => new Date(startedAtMs + minutes * 60_000).toISOString();
const before = { submittedAt: at(-60) };
const closed = { open: false, startedAtMs, notWanted: false };

describe('an approved requisition', () => {
  it('lacks its hand-over where there never was one, and never while one is open', () => {
    expect(mayLack(before, undefined, at(60))).toBe(true);
    for (const notWanted of [true, false]) {
      expect(mayLack({ submittedAt: at(30) }, { ...closed, notWanted, open: true }, at(60))).toBe(false);
    }
  });

  it('lacks it where it was submitted anew after the last one, that has ended, began', () => {
    expect(mayLack(before, closed, at(60))).toBe(false);
    expect(mayLack({ submittedAt: null }, closed, at(60))).toBe(false);
    expect(mayLack({ submittedAt: at(30) }, closed, at(60))).toBe(true);
  });

  it('lacks it where it was not approved just when it was read, though nobody submitted it anew (P10)', () => {
    const notWanted = { ...closed, notWanted: true };
    expect(mayLack(before, notWanted, at(9))).toBe(false);
    expect(mayLack(before, notWanted, at(11))).toBe(true);
  });
});
