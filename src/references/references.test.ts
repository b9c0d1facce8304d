import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Secret } from '../contract/secret.ts';
import { isLookUpCard, lookUpCardId } from './card-ids.ts';
import { createReferences } from './references.ts';

const first = new Secret('first-secret-first-secret-first-secret');
const second = new Secret('second-secret-second-secret-second-s');
const card = 'c0123456789abcdef';

describe('references', () => {
  const references = createReferences([first]);

  it('gives back what was signed', () => {
    const reference = { approvalId: 70002, userId: 201, card };
    expect(references.verify(references.sign(reference))).toEqual(reference);
  });

  it('needs no escaping in a URL path', () => {
    const text = references.sign({ approvalId: 70002, userId: 201, card });
    expect(encodeURIComponent(text)).toBe(text);
  });

  it('never accepts a tampered reference (10,000 cases)', () => {
    const text = references.sign({ approvalId: 70002, userId: 201, card });
    const alphabet = Array.from('ABCabc0189-_.lc');
    fc.assert(
      fc.property(fc.nat(text.length - 1), fc.constantFrom(...alphabet), (position, character) => {
        fc.pre(text[position] !== character);
        const tampered = text.slice(0, position) + character + text.slice(position + 1);
        expect(references.verify(tampered)).toBeTypeOf('string');
      }),
      { numRuns: 10_000 },
    );
  });

  it('tells a forged one from text that is no reference', () => {
    const other = createReferences([second]).sign({ approvalId: 1, userId: 2, card });
    expect(references.verify(other)).toBe('forged');
    for (const text of ['', '70002', '70002.201', `${other}x`, `0${other}`, '1.2.c0.x', '..%2F..']) {
      expect(references.verify(text)).toBe('malformed');
    }
  });

  it('accepts references of an older secret while it is listed, and signs with the first', () => {
    const old = createReferences([second]).sign({ approvalId: 1, userId: 2, card });
    const rotated = createReferences([first, second]);
    expect(rotated.verify(old)).toEqual({ approvalId: 1, userId: 2, card });
    expect(references.verify(rotated.sign({ approvalId: 1, userId: 2, card }))).toEqual({
      approvalId: 1,
      userId: 2,
      card,
    });
  });

  it('refuses to work without a secret', () => {
    expect(() => createReferences([])).toThrow('REFERENCE_SECRETS');
  });
});

describe('card ids of look-ups', () => {
  it('are the same for the same run, person and facts, and differ otherwise', () => {
    const look = { runId: 'r', userId: 1, factsHash: 'h' };
    const id = lookUpCardId(look);
    expect(lookUpCardId(look)).toBe(id);
    expect(isLookUpCard(id)).toBe(true);
    expect(isLookUpCard(card)).toBe(false);
    for (const other of [{ runId: 's' }, { userId: 2 }, { factsHash: 'i' }]) {
      expect(lookUpCardId({ ...look, ...other })).not.toBe(id);
    }
  });
});
