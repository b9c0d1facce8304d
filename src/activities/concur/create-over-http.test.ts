import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { MockActivityEnvironment } from '@temporalio/testing';
import { describe, expect, it } from 'vitest';
import { createConcurClient } from '../../connectors/concur/client.ts';
import { bodyOf, startTestServer } from '../../connectors/http/test-server.ts';
import type { CheckResult, CreateResult } from '../../contract/concur-work.ts';
import { Secret } from '../../contract/secret.ts';
import { createConcurActivities } from './activities.ts';
import { sampleDocument } from './test-concur.ts';

interface Received {
  readonly correlationId: string | string[] | undefined;
  readonly body: unknown;
}

type Answer = (response: ServerResponse, request: IncomingMessage) => void;

/** Activities over Concur's client and a server that answers everything alike, and what it received. */
async function setUp(
  answer: Answer,
  options: { readonly timeoutMs?: number; readonly origin?: string } = {},
) {
  const received: Received[] = [];
  const listener: RequestListener = (request, response) => {
    void bodyOf(request).then((text) => {
      const body: unknown = text === '' ? undefined : JSON.parse(text);
      received.push({ correlationId: request.headers['concur-correlationid'], body });
      answer(response, request);
    });
  };
  const url = await startTestServer(listener);
  let renewals = 0;
  const concur = createConcurClient({
    tokens: {
      access: () =>
        Promise.resolve({
          token: new Secret(`token-of-a-company-${renewals}`),
          origin: options.origin ?? url,
        }),
      refused: () => {
        renewals += 1;
      },
    },
    requestsPerMinute: 6_000,
    uomField: 'uomCode',
    ...(options.timeoutMs === undefined ? {} : { timeoutMs: options.timeoutMs }),
  });
  const activities = createConcurActivities({ concur, followForMs: 1_000, listFields: [] });
  const correlationId = randomUUID();
  const input = { id: 'abc', document: { ...sampleDocument, comments: 'dock 4' }, correlationId };
  return {
    received,
    correlationId,
    create: (): Promise<CreateResult> =>
      new MockActivityEnvironment().run(() => activities.createPurchaseRequest(input)),
    check: (): Promise<CheckResult> =>
      new MockActivityEnvironment().run(() => activities.checkCodes(sampleDocument)),
  };
}

async function originWhereNobodyListens(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return `http://127.0.0.1:${port}`;
}

const json =
  (status: number, body: unknown, headers: Record<string, string> = {}): Answer =>
  (response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
  };
const oneProblem = {
  errors: [{ errorCode: 'invalidVendor', errorMessage: 'No such vendor.', dataPath: 'lineItems[1]' }],
};

describe('createPurchaseRequest, over HTTP', () => {
  it('carries its mark at the start of the comments, and the correlation id', async () => {
    const { create, received, correlationId } = await setUp(json(202, { id: 'c-1' }));
    expect(await create()).toEqual({ kind: 'accepted', concurId: 'c-1' });
    expect(received).toMatchObject([{ correlationId, body: { comments: 'ref:abc dock 4' } }]);
  });

  it.each([
    [400, oneProblem],
    [422, oneProblem],
    [202, oneProblem],
  ])('is refused with what Concur objects to, by HTTP %i', async (status, body) => {
    const { create } = await setUp(json(status, body));
    expect(await create()).toEqual({
      kind: 'refused',
      problems: [{ line: 2, code: 'invalidVendor', message: 'No such vendor.', path: 'lineItems[1]' }],
    });
  });

  it.each([404, 409, 413, 415])('is refused without a reason by a bare HTTP %i', async (status) => {
    const { create } = await setUp(json(status, {}));
    expect(await create()).toEqual({ kind: 'refused', problems: [] });
  });

  it.each([401, 403])('was not created for want of access after two times HTTP %i', async (status) => {
    const { create, received } = await setUp(json(status, { message: 'token-of-a-company-0' }));
    const result = await create();
    expect(result).toMatchObject({ kind: 'notCreated', access: true, trouble: { type: 'TerminalError' } });
    expect(JSON.stringify(result)).not.toContain('token-of-a-company');
    expect(received).toHaveLength(2);
  });

  it('was not created by a 429, and says how long to wait', async () => {
    const { create, received } = await setUp(json(429, {}, { 'retry-after': '60' }));
    const result = await create();
    expect(result).toMatchObject({ kind: 'notCreated', access: false, trouble: { type: 'RetryableError' } });
    expect(result.kind === 'notCreated' && result.retryAfterMs).toBeGreaterThanOrEqual(60_000);
    expect(received).toHaveLength(1);
  });

  it('was not created where no connection was made', async () => {
    const { create } = await setUp(json(202, {}), { origin: await originWhereNobodyListens() });
    expect(await create()).toMatchObject({ kind: 'notCreated', access: false });
  });

  it.each<[string, Answer]>([
    ['HTTP 408', json(408, {})],
    ['HTTP 500', json(500, {})],
    ['HTTP 503', json(503, {})],
    ['a 2xx with neither id nor errors', json(202, {})],
    [
      'a 2xx that is a page',
      (response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<p>'),
    ],
    ['a dropped connection', (_, request) => request.socket.destroy()],
  ])('is unknown after %s, and is sent once (P5)', async (_, answer) => {
    const { create, received } = await setUp(answer);
    expect(await create()).toMatchObject({ kind: 'unknown', trouble: { type: 'UnknownOutcomeError' } });
    expect(received).toHaveLength(1);
  });

  it('is unknown after no answer in time, and is sent once (P5)', async () => {
    const { create, received } = await setUp(() => undefined, { timeoutMs: 200 });
    expect(await create()).toMatchObject({ kind: 'unknown' });
    expect(received).toHaveLength(1);
  });

  it('was not created, and is not sent, while the client rests after a 503', async () => {
    const { create, received } = await setUp(json(503, {}));
    await create();
    const result = await create();
    expect(result).toMatchObject({ kind: 'notCreated', access: false });
    expect(result.kind === 'notCreated' && result.retryAfterMs).toBeGreaterThan(0);
    expect(received).toHaveLength(1);
  });
});

describe('checkCodes, over HTTP', () => {
  it('finds a vendor’s pair of codes, and says so where the right to look is missing', async () => {
    const found = await setUp(json(200, { Items: [{ VendorCode: 'V-7781', AddressCode: 'V-7781-01' }] }));
    expect(await found.check()).toMatchObject({ problems: [], notChecked: [] });
    const none = await setUp(json(200, { Items: [] }));
    expect((await none.check()).problems).toMatchObject([{ line: 1 }, { line: 2 }]);
    const refused = await setUp(json(403, {}));
    expect((await refused.check()).notChecked).toEqual([
      'The vendors were not looked up: the right to read them is missing.',
    ]);
  });
});
