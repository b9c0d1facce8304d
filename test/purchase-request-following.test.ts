import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { purchaseRequestMemoKey } from '../src/contract/purchase-request.ts';
import { concurIdKey, purchaseRequestStateKey } from '../src/contract/search-attributes.ts';
import {
  purchaseStage,
  startRealServer,
  startSkippingServer,
  type Purchase,
  type PurchaseStage,
} from './support/purchase-stage.ts';
import { failing, found, notFound } from './support/scripted-purchases.ts';
import { until } from './support/until.ts';

const created = { queueStatus: 'CREATED', number: '100417' };
const pending = found({ queueStatus: 'PENDING_CREATION' });
const at = (workflowStatus: string) => found({ ...created, workflowStatus });
const ordered = found({ ...created, workflowStatus: 'Approved', orders: ['PO1', 'PO2'] });

const newsOf = (order: Purchase) =>
  (order.inputs('tellPurchaseRequester') as { news: string }[]).map(({ news }) => news);
const text = (record: { timeline: readonly { text: string }[] }) =>
  record.timeline.map((entry) => entry.text).join('\n');

describe('a purchase request that Concur has accepted', () => {
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

  it('is told to its requester once for each entering of a status that needs them', async () => {
    const order = await stage.order('to-and-fro', {
      readPurchaseRequest: [
        pending,
        at('Submitted'),
        at('Sent Back To Employee'),
        at('sent back to employee'),
        at('On The Moon'),
        at('Sent Back To Employee'),
        at('Approval Time Expired'),
        ordered,
      ],
    });
    const record = await order.result();
    expect(record).toMatchObject({ state: 'ordered', orders: [{ number: 'PO1' }, { number: 'PO2' }] });
    expect(newsOf(order)).toEqual(['created', 'sentBack', 'sentBack', 'expired', 'ordered']);
    expect(text(record)).toContain('Its status in Concur: On The Moon');
  });

  it('fails where Concur could not create it after all, with what it says', async () => {
    const exceptions = [{ code: '0070071', message: 'Line Item Quantity does not match', cleared: false }];
    const order = await stage.order('not-created-after-all', {
      readPurchaseRequest: [pending, found({ queueStatus: 'CREATE_FAILED', exceptions })],
    });
    expect(await order.result()).toMatchObject({
      state: 'failed',
      status: { exceptions },
      problems: [{ code: '0070071', message: 'Line Item Quantity does not match' }],
    });
    expect(newsOf(order)).toEqual(['failed']);
  });

  it('may be unknown for a while', async () => {
    const order = await stage.order('unknown-for-a-while', {
      readPurchaseRequest: [notFound, notFound, ordered],
    });
    const record = await order.result();
    expect(record.state).toBe('ordered');
    expect(text(record)).not.toContain('A human');
  });

  it('that stays unknown is shown to a human, and goes on when Concur knows it again', async () => {
    let knows = false;
    const order = await stage.order('unknown-for-long', {
      readPurchaseRequest: [() => (knows ? ordered : notFound)],
    });
    await server.sleep('29 minutes');
    expect((await order.record()).attention).toBeUndefined();
    await server.sleep('15 minutes');
    expect(await order.asked('notFound')).toMatchObject({ n: 1 });
    const { length: before } = order.calls();
    await server.sleep('3 days');
    expect((await order.record()).attention).toMatchObject({ n: 1 });
    expect(order.calls().length - before).toBe(3);
    knows = true;
    expect((await order.result()).state).toBe('ordered');
  });

  it('that is not in Concur after all is sent again when a human says so', async () => {
    const order = await stage.order('gone', {
      createPurchaseRequest: [
        { kind: 'accepted', concurId: 'c-1' },
        { kind: 'accepted', concurId: 'c-2' },
      ],
      readPurchaseRequest: [({ concurId }) => (concurId === 'c-1' ? notFound : ordered)],
    });
    await server.sleep('1 hour');
    const { n } = await order.asked('notFound');
    await order.resolve(n, { kind: 'notCreated' });
    expect(await order.result()).toMatchObject({ state: 'ordered', concurId: 'c-2' });
  });

  it('that was named by a slip is asked for anew within minutes, and corrected by another answer', async () => {
    const trouble = { type: 'UnknownOutcomeError', message: 'no answer came; read before repeating' };
    const order = await stage.order('slip', {
      createPurchaseRequest: [{ kind: 'unknown', trouble }],
      readPurchaseRequest: [({ concurId }) => (concurId === 'c-7' ? ordered : notFound)],
    });
    const first = await order.asked('unknownOutcome');
    await order.resolve(first.n, { kind: 'created', concurId: 'does-not-exist-1' });
    await order.seen('is followed', ({ state }) => state === 'accepted');
    await server.sleep('4 minutes');
    const { n, what } = await order.asked('notFound');
    expect(n).toBe(2);
    expect(what).toContain('knows none under the id that was named, does-not-exist-1');
    await order.resolve(first.n, { kind: 'notCreated' });
    await order.resolve(n, { kind: 'created', concurId: 'c-7' });
    expect(await order.result()).toMatchObject({ state: 'ordered', concurId: 'c-7' });
    expect(order.inputs('createPurchaseRequest')).toHaveLength(1);
    expect((await order.handle.describe()).typedSearchAttributes.get(concurIdKey)).toBe('c-7');
  });

  it('without an order in time is shown to a human, looked at once a day, and ended by an order', async () => {
    let isOrdered = false;
    const order = await stage.order('slow', {
      readPurchaseRequest: [() => (isOrdered ? ordered : at('Pending Approval'))],
    });
    await server.sleep('5 hours');
    const { n } = await order.asked('notOrderedInTime');
    const { length: before } = order.calls();
    await order.resolve(n, { kind: 'notCreated' });
    await server.sleep('2 days');
    expect(text(await order.record())).toContain('That changes nothing: Concur has it');
    expect(order.calls().slice(before)).toEqual(['readPurchaseRequest', 'readPurchaseRequest']);

    await order.resolve(n, { kind: 'created', concurId: 'c-1' });
    expect((await order.seen('is followed', ({ state }) => state === 'created')).attention).toBeUndefined();
    await server.sleep('4 hours');
    expect(await order.asked('notOrderedInTime')).toMatchObject({ n: n + 1 });
    isOrdered = true;
    expect((await order.result()).state).toBe('ordered');
    expect(newsOf(order)).toEqual(['created', 'ordered']);
  });

  it('is looked at again when Concur could not be read', async () => {
    let isDown = true;
    const order = await stage.order('unreadable', {
      readPurchaseRequest: [() => (isDown ? failing('HTTP 403', true)() : ordered)],
    });
    await server.sleep('4 hours');
    expect(await order.asked('access')).toMatchObject({ n: 1 });
    const troubled = await order.record();
    expect(troubled).toMatchObject({ state: 'needsAttention', trouble: { message: 'HTTP 403' } });
    expect(text(troubled).match(/HTTP 403/g)).toHaveLength(1);
    isDown = false;
    const record = await order.result();
    expect(record).not.toHaveProperty('trouble');
    expect(text(record)).toContain('No human is needed any more (1)');
  });

  it('ends with the numbers alone where its orders cannot be read', async () => {
    const order = await stage.order('orders-unread', {
      readPurchaseRequest: [ordered],
      readOrders: [failing('HTTP 500')],
    });
    expect((await order.result()).orders).toEqual([{ number: 'PO1' }, { number: 'PO2' }]);
    expect(order.calls().filter((call) => call === 'readOrders')).toHaveLength(3);
  });

  it('goes its way while notices fail or are on theirs, and ends after them', async () => {
    let arrive: (how: 'sent') => void = () => undefined;
    const slow = new Promise<'sent'>((resolve) => (arrive = resolve));
    const order = await stage.order('told-late', {
      readPurchaseRequest: [at('Submitted'), ordered],
      tellPurchaseRequester: [failing('HTTP 400', true), () => slow],
    });
    await order.seen('is ordered', ({ state }) => state === 'ordered');
    expect((await order.handle.describe()).status.name).toBe('RUNNING');
    arrive('sent');
    const record = await order.result();
    expect(text(record)).toContain('The requester could not be told: created (HTTP 400)');
    expect(text(record)).toContain('The requester was told: ordered');
  });

  // The last one: the server lets no time pass any more once a workflow has ended with an activity under way.
  it('hears a human while it is looked at', async () => {
    let answer: (given: typeof ordered) => void = () => undefined;
    const answered = new Promise<typeof ordered>((resolve) => (answer = resolve));
    let isHeld = false;
    const order = await stage.order('looked-at', {
      readPurchaseRequest: [() => (isHeld ? answered : notFound)],
    });
    await server.sleep('1 hour');
    const { n } = await order.asked('notFound');
    const { length: before } = order.calls();
    isHeld = true;
    server.sleep('2 days').catch(() => undefined);
    await until('a look that goes on', () => Promise.resolve(order.calls().length > before));
    await order.resolve(n, { kind: 'abandoned' });
    expect((await order.result()).state).toBe('abandoned');
    answer(ordered);
  });
});

