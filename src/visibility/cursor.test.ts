import { describe, expect, it } from 'vitest';
import { decodeCursor, encodeCursor } from './cursor.ts';

describe('cursors', () => {
  const token = Buffer.from('a page token');
  const cursor = encodeCursor('query', token);

  it('give back the page token to the query they came from', () => {
    expect(decodeCursor('query', cursor)).toEqual(token);
    expect(encodeURIComponent(cursor)).toBe(cursor);
  });

  it('are worth nothing to another query, or when they were changed', () => {
    expect(decodeCursor('other', cursor)).toBeUndefined();
    const empty = encodeCursor('query', new Uint8Array());
    for (const broken of ['', 'x', '%%%', `${cursor}!`, `${cursor}AAAA`, cursor.slice(1), empty]) {
      expect(decodeCursor('query', broken)).toBeUndefined();
    }
  });
});
