import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { problemsIn, statedProblems } from './problems.ts';

describe('the shapes of errors', () => {
  it.each([
    [
      'OAuth, without the description, which can name a person',
      { code: 108, error: 'invalid_grant', error_description: 'dana@acme.example has gone' },
      [{ code: '108', message: 'invalid_grant' }],
    ],
    [
      'List v4',
      {
        timestamp: '2026-11-22',
        httpStatus: '400 - Bad Request',
        error: { id: 'validation', message: 'Not valid' },
        path: '/list/v4/lists',
        validationErrors: [{ source: 'shortCode', message: 'Too long' }],
      },
      [
        { code: 'validation', message: 'Not valid' },
        { code: 'refused', message: 'Too long', path: 'shortCode' },
      ],
    ],
    ["v3's message", { Message: 'No such order' }, [{ code: 'refused', message: 'No such order' }]],
    [
      "v3's result",
      {
        Status: 'FAILURE',
        ErrorCode: '8001',
        ErrorMessage: 'Exceeds maximum length',
        FieldCode: 'Header NAME',
      },
      [{ code: '8001', message: 'Exceeds maximum length', path: 'Header NAME' }],
    ],
    [
      "v3's list of states",
      { StatusList: [{ Code: 12, Message: 'Unknown vendor', Type: 'ERROR' }] },
      [{ code: '12', message: 'Unknown vendor' }],
    ],
    [
      "the platform's",
      { StatusCode: 400, Content: { Error: { Message: 'Bad', 'Server-Time': 'now', Id: 'x' } } },
      [{ code: 'refused', message: 'Bad' }],
    ],
    ["the platform's, bare", { Error: { Message: 'Bad' } }, [{ code: 'refused', message: 'Bad' }]],
    ['a bare list', [{ errorCode: 'a' }], [{ code: 'a', message: 'a' }]],
    [
      'texts',
      { errors: ['one', ' ', 'two'] },
      [
        { code: 'refused', message: 'one' },
        { code: 'refused', message: 'two' },
      ],
    ],
    ['nothing to read', { errors: { line: ['x'] }, error: null }, []],
    ['no object', 'Bad Request', []],
    ['nothing', undefined, []],
  ])('%s', (_shape, body, problems) => {
    expect(problemsIn(body)).toEqual(problems);
  });

  it('count in a 2xx only where the purchase request itself states them', () => {
    expect(statedProblems({ Message: 'Created', StatusList: [{ Code: 1, Message: 'fine' }] })).toEqual([]);
    expect(statedProblems({ error: { errorCode: 'x' }, errors: null })).toHaveLength(1);
  });
});

describe('the line of a problem', () => {
  it.each([
    ['lineItems[0]', 1],
    ['lineItems[12].unitPrice', 13],
    ['$.lineItems[1].vendorCode', 2],
    ['/lineItems/0/quantity', 1],
    ['lineItems.3', 4],
    ['currencyCode', undefined],
    ['lineItems', undefined],
    ['lineItems[]', undefined],
    ['lineItems[-1]', undefined],
    ['lineItems[x]', undefined],
    ['lineItems.3rd', undefined],
    ['otherlineItems[0]', undefined],
    ['lineItems[99999999]', undefined],
  ])('%s: %s', (dataPath, line) => {
    const [problem] = problemsIn({ errors: [{ errorCode: 'x', dataPath }] });
    expect(problem).toEqual({ ...(line !== undefined && { line }), code: 'x', message: 'x', path: dataPath });
  });
});

describe('what is kept', () => {
  it('is at most 50 problems of 300 characters and one line each, without half a character', () => {
    const text = `a\n\u0000b ${'😀'.repeat(5000)}`;
    const error = { errorCode: text, errorMessage: text, dataPath: text };
    const problems = problemsIn({ errors: Array.from({ length: 5000 }, () => error) });
    expect(problems).toHaveLength(50);
    for (const { code, message, path = '' } of problems) {
      for (const kept of [code, message, path]) {
        expect(kept).toMatch(/^a b 😀+…$/u);
        expect(kept.length).toBeLessThanOrEqual(300);
      }
    }
  });

  it.each([
    'token eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0.abcd is bad',
    'Authorization: Bearer 0123456789abcdef0123 is bad',
    'refresh_token=9f8e7d6c is bad',
    '{"access_token": "9f8e7d6c", x is bad',
  ])('is nothing that looks like a credential: %s', (errorMessage) => {
    const [problem] = problemsIn({ errors: { errorMessage } });
    expect(problem?.message).toContain('[redacted]');
    expect(problem?.message).toContain('is bad');
    expect(problem?.message).not.toMatch(/eyJ|0123456789|9f8e7d6c/);
  });

  it('can be found in any JSON without a failure', () => {
    fc.assert(
      fc.property(
        fc.jsonValue(),
        fc.constantFrom('errors', 'error', 'Error', 'StatusList', 'Content'),
        (value, key) => {
          for (const problem of [...problemsIn(value), ...problemsIn({ [key]: value })]) {
            expect(problem.code).not.toBe('');
            expect(problem.message).not.toBe('');
          }
        },
      ),
    );
  });
});
