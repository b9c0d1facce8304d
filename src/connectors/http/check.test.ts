import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { checkAsked, checkBody } from './check.ts';
import { RetryableError, TerminalError } from './errors.ts';
import type { HttpAnswer } from './http-types.ts';

const call = { vendor: 'acme', operation: 'GET /things/:id' };
const schema = z.object({ id: z.number() });
const answer = (body: unknown): HttpAnswer => ({
  status: 200,
  headers: new Headers(),
  body,
  requestId: 'r-1',
});

describe('checkBody', () => {
  it('gives the body as the schema has it', () => {
    expect(checkBody(schema, answer({ id: 7, more: true }), call)).toEqual({ id: 7 });
  });

  it('takes an empty body for something lost on the way, to be asked for again', () => {
    expect(() => checkBody(schema, answer(undefined), call)).toThrow(RetryableError);
  });

  it('takes another shape for a change at the vendor, and names where it is without its value (P9)', () => {
    const check = () => checkBody(schema, answer({ id: 'Ada' }), call);
    expect(check).toThrow(TerminalError);
    expect(check).toThrow(
      /^acme GET \/things\/:id: the answer has not the expected shape at id; report this$/,
    );
  });
});

describe('checkAsked', () => {
  it('does not let one thing pass for another, which may come right the next time (P4)', () => {
    const found = { id: 8 };
    expect(() => checkAsked(true, answer(found), call)).not.toThrow();
    expect(() => checkAsked(false, answer(found), call)).toThrow(RetryableError);
  });
});
