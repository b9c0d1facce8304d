import { MockActivityEnvironment } from '@temporalio/testing';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { ConcurClient, ConcurCreateAnswer } from '../../connectors/concur/types.ts';
import {
  ConnectorError,
  RefusedError,
  RetryableError,
  TerminalError,
  UnknownOutcomeError,
} from '../../connectors/http/errors.ts';
import { createTimes, type CreateResult } from '../../contract/concur-work.ts';
import { createConcurActivities } from './activities.ts';
import { marked } from './create.ts';
import { sampleDocument, scripted } from './test-concur.ts';

const facts = { vendor: 'concur', operation: 'POST /purchaserequest/v4/purchaserequests' };
const input = { id: 'abc', document: sampleDocument, correlationId: '3f2c1a70-5d0e-4a55-9c1b-0a7d6f4f8e21' };

/** The activity over one answer of the client, in an environment that may be cancelled. */
function running(createPurchaseRequest: ConcurClient['createPurchaseRequest'], attempt = 1) {
  const concur = scripted({ createPurchaseRequest });
  const activities = createConcurActivities({ concur, followForMs: 1, listFields: [] });
  const environment = new MockActivityEnvironment({ attempt });
  return { environment, result: environment.run(() => activities.createPurchaseRequest(input)) };
}

const answered = (answer: ConcurCreateAnswer) => running(() => Promise.resolve(answer)).result;
const failing = (error: Error) => running(() => Promise.reject(error)).result;

describe('the mark in the comments', () => {
  it('stands before the caller’s own comments', () => {
    expect(marked({ ...sampleDocument, comments: ' dock 4\n' }, 'abc').comments).toBe('ref:abc dock 4');
  });

  it.each([undefined, '', '  '])('stands alone where there are none (%j)', (comments) => {
    const document = comments === undefined ? sampleDocument : { ...sampleDocument, comments };
    expect(marked(document, 'abc').comments).toBe('ref:abc');
  });
});

