import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { ConnectorError, RefusedError, RetryableError, TerminalError } from './errors.ts';

const facts = { vendor: 'coupa', operation: 'PUT /api/approvals/:id/approve', status: 400, requestId: 'r-1' };

describe('connector errors', () => {
  it('say vendor and route pattern in one line, and carry status, request id and wait', () => {
    const error = new RetryableError('HTTP 429; wait', { ...facts, status: 429, retryAfterMs: 1500 });
    expect(error.message).toBe('coupa PUT /api/approvals/:id/approve: HTTP 429; wait');
    expect(error).toMatchObject({
      name: 'RetryableError',
      status: 429,
      requestId: 'r-1',
      retryAfterMs: 1500,
    });
  });

  it('form a tree by consequence', () => {
    expect(new RefusedError('no', facts)).toBeInstanceOf(TerminalError);
    expect(new RefusedError('no', facts)).toBeInstanceOf(ConnectorError);
    expect(new RetryableError('x', facts)).not.toBeInstanceOf(TerminalError);
  });

  it("keep at most 5 of the vendor's messages, of 300 characters and one line each", () => {
    const { words } = new RefusedError('no', facts, ['a\n b', ' ', 'x'.repeat(400), '3', '4', '5', '6']);
    expect(words).toEqual(['a b', `${'x'.repeat(299)}…`, '3', '4', '5']);
  });

  it("do not show the vendor's messages to a logger that prints or serialises the error (P9)", () => {
    const error = new RefusedError('no', facts, ['Ada Prover is blocked']);
    expect(inspect(error) + JSON.stringify(error) + error.message).not.toContain('Ada');
    expect(Object.keys(error)).not.toContain('words');
  });
});
