import { afterAll, beforeAll, expect, it } from 'vitest';
import { handedOverBeforeType } from '../src/contract/concur-work.ts';
import { purchaseRequestMemoKey } from '../src/contract/purchase-request.ts';
import { purchaseStage, startSkippingServer, type PurchaseStage } from './support/purchase-stage.ts';
import { failing, found, someDocument } from './support/scripted-purchases.ts';

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

const ordered = found({ queueStatus: 'CREATED', number: '100417', orders: ['PO1'] });
const ready = { kind: 'ready', document: someDocument } as const;
const incomplete = {
  kind: 'incomplete',
  problems: [{ line: 1, code: 'incomplete', message: 'The supplier is not in the mapping' }],
} as const;

it('says on the requisition that it is handed over before anything is created, and then what came of it', async () => {
  const handOver = await stage.handOver(2041, { readPurchaseRequest: [ordered] });
  expect(await handOver.result()).toMatchObject({
    state: 'ordered',
    origin: { kind: 'handOff', requisitionId: 2041 },
  });
  expect(handOver.calls().slice(0, 4)).toEqual([
    'prepareHandOff',
    'linkRequisition',
    'checkCodes',
    'createPurchaseRequest',
  ]);
  const { firstExecutionRunId: claim } = handOver.handle;
  expect(handOver.inputs('prepareHandOff')).toEqual([{ id: 'coupa-2041', requisitionId: 2041, claim }]);
  expect(handOver.inputs('linkRequisition')).toEqual([
    { id: 'coupa-2041', requisitionId: 2041, claim, about: 'begun' },
    {
      id: 'coupa-2041',
      requisitionId: 2041,
      claim,
      about: 'created',
      number: '100417',
      concurId: 'c-1',
    },
  ]);
  expect(handOver.inputs('tellPurchaseRequester')).toMatchObject([
    { to: 'dana@example.test', news: 'created', requisitionId: 2041 },
    { news: 'ordered', requisitionId: 2041 },
  ]);
  expect((await handOver.memo())[purchaseRequestMemoKey]).toMatchObject({
    requisitionId: 2041,
    summary: { total: '225' },
  });
});

it('goes its way where the requisition cannot be told of what was created', async () => {
  const handOver = await stage.handOver(2042, {
    linkRequisition: ['linked', failing('HTTP 403', true)],
    readPurchaseRequest: [ordered],
  });
  const record = await handOver.result();
  expect(record.state).toBe('ordered');
  expect(record.timeline.map(({ text }) => text)).toContain('The requisition could not be told (HTTP 403)');
});

it('outlasts an outage of Coupa with the comment that names what was created', async () => {
  const outage = Array.from({ length: 12 }, () => failing('HTTP 503'));
  const handOver = await stage.handOver(2048, {
    linkRequisition: ['linked', ...outage, 'linked'],
    readPurchaseRequest: [ordered],
  });
  const { timeline } = await handOver.result();
  expect(timeline.map(({ text }) => text)).toContain('The requisition names it');
});

it('reads the requisition again before it is sent again, and sends nothing that Coupa has ordered (P5)', async () => {
  const handOver = await stage.handOver(2049, {
    prepareHandOff: [ready, { kind: 'notWanted', why: 'the requisition is ordered in Coupa' }],
    createPurchaseRequest: [{ kind: 'unknown', trouble: { type: 'T', message: 'no answer came' } }],
  });
  const { n } = await handOver.asked('unknownOutcome');
  await handOver.resolve(n, { kind: 'notCreated' });
  expect((await handOver.result()).state).toBe('abandoned');
  expect(handOver.inputs('createPurchaseRequest')).toHaveLength(1);
  expect((await handOver.memo())[purchaseRequestMemoKey]).toMatchObject({ notWanted: true });
});

it('names on the requisition what a human knows by its number alone', async () => {
  const handOver = await stage.handOver(2050, {
    createPurchaseRequest: [{ kind: 'unknown', trouble: { type: 'T', message: 'no answer came' } }],
  });
  const { n } = await handOver.asked('unknownOutcome');
  await handOver.resolve(n, { kind: 'created', number: '100417' });
  expect((await handOver.result()).state).toBe('unfollowed');
  expect(handOver.inputs('linkRequisition')).toMatchObject([
    { about: 'begun' },
    { about: 'created', number: '100417' },
  ]);
});

