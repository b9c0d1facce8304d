import { describe, expect, it } from 'vitest';
import { duplicateKeys } from './duplicate-keys.ts';

const pointers = (json: string) => duplicateKeys(json).map(({ pointer }) => pointer);

describe('members that come twice', () => {
  it.each([
    ['{"a":1,"a":2}', ['/a']],
    ['{"a":1,"\\u0061":2}', ['/a']],
    ['{"l":[{"p":"1"},{"p":"1","q":[1,2],"p":"2"}]}', ['/l/1/p']],
    ['{"a":1,"a":2,"a":3}', ['/a', '/a']],
    ['{"a/b":1,"a/b":1}', ['/a~1b']],
    ['{"__proto__":1,"__proto__":2}', ['/__proto__']],
    ['{"":1,"":2}', ['/']],
  ])('are found in %s', (json, found) => {
    expect(pointers(json)).toEqual(found);
  });

  it.each([
    '{}',
    '[]',
    '"a"',
    '1',
    '',
    '{"a":{"a":1},"b":{"a":1}}',
    '[{"a":1},{"a":1}]',
    '{"a":"b","b":"a"}',
    '{"a":"\\",\\"a\\":","b":1}',
    '{"l":["a","a",{"a":"a"},["a","a"]],"m":"l"}',
    '{"a":{"b":[1,{"c":2}],"d":3},"e":4}',
  ])('are not seen where there are none: %s', (json) => {
    expect(pointers(json)).toEqual([]);
  });

  it('are not looked for in what is nested too deep to be of a purchase request, and found again behind it', () => {
    const deep = `${'{"x":['.repeat(40_000)}${']}'.repeat(40_000)}`;
    expect(pointers(`{"a":${deep},"b":1,"b":2}`)).toEqual(['/b']);
  });

  it('are told of a hundred times, however many there are', () => {
    expect(pointers(`{${'"a":1,'.repeat(50_000)}"a":1}`)).toHaveLength(100);
  });
});
