import { describe, expect, it } from 'vitest';
import { RetryableError, TerminalError } from '../../connectors/http/errors.ts';
import { createOptional } from './optional.ts';

const facts = { vendor: 'coupa', operation: 'GET /api/approvals' };
const refused = new TerminalError('HTTP 400', { ...facts, status: 400 });

function setUp() {
  const said: string[] = [];
  return { said, optional: createOptional('the count', { warn: (message) => said.push(message) }) };
}

describe('what a poll can do without', () => {
  it('is off once the tenant has refused it, which is said once', () => {
    const { said, optional } = setUp();
    expect(optional.serves()).toBe(true);
    optional.failed(refused);
    optional.failed(refused);
    expect(optional.serves()).toBe(false);
    expect(said).toEqual(['Coupa refuses the count: off until the next start']);
  });

  it.each([
    new RetryableError('HTTP 503', { ...facts, status: 503 }),
    // A refused credential is no word about this request.
    new TerminalError('HTTP 401', { ...facts, status: 401 }),
    new Error('Temporal is away'),
  ])('is tried again after %s', (trouble) => {
    const { said, optional } = setUp();
    optional.failed(trouble);
    expect(optional.serves()).toBe(true);
    expect(said).toEqual(['the count failed; the next run tries again']);
  });
});