describe('createPurchaseRequest', () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  it('sends the document with its mark and the correlation id of the workflow, and nothing else', async () => {
    const sent: unknown[] = [];
    const { result } = running((document, { correlationId }) => {
      sent.push({ document, correlationId });
      return Promise.resolve({ kind: 'accepted', id: 'c-1' });
    });
    expect(await result).toEqual({ kind: 'accepted', concurId: 'c-1' });
    expect(sent).toEqual([
      { document: { ...sampleDocument, comments: 'ref:abc' }, correlationId: input.correlationId },
    ]);
  });

  it('hands all of Concur’s problems on', async () => {
    const problems = [
      { line: 1, code: 'invalidVendor', message: 'Vendor / Address code combination is invalid.' },
      { code: 'invalidCurrencyCode', message: 'Currency code is invalid.', path: 'currencyCode' },
    ];
    expect(await answered({ kind: 'refused', status: 400, problems })).toEqual({ kind: 'refused', problems });
    expect(await answered({ kind: 'refused', status: 409, problems: [] })).toEqual({
      kind: 'refused',
      problems: [],
    });
  });

  it.each<[string, Error, CreateResult]>([
    [
      'a time-out, a dropped connection or a 5xx as unknown (P5)',
      new UnknownOutcomeError('HTTP 500', { ...facts, status: 500 }),
      {
        kind: 'unknown',
        trouble: { type: 'UnknownOutcomeError', message: `concur ${facts.operation}: HTTP 500` },
      },
    ],
    [
      'an error of no known consequence as unknown (P5)',
      new ConnectorError('odd', facts),
      { kind: 'unknown', trouble: { type: 'ConnectorError', message: `concur ${facts.operation}: odd` } },
    ],
    [
      'a 429 as not created, with the wait that Concur asks for',
      new RetryableError('HTTP 429', { ...facts, status: 429, retryAfterMs: 30_000 }),
      {
        kind: 'notCreated',
        access: false,
        trouble: { type: 'RetryableError', message: `concur ${facts.operation}: HTTP 429` },
        retryAfterMs: 30_000,
      },
    ],
    [
      'a connection never made as not created',
      new RetryableError('no connection', facts),
      {
        kind: 'notCreated',
        access: false,
        trouble: { type: 'RetryableError', message: `concur ${facts.operation}: no connection` },
      },
    ],
    [
      'a refused credential as not created for want of access',
      new TerminalError('HTTP 403', { ...facts, status: 403 }),
      {
        kind: 'notCreated',
        access: true,
        trouble: { type: 'TerminalError', message: `concur ${facts.operation}: HTTP 403` },
      },
    ],
    [
      'a refusal in words as refused',
      new RefusedError('HTTP 422', facts, ['Not in this policy.', 'Not today.']),
      {
        kind: 'refused',
        problems: [
          { code: 'refused', message: 'Not in this policy.' },
          { code: 'refused', message: 'Not today.' },
        ],
      },
    ],
  ])('takes %s', async (_, error, result) => {
    expect(await failing(error)).toEqual(result);
  });

  it('throws what nobody expected: an unknown outcome for whoever called', async () => {
    const bug = new TypeError('a bug');
    await expect(failing(bug)).rejects.toBe(bug);
  });

  it('sends nothing in a second run of the activity, and does not know what became of the first', async () => {
    const sent: unknown[] = [];
    const accept: ConcurClient['createPurchaseRequest'] = (document) => {
      sent.push(document);
      return Promise.resolve({ kind: 'accepted', id: 'c-1' });
    };
    expect(await running(accept, 2).result).toMatchObject({ kind: 'unknown' });
    expect(sent).toEqual([]);
  });

  it('was not created when it is stopped before anything was sent', async () => {
    const { environment, result } = running(
      (_document, { signal }) =>
        new Promise((_resolve, reject) => {
          signal?.addEventListener('abort', () => {
            reject(signal.reason as Error);
          });
        }),
    );
    environment.cancel('WORKER_SHUTDOWN');
    expect(await result).toMatchObject({ kind: 'notCreated', access: false, trouble: { type: 'Stopped' } });
  });

  it('is not sent by a process that slept meanwhile: its worker was taken for gone, and a human looks (P5)', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    let sent = 0;
    const { result } = running((_, { beforeSend }) => {
      vi.setSystemTime(Date.now() + createTimes.heartbeatTimeoutMs);
      beforeSend?.();
      sent += 1;
      return Promise.resolve({ kind: 'accepted', id: 'c-1' });
    });
    expect(await result).toMatchObject({ kind: 'notCreated', access: false, trouble: { type: 'Stopped' } });
    expect(sent).toBe(0);
  });

  it('may be sent for a shorter time than a worker may be silent (P5)', () => {
    const { sendWithinMs, heartbeatTimeoutMs, startToCloseMs } = createTimes;
    expect(sendWithinMs + 5_000).toBeLessThanOrEqual(heartbeatTimeoutMs);
    // An answer takes 60 s at the most (SAP): no time-out strikes while a request is on the wire.
    expect(sendWithinMs + 60_000).toBeLessThan(startToCloseMs);
  });

  it('waits for the answer to a request on the wire, although it is stopped', async () => {
    let answer: (answer: ConcurCreateAnswer) => void = () => undefined;
    const { environment, result } = running(
      () =>
        new Promise((resolve) => {
          answer = resolve;
        }),
    );
    environment.cancel('WORKER_SHUTDOWN');
    await new Promise(setImmediate);
    answer({ kind: 'accepted', id: 'c-1' });
    expect(await result).toEqual({ kind: 'accepted', concurId: 'c-1' });
  });

  it('is unknown when it fails in another way after it was stopped', async () => {
    let fail: (error: Error) => void = () => undefined;
    const { environment, result } = running(
      () =>
        new Promise((_resolve, reject) => {
          fail = reject;
        }),
    );
    environment.cancel('WORKER_SHUTDOWN');
    await new Promise(setImmediate);
    fail(new UnknownOutcomeError('no whole answer', facts));
    expect(await result).toMatchObject({ kind: 'unknown' });
  });
});
