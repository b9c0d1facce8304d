import { describe, expect, it } from 'vitest';
import { jsonText, plain } from './plain.ts';
import { facts, table } from './table.ts';

const hostile = 'Acme\u001b[2J\u009b31m\r\n\u202eInc.';

describe('a vendor’s text', () => {
  it('moves no cursor, colours nothing and begins no line', () => {
    expect(plain(hostile)).toBe('Acme [2J 31m Inc.');
  });

  it('keeps its value in a document for machines, without a raw control character', () => {
    const text = jsonText({ name: hostile });
    expect(JSON.parse(text)).toEqual({ name: hostile });
    expect(text.replaceAll('\n', '')).not.toMatch(/\p{Cc}/u);
  });

  it('stands in one cell of a table', () => {
    const text = table(
      ['Code', 'Name'],
      [
        ['V-1', hostile],
        ['V-22', undefined],
      ],
    );
    expect(text.split('\n')).toEqual(['Code  Name', 'V-1   Acme [2J 31m Inc.', 'V-22  -']);
  });

  it('stands on one line of facts, and a fact that is not there is left out', () => {
    const lines = facts([
      ['Name', hostile],
      ['Number', undefined],
    ]);
    expect(lines).toEqual(['  Name  Acme [2J 31m Inc.']);
  });
});