describe('a purchase request over continue-as-new', () => {
  let server: Awaited<ReturnType<typeof startRealServer>>;
  let stage: PurchaseStage;
  beforeAll(async () => {
    // After so few events Temporal suggests a new run: months of history in seconds.
    server = await startRealServer({ dynamicConfig: { 'limit.historyCount.suggestContinueAsNew': 40 } });
    stage = await purchaseStage(server);
  });
  afterAll(async () => {
    await stage.stop();
    await server.stop();
  });

  it('keeps all it knows, its memo and its search attribute, and tells nothing twice', async () => {
    let turn = 0;
    const order = await stage.order('renewed', {
      readPurchaseRequest: [() => ((turn += 1) < 10 ? at(`Step ${turn}`) : ordered)],
    });
    const { runId } = await order.handle.describe();
    const record = await order.result();
    const described = await order.handle.describe();
    expect(described.runId).not.toBe(runId);
    expect(described.memo).toMatchObject({
      [purchaseRequestMemoKey]: { state: 'ordered', summary: { description: 'Lab restock' } },
      fingerprint: 'fingerprint of renewed',
    });
    expect(described.typedSearchAttributes.get(purchaseRequestStateKey)).toBe('ordered');
    expect(described.typedSearchAttributes.get(concurIdKey)).toBe('c-1');
    expect(text(record)).toContain('Its status in Concur: Step 1');
    expect(newsOf(order)).toEqual(['created', 'ordered']);
    expect(order.inputs('createPurchaseRequest')).toHaveLength(1);
  });

  it('takes an answer that comes among many, while a human is waited for', async () => {
    const trouble = { type: 'UnknownOutcomeError', message: 'no answer came' };
    const order = await stage.order('renewed-while-asking', {
      createPurchaseRequest: [{ kind: 'unknown', trouble }],
    });
    const { runId } = await order.handle.describe();
    await order.asked('unknownOutcome');
    await until('a new run', async () => {
      await order.resolve(7, { kind: 'notCreated' });
      return (await order.handle.describe()).runId !== runId;
    });
    expect((await order.record()).attention).toMatchObject({ n: 1, reason: 'unknownOutcome' });
    const others = Array.from({ length: 60 }, () => order.resolve(7, { kind: 'notCreated' }));
    await Promise.all([...others, order.resolve(1, { kind: 'abandoned' })]);
    expect((await order.result()).state).toBe('abandoned');
    expect(order.inputs('createPurchaseRequest')).toHaveLength(1);
  });
});
