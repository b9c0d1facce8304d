import { ApplicationFailure } from '@temporalio/common';
import { describe, expect, it } from 'vitest';
import {
  ConnectorError,
  RefusedError,
  RetryableError,
  TerminalError,
  UnknownOutcomeError,
} from '../connectors/http/errors.ts';
import { toFailure } from './failures.ts';

const facts = {
  vendor: 'coupa',
  operation: 'PUT /api/approvals/:id/approve',
  status: 503,
  requestId: 'r-1',
};

/** The failure of an error; fails the test when it is none. */
function failureOf(error: unknown): ApplicationFailure {
  const failure = toFailure(error);
  if (!(failure instanceof ApplicationFailure)) throw new Error('expected an ApplicationFailure');
  return failure;
}

describe('toFailure', () => {
  it.each<[string, ConnectorError, boolean]>([
    ['RetryableError', new RetryableError('try again', facts), false],
    ['UnknownOutcomeError', new UnknownOutcomeError('read first', facts), false],
    ['ConnectorError', new ConnectorError('whatever', facts), false],
    ['TerminalError', new TerminalError('change a setting', facts), true],
    ['RefusedError', new RefusedError('no', facts, ['Approval limit exceeded.']), true],
  ])('gives a %s its own type and says whether Temporal may retry it', (type, error, nonRetryable) => {
    const failure = failureOf(error);
    expect(failure).toMatchObject({ type, nonRetryable, message: error.message });
    expect(failure.details).toEqual([
      { vendor: 'coupa', operation: 'PUT /api/approvals/:id/approve', status: 503, requestId: 'r-1' },
    ]);
  });

  it('lets the vendor’s own wait be the next retry’s delay', () => {
    expect(failureOf(new RetryableError('429', { ...facts, retryAfterMs: 7_000 })).nextRetryDelay).toBe(
      7_000,
    );
  });

  it.each([[undefined], [0]])('leaves the delay to the retry policy when the vendor asks for %j', (wait) => {
    const error = new RetryableError('429', { ...facts, retryAfterMs: wait });
    expect(failureOf(error).nextRetryDelay).toBeUndefined();
  });

  it('waits an hour at the most, however long the vendor asks for', () => {
    const day = 24 * 60 * 60_000;
    expect(failureOf(new RetryableError('429', { ...facts, retryAfterMs: day })).nextRetryDelay).toBe(
      60 * 60_000,
    );
  });

  it('keeps the vendor’s words out of message, details and stack (P9)', () => {
    const words = ['Rhea Quester (rhea.quester@example.test) is over her limit'];
    const failure = failureOf(new RefusedError('HTTP 400, the vendor refuses', facts, words));
    const shown = [failure.message, failure.stack, JSON.stringify(failure.details), JSON.stringify(failure)];
    expect(shown.join('\n')).not.toContain('Rhea');
    expect(shown.join('\n')).not.toContain('rhea.quester');
  });

  it.each([[new Error('a bug')], [ApplicationFailure.nonRetryable('ours')], ['a text'], [undefined]])(
    'leaves anything else as it is',
    (error) => {
      expect(toFailure(error)).toBe(error);
    },
  );
});
