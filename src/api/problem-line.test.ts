import { describe, expect, it } from 'vitest';
import { problemLine } from './problem-line.ts';

const missing = 'It is missing.';

describe('the one line that is told of problems', () => {
  it.each([
    [{ pointer: '/currencyCode' }, 'currencyCode: It is missing.'],
    [{ pointer: '/context/approval_id' }, 'approval_id: It is missing.'],
    [{ pointer: '/lineItems/0' }, 'lineItems/0: It is missing.'],
    [{ pointer: '/lineItems/0/quantity' }, 'lineItems/0/quantity: It is missing.'],
    [{ pointer: '/lineItems/12/url/3' }, 'lineItems/12/url/3: It is missing.'],
    [{ pointer: '/a~1b~0c~01' }, 'a/b~c~1: It is missing.'],
    [{ pointer: '/0' }, '0: It is missing.'],
    [{ parameter: 'limit' }, 'limit: It is missing.'],
    [{ pointer: '' }, 'It is missing.'],
    [{ pointer: '/' }, 'It is missing.'],
  ])('says where: %j', (place, line) => {
    expect(problemLine([{ ...place, detail: missing }])).toBe(line);
  });

  it('does not repeat the name of a parameter that its text says', () => {
    const detail = 'The header Idempotency-Key is needed.';
    expect(problemLine([{ parameter: 'idempotency-key', detail }])).toBe(detail);
    expect(problemLine([{ parameter: 'ref', detail: 'Not a reference.' }])).toBe('ref: Not a reference.');
  });

  it('names a member even where its text has the same word by chance', () => {
    const detail = "SAP Concur's purchase request has no such field.";
    expect(problemLine([{ pointer: '/request', detail }])).toBe(`request: ${detail}`);
  });

  it('tells the first three with one blank between them, and counts the others', () => {
    const problems = ['/a', '/b', '/c', '/d', '/e'].map((pointer) => ({ pointer, detail: missing }));
    const three = 'a: It is missing. b: It is missing. c: It is missing.';
    expect(problemLine(problems.slice(0, 3))).toBe(three);
    expect(problemLine(problems)).toBe(`${three} And 2 more.`);
  });

  it('stays one short line whatever a member is called', () => {
    expect(problemLine([{ pointer: '/a\r\n\u2028\u202eb\u0000 c', detail: missing }])).toBe(
      'a b c: It is missing.',
    );
    const line = problemLine([{ pointer: `/${'🧤'.repeat(10_000)}`, detail: missing }]);
    expect(line).toBe(`${'🧤'.repeat(79)}…: It is missing.`);
  });
});
