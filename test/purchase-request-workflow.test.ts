import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { purchaseRequestMemoKey } from '../src/contract/purchase-request.ts';
import { purchaseStage, startSkippingServer, type PurchaseStage } from './support/purchase-stage.ts';
import { failing, found } from './support/scripted-purchases.ts';
import { until } from './support/until.ts';

let server: Awaited<ReturnType<typeof startSkippingServer>>;
let stage: PurchaseStage;
beforeAll(async () => {
  server = await startSkippingServer();
  stage = await purchaseStage(server);
});
afterAll(async () => {
  await stage.stop();
  await server.stop();
});

const ordered = found({
  queueStatus: 'CREATED',
  number: '100417',
  workflowStatus: 'Approved',
  orders: ['PO1'],
});
const unknown = {
  kind: 'unknown',
  trouble: { type: 'UnknownOutcomeError', message: 'no answer came' },
} as const;
const accessRefused = {
  kind: 'notCreated',
  access: true,
  trouble: { type: 'TerminalError', message: 'HTTP 403' },
} as const;
const resting = {
  kind: 'notCreated',
  access: false,
  trouble: { type: 'RetryableError', message: 'HTTP 429' },
  retryAfterMs: 40 * 60_000,
} as const;
const accepted = { kind: 'accepted', concurId: 'c-1' } as const;
const problem = { line: 1, field: 'vendorCode', code: 'invalidVendor', message: 'not known' };

/** A create that goes on until it is told to answer. */
function held() {
  let answer: (given: typeof accepted) => void = () => undefined;
  const answered = new Promise<typeof accepted>((resolve) => (answer = resolve));
  return { create: () => answered, answer };
}

const countOf = (calls: readonly string[], activity: string) =>
  calls.filter((each) => each === activity).length;
const text = (record: { timeline: readonly { text: string }[] }) =>
  record.timeline.map((entry) => entry.text).join('\n');

describe('an order', () => {
  it('is created once, followed to its purchase orders, and its requester told', async () => {
    const order = await stage.order('plain', {
      readPurchaseRequest: [found({ queueStatus: 'PENDING_CREATION' }), ordered],
    });
    const record = await order.result();
    expect(record).toMatchObject({
      ref: 'ref:plain',
      state: 'ordered',
      concurId: 'c-1',
      orders: [{ number: 'PO1', status: 'Transmitted' }],
      summary: { total: '225', lines: 1 },
      problems: [],
    });
    expect(order.inputs('createPurchaseRequest')).toMatchObject([
      { id: 'plain', correlationId: record.correlationId },
    ]);
    expect(order.inputs('tellPurchaseRequester')).toMatchObject([
      { to: 'dana@example.test', news: 'created', status: { number: '100417' } },
      { news: 'ordered', orders: [{ number: 'PO1' }] },
    ]);
    const memo = await order.memo();
    expect(memo[purchaseRequestMemoKey]).toMatchObject({
      state: 'ordered',
      number: '100417',
      orders: ['PO1'],
    });
    expect(memo['fingerprint']).toBe('fingerprint of plain');
  });

  it('with codes that Concur does not have is not sent, and all of them are named', async () => {
    const problems = [problem, { ...problem, line: 2 }];
    const order = await stage.order('unknown-codes', {
      checkCodes: [{ problems, notChecked: ['lists'], summary: { lines: 1 } }],
    });
    expect(await order.result()).toMatchObject({ state: 'failed', problems });
    expect(order.calls()).toEqual(['checkCodes', 'tellPurchaseRequester']);
    expect(order.inputs('tellPurchaseRequester')).toMatchObject([{ news: 'failed', problems }]);
  });

  it('whose codes cannot be checked goes on, and says so', async () => {
    const order = await stage.order('unchecked', {
      checkCodes: [failing('HTTP 500')],
      readPurchaseRequest: [ordered],
    });
    const record = await order.result();
    expect(record.state).toBe('ordered');
    expect(text(record)).toContain('Its codes could not be checked, it goes on without: HTTP 500');
    expect(countOf(order.calls(), 'checkCodes')).toBe(10);
  });

  it('that Concur refuses fails with its problems', async () => {
    const order = await stage.order('refused', {
      createPurchaseRequest: [{ kind: 'refused', problems: [problem] }],
    });
    expect(await order.result()).toMatchObject({ state: 'failed', problems: [problem] });
    expect(order.inputs('tellPurchaseRequester')).toMatchObject([{ news: 'failed' }]);
  });

  it('that is refused without a reason is sent thrice, then it fails', async () => {
    const order = await stage.order('refused-barely', {
      createPurchaseRequest: [{ kind: 'refused', problems: [] }],
    });
    expect(await order.result()).toMatchObject({ state: 'failed', problems: [{ code: 'refused' }] });
    expect(countOf(order.calls(), 'createPurchaseRequest')).toBe(3);
  });

  it('that was not created is sent again after the vendor’s own wait, with another correlation id', async () => {
    const order = await stage.order('resting', {
      createPurchaseRequest: [resting, accepted],
      readPurchaseRequest: [ordered],
    });
    const waiting = await order.seen('waits', ({ trouble }) => trouble !== undefined);
    expect(waiting).toMatchObject({ state: 'creating', trouble: { message: 'HTTP 429' } });
    await server.sleep('39 minutes');
    expect(countOf(order.calls(), 'createPurchaseRequest')).toBe(1);
    const record = await order.result();
    expect(record).toMatchObject({ state: 'ordered' });
    expect(record.trouble).toBeUndefined();
    const [first, second] = order.inputs('createPurchaseRequest') as { correlationId: string }[];
    expect(second?.correlationId).not.toBe(first?.correlationId);
  });

  it('goes on by itself once access works again, of which a human was told at the third refusal', async () => {
    const order = await stage.order('locked-out', {
      createPurchaseRequest: [accessRefused, accessRefused, accessRefused, accessRefused, accepted],
      readPurchaseRequest: [ordered],
    });
    await server.sleep('30 minutes');
    expect(await order.asked('access')).toMatchObject({ n: 1 });
    expect(countOf(order.calls(), 'createPurchaseRequest')).toBe(3);
    await server.sleep('1 hour');
    expect((await order.record()).attention).toMatchObject({ n: 1 });
    const record = await order.result();
    expect(record.state).toBe('ordered');
    expect(record.attention).toBeUndefined();
  });

  it('is tried at once when a human says that access works', async () => {
    const order = await stage.order('let-in', {
      createPurchaseRequest: [accessRefused, accessRefused, accessRefused, accepted],
      readPurchaseRequest: [ordered],
    });
    await server.sleep('30 minutes');
    const { n } = await order.asked('access');
    await order.resolve(n, { kind: 'notCreated' });
    await order.seen('is sent', ({ concurId }) => concurId === 'c-1');
    expect((await order.result()).state).toBe('ordered');
  });
});

