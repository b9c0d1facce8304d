import { Buffer } from 'node:buffer';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clip, utf8Bytes } from './bytes.ts';

describe('utf8Bytes', () => {
  it('counts as Node does, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => utf8Bytes(text) === Buffer.byteLength(text)),
    );
    expect(utf8Bytes('\ud83d')).toBe(Buffer.byteLength('\ud83d'));
  });
});

describe('clip', () => {
  it('leaves a text that fits as it is', () => {
    expect(clip('請購單', 9)).toBe('請購單');
  });

  it('cuts a longer one between characters and says so', () => {
    expect(clip('請購單請', 9)).toBe('請購…');
    expect(clip('😀😀😀', 11)).toBe('😀😀…');
  });

  it('keeps within its bytes of JSON, escapes counted', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 80 }),
        fc.integer({ min: 3, max: 60 }),
        (text, max) => {
          expect(Buffer.byteLength(JSON.stringify(clip(text, max))) - 2).toBeLessThanOrEqual(max);
        },
      ),
    );
    expect(clip('\u0001'.repeat(4), 20)).toBe('\u0001\u0001…');
  });
});
