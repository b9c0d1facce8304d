import { Buffer } from 'node:buffer';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { memoOf } from './publish.ts';
import { askedCore, feed, newCore, turn } from './test-values.ts';

/** Texts that cost most where length is counted wrongly: long, of many bytes, escaped in JSON, or broken. */
const hostile = fc
  .tuple(
    fc.constantFrom('請', '😀', 'é', '\u0001', '"', '\\', '\ud83d', '\u2028', 'a'),
    fc.nat(500),
    fc.string({ unit: 'binary' }),
  )
  .map(([unit, count, rest]) => unit.repeat(count) + rest);

const userIds = fc.uniqueArray(fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }), {
  minLength: 1,
  maxLength: 60,
});

describe('the memo of an approval', () => {
  it('stays under 2 KiB whatever the texts, the people and the trouble are', () => {
    fc.assert(
      fc.property(
        hostile,
        hostile,
        hostile,
        hostile,
        userIds,
        fc.boolean(),
        (title, name, short, reason, ids, fails) => {
          const seen = turn(
            '100',
            ids.map((id) => ({ id, name })),
          );
          const { sheet } = seen;
          const facts = { ...sheet.facts, total: short, currency: short };
          const hostileSheet = {
            ...sheet,
            title,
            requester: { id: 1, name },
            facts,
            updatedAt: short,
            submittedAt: short,
          };
          const observation = { ...seen, sheet: hostileSheet };
          let { core } = feed(newCore, { kind: 'woken' }, { kind: 'observed', observation });
          const problem = { type: 'timeout', message: reason };
          if (fails) core = feed(core, { kind: 'recheck' }, { kind: 'lookFailed', problem }).core;
          const memo = memoOf({ ...core, coupaStatus: short });
          expect(Buffer.byteLength(JSON.stringify(memo))).toBeLessThan(2_048);
          expect(memo.asked.length).toBeGreaterThan(0);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('names every approver and live card where there is room', () => {
    const people = Array.from({ length: 8 }, (_, index) => ({ id: 1_000_000 + index, name: 'A' }));
    const core = askedCore('100', people);
    expect(memoOf(core).asked).toEqual(core.cards.map(({ id, userId }) => ({ userId, cards: [id] })));
  });
});