describe('an order of which nobody knows whether it was created (P5)', () => {
  it('is repeated by nothing but a human, and of two at once only one counts', async () => {
    const order = await stage.order('lost', {
      createPurchaseRequest: [unknown, accepted],
      readPurchaseRequest: [ordered],
    });
    const { n, what } = await order.asked('unknownOutcome');
    const { correlationId } = await order.record();
    expect(what).toContain('begin with ref:lost');
    expect(what).toContain(correlationId);
    expect(what).toContain('POST /purchase-requests/lost/resolve');
    expect((await order.memo())[purchaseRequestMemoKey]).toMatchObject({
      state: 'needsAttention',
      attention: { n, what },
    });
    await server.sleep('30 days');
    await order.resolve(n + 1, { kind: 'notCreated' });
    expect(countOf(order.calls(), 'createPurchaseRequest')).toBe(1);

    const both = [order.resolve(n, { kind: 'notCreated' }), order.resolve(n, { kind: 'notCreated' })];
    await Promise.all(both);
    const record = await order.result();
    expect(record.state).toBe('ordered');
    expect(countOf(order.calls(), 'createPurchaseRequest')).toBe(2);
    expect(text(record).match(/That changes nothing/g)).toHaveLength(2);
  });

  it('is one whose worker is gone: its one attempt is not repeated', async () => {
    const { create, answer } = held();
    const order = await stage.order('killed', { createPurchaseRequest: [create] });
    expect((await order.asked('unknownOutcome')).what).toContain('its worker was gone');
    await server.sleep('2 days');
    expect(countOf(order.calls(), 'createPurchaseRequest')).toBe(1);
    answer(accepted);
    await order.resolve(1, { kind: 'abandoned' });
    expect(await order.result()).toMatchObject({ state: 'abandoned' });
  });

  it('is one whose activity has a bug', async () => {
    const order = await stage.order('broken', {
      createPurchaseRequest: [failing('of undefined', false, 'TypeError')],
    });
    await order.asked('unknownOutcome');
    await order.resolve(1, { kind: 'created', concurId: 'c-2' });
    await order.seen('is followed', ({ state }) => state === 'accepted');
    expect(countOf(order.calls(), 'createPurchaseRequest')).toBe(1);
    expect(order.inputs('createPurchaseRequest')).toHaveLength(1);
    await order.handle.terminate();
  });

  it('ends where a human found it by its number alone', async () => {
    const order = await stage.order('numbered', { createPurchaseRequest: [unknown] });
    await order.asked('unknownOutcome');
    await order.resolve(1, { kind: 'created', number: '100418' });
    expect(await order.result()).toMatchObject({ state: 'unfollowed', status: { number: '100418' } });
  });

  it('takes nothing for an answer that came while it was being sent', async () => {
    const { create, answer } = held();
    const order = await stage.order('early', {
      createPurchaseRequest: [create],
      readPurchaseRequest: [ordered],
    });
    await until('the create', () => Promise.resolve(order.calls().includes('createPurchaseRequest')));
    await order.resolve(1, { kind: 'abandoned' });
    answer(accepted);
    const record = await order.result();
    expect(record.state).toBe('ordered');
    expect(text(record)).toContain('ops answers 1: abandoned. That changes nothing: nobody is asked');
  });

  it('keeps what became of its create when somebody cancels its workflow meanwhile', async () => {
    const { create, answer } = held();
    const order = await stage.order('cancelled', { createPurchaseRequest: [create] });
    await until('the create', () => Promise.resolve(order.calls().includes('createPurchaseRequest')));
    await order.handle.cancel();
    answer(accepted);
    await expect(order.result()).rejects.toThrow();
    expect((await order.handle.describe()).status.name).toBe('CANCELLED');
    expect((await order.memo())[purchaseRequestMemoKey]).toMatchObject({
      state: 'accepted',
      concurId: 'c-1',
    });
    expect(countOf(order.calls(), 'createPurchaseRequest')).toBe(1);
  });

  it('is not disturbed by signals of another shape', async () => {
    const order = await stage.order('odd', { createPurchaseRequest: [unknown] });
    await order.asked('unknownOutcome');
    for (const odd of [
      null,
      'notCreated',
      { attention: 1 },
      { attention: 1, by: 'x', resolution: { kind: 'created' } },
    ]) {
      await order.handle.signal('resolve', odd);
    }
    expect(text(await order.record())).not.toContain('answers');
    await order.resolve(1, { kind: 'abandoned' });
    expect(await order.result()).toMatchObject({ state: 'abandoned' });
  });
});
