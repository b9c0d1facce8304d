import { describe, expect, it } from 'vitest';
import { diffFacts, type Facts, type LineFacts } from './facts.ts';

function line(id: number, over: Partial<LineFacts> = {}): LineFacts {
  return {
    id,
    description: `Item ${id}`,
    quantity: '1',
    unitPrice: '5',
    total: '5',
    supplier: 'Acme',
    ...over,
  };
}

const facts: Facts = { total: '10', currency: 'EUR', lines: [line(1), line(2)] };

describe('diffFacts', () => {
  it('finds nothing between equal facts, in whatever order their lines come', () => {
    expect(diffFacts(facts, { ...facts, lines: [line(2), line(1)] })).toEqual([]);
  });

  it('names what changed in the header', () => {
    expect(diffFacts(facts, { ...facts, total: '12', currency: null })).toEqual([
      { what: 'total', was: '10', now: '12' },
      { what: 'currency', was: 'EUR', now: null },
    ]);
  });

  it.each(['description', 'quantity', 'unitPrice', 'total', 'supplier'] as const)(
    'names a changed %s with the number of its line',
    (what) => {
      const now = { ...facts, lines: [line(1), line(2, { [what]: 'other' })] };
      expect(diffFacts(facts, now)).toEqual([{ what, line: 2, was: line(2)[what], now: 'other' }]);
    },
  );

  it('counts a line that is there by where it is now, and one that is gone by where it was', () => {
    const now = { ...facts, lines: [line(3), line(2, { quantity: '4' })] };
    expect(diffFacts(facts, now)).toEqual([
      { what: 'line added', line: 1, was: null, now: 'Item 3' },
      { what: 'quantity', line: 2, was: '1', now: '4' },
      { what: 'line removed', line: 1, was: 'Item 1', now: null },
    ]);
  });

  it('notices a change beyond the lines it can name, and says how many there are', () => {
    const further = { count: 3, hash: 'a' };
    expect(diffFacts({ ...facts, further }, { ...facts, further })).toEqual([]);
    expect(diffFacts({ ...facts, further }, { ...facts, further: { count: 3, hash: 'b' } })).toEqual([
      { what: 'further lines', was: '3', now: '3' },
    ]);
    expect(diffFacts(facts, { ...facts, further })).toEqual([{ what: 'further lines', was: '0', now: '3' }]);
  });
});
