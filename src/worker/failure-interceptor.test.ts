import { ApplicationFailure } from '@temporalio/common';
import { MockActivityEnvironment } from '@temporalio/testing';
import { DefaultLogger } from '@temporalio/worker';
import { describe, expect, it } from 'vitest';
import { RetryableError, TerminalError } from '../connectors/http/errors.ts';
import { failureInterceptor } from './failure-interceptor.ts';

const facts = { vendor: 'moveworks', operation: 'POST /rest/v1/events/:id/messages/send', status: 429 };
const quiet = new DefaultLogger('ERROR');
const environment = () =>
  new MockActivityEnvironment({}, { interceptors: [failureInterceptor], logger: quiet });

describe('failureInterceptor', () => {
  it('turns a connector’s error of any activity into the failure that Temporal acts on', async () => {
    const send = (): Promise<void> =>
      Promise.reject(new RetryableError('HTTP 429', { ...facts, retryAfterMs: 9_000 }));
    const failure = await environment()
      .run(send)
      .catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(ApplicationFailure);
    expect(failure).toMatchObject({ type: 'RetryableError', nonRetryable: false, nextRetryDelay: 9_000 });
  });

  it('turns an error thrown before the activity’s first await as well', async () => {
    const send = (): Promise<void> => {
      throw new TerminalError('HTTP 403', { ...facts, status: 403 });
    };
    await expect(environment().run(send)).rejects.toMatchObject({
      type: 'TerminalError',
      nonRetryable: true,
    });
  });

  it('hands on the arguments, and a result untouched', async () => {
    const add = (a: number, b: number) => Promise.resolve(a + b);
    expect(await environment().run(add, 2, 3)).toBe(5);
  });

  it('leaves an error that is no connector’s alone', async () => {
    const bug = new Error('a bug');
    await expect(environment().run(() => Promise.reject(bug))).rejects.toBe(bug);
  });
});