it('creates nothing while the requisition cannot be told that it is handed over', async () => {
  const handOver = await stage.handOver(2043, {
    linkRequisition: [
      ...Array.from({ length: 5 }, () => failing('HTTP 503')),
      failing('HTTP 403', true),
      'already linked',
    ],
    readPurchaseRequest: [ordered],
  });
  await server.sleep('5 minutes');
  expect(await handOver.asked('access')).toMatchObject({ n: 1 });
  expect(handOver.calls()).not.toContain('createPurchaseRequest');
  expect(await handOver.record()).toMatchObject({ trouble: { message: 'HTTP 403' } });
  expect((await handOver.result()).state).toBe('ordered');
});

it('waits for a human where the mapping lacks something, and makes the request anew then', async () => {
  const handOver = await stage.handOver(2044, {
    prepareHandOff: [incomplete, ready],
    readPurchaseRequest: [ordered],
  });
  const { n } = await handOver.asked('incomplete');
  expect((await handOver.record()).problems).toEqual(incomplete.problems);
  await server.sleep('2 days');
  expect(handOver.calls()).toEqual(['prepareHandOff']);
  await handOver.resolve(n, { kind: 'notCreated' });
  expect(await handOver.result()).toMatchObject({ state: 'ordered', problems: [] });
  expect(handOver.calls()).not.toContain('tellPurchaseRequester');
});

it('waits for a human where an earlier hand-over is forgotten, and forgives no later one', async () => {
  const handOver = await stage.handOver(2045, {
    prepareHandOff: [{ kind: 'handedOverBefore', notes: 71 }, { kind: 'handedOverBefore', notes: 72 }, ready],
    readPurchaseRequest: [ordered],
  });
  expect(await handOver.asked('handedOverBefore')).toMatchObject({ n: 1 });
  await handOver.resolve(1, { kind: 'notCreated' });
  await handOver.seen('asks again', ({ attention }) => attention?.n === 2);
  expect(handOver.calls()).not.toContain('createPurchaseRequest');
  await handOver.resolve(2, { kind: 'notCreated' });
  expect((await handOver.result()).state).toBe('ordered');
  expect(handOver.inputs('prepareHandOff')).toMatchObject([{}, { forgiven: 71 }, { forgiven: 72 }]);
  expect(handOver.inputs('linkRequisition')).toMatchObject([{ forgiven: 72 }, { about: 'created' }]);
});

it('looks again where another hand-over was first with its comment', async () => {
  const handOver = await stage.handOver(2046, {
    prepareHandOff: [ready, { kind: 'notWanted', why: 'it has its purchase request' }],
    linkRequisition: [failing('another hand-over was first', true, handedOverBeforeType)],
  });
  const record = await handOver.result();
  expect(record.state).toBe('abandoned');
  expect(record.timeline.at(-1)?.text).toBe('Not wanted any more: it has its purchase request');
  expect(handOver.calls()).not.toContain('createPurchaseRequest');
});

it('follows what a human found, and hands over before it creates where that is gone again', async () => {
  const handOver = await stage.handOver(2047, {
    prepareHandOff: [incomplete, ready],
    readPurchaseRequest: [
      ({ concurId }) => (concurId === 'c-1' ? ordered : { kind: 'notFound', followForMs: 1 }),
    ],
  });
  await handOver.asked('incomplete');
  await handOver.resolve(1, { kind: 'created', concurId: 'c-0' });
  await server.sleep('1 hour');
  const { n } = await handOver.asked('notFound');
  await handOver.resolve(n, { kind: 'notCreated' });
  expect(await handOver.result()).toMatchObject({ state: 'ordered', concurId: 'c-1' });
  const calls = handOver.calls().filter((call) => call !== 'readPurchaseRequest');
  expect(calls.slice(0, 5)).toEqual([
    'prepareHandOff',
    'prepareHandOff',
    'linkRequisition',
    'checkCodes',
    'createPurchaseRequest',
  ]);
});
