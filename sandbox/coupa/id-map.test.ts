import fc from 'fast-check';
import { expect, test } from 'vitest';
import { IdMap } from './id-map.ts';

const anyId = fc.integer({ min: 0, max: 40 });

test('walks the same rows as a sorted and filtered copy, whatever came and went in which order', () => {
  const steps = fc.array(fc.record({ id: anyId, kind: fc.constantFrom('set', 'set', 'delete') }));
  fc.assert(
    fc.property(
      steps,
      anyId,
      anyId,
      fc.constantFrom('asc', 'desc'),
      (changes, lowest, highest, direction) => {
        const rows = new IdMap<string>();
        const plain = new Map<number, string>();
        changes.forEach(({ id, kind }, index) => {
          for (const map of [rows, plain]) {
            if (kind === 'set') map.set(id, `${id} in step ${index}`);
            else map.delete(id);
          }
        });
        const expected = [...plain]
          .filter(([id]) => id >= lowest && id <= highest)
          .sort(([left], [right]) => (direction === 'asc' ? left - right : right - left))
          .map(([, row]) => row);
        expect([...rows.between(lowest, highest, direction)]).toEqual(expected);
        expect(rows.size).toBe(plain.size);
      },
    ),
  );
});

test('has the rows that it was made of, and none once it is cleared', () => {
  const rows = new IdMap([
    [7, 'seven'],
    [3, 'three'],
  ]);
  expect([...rows.between(0, 9, 'asc')]).toEqual(['three', 'seven']);
  rows.clear();
  expect([...rows.between(0, 9, 'asc')]).toEqual([]);
});
