import { describe, expect, it } from 'vitest';
import { networkFailure } from './network-failure.ts';

const facts = { vendor: 'acme', operation: 'PUT /' };
const fetchFailed = (cause: unknown) => new TypeError('fetch failed', { cause });

describe('networkFailure', () => {
  it.each([
    { code: 'ENOTFOUND', syscall: 'getaddrinfo' },
    { code: 'UND_ERR_CONNECT_TIMEOUT' },
    { code: 'CERT_HAS_EXPIRED' },
    { code: 'EHOSTUNREACH', syscall: 'connect' },
    { code: 'ETIMEDOUT', errors: [{ syscall: 'connect' }, { syscall: 'connect' }] },
  ])('lets a write be repeated after %j: no connection was made', (cause) => {
    const failure = networkFailure('write', fetchFailed(cause), facts);
    expect(failure).toMatchObject({ name: 'RetryableError' });
    expect(failure.message).toContain(cause.code);
  });

  it.each([
    fetchFailed({ code: 'ECONNRESET', syscall: 'read' }),
    fetchFailed({ code: 'UND_ERR_SOCKET' }),
    fetchFailed({ code: 'EHOSTUNREACH', syscall: 'read' }),
    fetchFailed(undefined),
    new Error('unheard of'),
    'not even an error',
  ])('leaves the outcome of a write open after %s (P5)', (failure) => {
    expect(networkFailure('write', failure, facts)).toMatchObject({ name: 'UnknownOutcomeError' });
    expect(networkFailure('read', failure, facts)).toMatchObject({ name: 'RetryableError' });
  });

  it('repeats nothing of the failure but a code (P9)', () => {
    const cause = Object.assign(new Error('Bearer s3cret'), { code: 'odd code: s3cret' });
    expect(networkFailure('read', fetchFailed(cause), facts).message).not.toContain('s3cret');
  });
});
