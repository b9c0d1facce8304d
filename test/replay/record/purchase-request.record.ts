import { afterAll, beforeAll } from 'vitest';
import type { CreateResult } from '../../../src/contract/concur-work.ts';
import { recorder } from '../../support/record-histories.ts';
import {
  purchaseStage,
  startSkippingServer,
  type Purchase,
  type PurchaseStage,
} from '../../support/purchase-stage.ts';
import {
  failing,
  found,
  notFound,
  someDocument,
  type ActivityName,
  type PurchaseScript,
} from '../../support/scripted-purchases.ts';
import { until } from '../../support/until.ts';

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
const record = recorder('purchase-request', () => server.client);

const trouble = { type: 'RetryableError', message: 'HTTP 429' };
const accepted: CreateResult = { kind: 'accepted', concurId: 'c-1' };
const unknown: CreateResult = { kind: 'unknown', trouble };
const noAccess: CreateResult = { kind: 'notCreated', access: true, trouble };
const created = { queueStatus: 'CREATED', number: '100417' };
const ordered = found({ ...created, workflowStatus: 'Approved', orders: ['PO1'] });
const ready = { kind: 'ready', document: someDocument, notify: 'dana@example.test' } as const;
const incomplete = {
  kind: 'incomplete',
  problems: [{ line: 1, code: 'incomplete', message: 'no supplier' }],
} as const;

async function ended(order: Purchase): Promise<string> {
  await order.result();
  return order.workflowId;
}

/** An order that only follows its script. */
function plays(name: string, script: PurchaseScript): void {
  record(name, async () => ended(await stage.order(name, { readPurchaseRequest: [ordered], ...script })));
}

/** The same of a requisition that is handed over. */
function handsOver(name: string, requisitionId: number, script: PurchaseScript): void {
  record(name, async () =>
    ended(await stage.handOver(requisitionId, { readPurchaseRequest: [ordered], ...script })),
  );
}

/** An activity that goes on until it is told to answer. */
function held<T>() {
  let answer: (given: T) => void = () => undefined;
  const answered = new Promise<T>((resolve) => (answer = resolve));
  return { work: () => answered, answer };
}

const busyWith = (order: Purchase, activity: ActivityName) =>
  until(`${order.workflowId} in ${activity}`, () => Promise.resolve(order.calls().includes(activity)));

plays('ordered', { readPurchaseRequest: [found({ queueStatus: 'PENDING_CREATION' }), ordered] });

plays('sent-back-and-expired', {
  readPurchaseRequest: [
    found({ ...created, workflowStatus: 'Sent Back To Employee' }),
    found({ ...created, workflowStatus: 'Approval Time Expired' }),
    ordered,
  ],
});

plays('codes-unknown', {
  checkCodes: [{ problems: incomplete.problems, notChecked: ['the lists'], summary: { lines: 1 } }],
});

plays('codes-unchecked', { checkCodes: [failing('HTTP 503')] });

plays('checked-once-concur-is-up', {
  checkCodes: [failing('HTTP 503'), { problems: [], notChecked: [], summary: { lines: 1 } }],
});

plays('refused', { createPurchaseRequest: [{ kind: 'refused', problems: incomplete.problems }] });

plays('refused-without-a-reason', { createPurchaseRequest: [{ kind: 'refused', problems: [] }] });

plays('not-created-then-sent-again', {
  createPurchaseRequest: [{ kind: 'notCreated', access: false, trouble, retryAfterMs: 90_000 }, accepted],
});

plays('access-refused-until-it-works', {
  createPurchaseRequest: [noAccess, noAccess, noAccess, noAccess, accepted],
});

plays('creation-failed', {
  readPurchaseRequest: [found({ queueStatus: 'CREATE_FAILED', exceptions: [{ code: '70' }] })],
});

plays('looked-at-once-concur-is-up', { readPurchaseRequest: [failing('HTTP 503'), ordered] });

plays('look-refused-then-looked-at-again', { readPurchaseRequest: [failing('HTTP 403', true), ordered] });

plays('orders-unread', { readOrders: [failing('HTTP 503')] });

plays('orders-read-once-concur-is-up', { readOrders: [failing('HTTP 503'), [{ number: 'PO1' }]] });

plays('requester-not-reached', { tellPurchaseRequester: [failing('HTTP 400', true)] });

plays('requester-told-once-moveworks-is-up', { tellPurchaseRequester: [failing('HTTP 503'), 'sent'] });

record('told-after-it-was-ordered', async () => {
  const { work, answer } = held<'sent'>();
  const order = await stage.order('told-after', {
    readPurchaseRequest: [found(created), ordered],
    tellPurchaseRequester: [work, 'sent'],
  });
  await order.seen('is ordered', ({ state }) => state === 'ordered');
  answer('sent');
  return ended(order);
});

/** An order of unknown outcome that a human has an answer to. */
function lost(name: string, answer: (order: Purchase) => Promise<void>): void {
  record(name, async () => {
    const order = await stage.order(name, {
      createPurchaseRequest: [unknown, accepted],
      readPurchaseRequest: [ordered],
    });
    await order.asked('unknownOutcome');
    await answer(order);
    return ended(order);
  });
}

lost('lost-and-sent-again', async (order) => {
  await order.resolve(9, { kind: 'abandoned' });
  await order.handle.signal('resolve', { attention: 'now' });
  await order.resolve(1, { kind: 'notCreated' });
  await order.resolve(1, { kind: 'notCreated' });
});

lost('lost-and-found', (order) => order.resolve(1, { kind: 'created', concurId: 'c-7' }));

lost('lost-and-known-by-its-number', (order) => order.resolve(1, { kind: 'created', number: '100417' }));

lost('lost-and-given-up', (order) => order.resolve(1, { kind: 'abandoned' }));

record('worker-gone-during-its-create', async () => {
  const { work, answer } = held<CreateResult>();
  const order = await stage.order('gone', { createPurchaseRequest: [work] });
  await order.asked('unknownOutcome');
  answer(accepted);
  await order.resolve(1, { kind: 'abandoned' });
  return ended(order);
});

record('create-with-a-bug', async () => {
  const order = await stage.order('bug', { createPurchaseRequest: [failing('of undefined')] });
  await order.asked('unknownOutcome');
  await order.resolve(1, { kind: 'abandoned' });
  return ended(order);
});

record('answered-during-its-create', async () => {
  const { work, answer } = held<CreateResult>();
  const order = await stage.order('answered', {
    createPurchaseRequest: [work],
    readPurchaseRequest: [ordered],
  });
  await busyWith(order, 'createPurchaseRequest');
  await order.resolve(1, { kind: 'abandoned' });
  answer(accepted);
  return ended(order);
});

record('cancelled-during-its-create', async () => {
  const { work, answer } = held<CreateResult>();
  const order = await stage.order('cancelled', { createPurchaseRequest: [work] });
  await busyWith(order, 'createPurchaseRequest');
  await order.handle.cancel();
  answer(accepted);
  await order.result().catch(() => undefined);
  return order.workflowId;
});

record('not-found-then-sent-again', async () => {
  const order = await stage.order('not-found', {
    readPurchaseRequest: [({ concurId }) => (concurId === 'c-1' ? notFound : ordered)],
    createPurchaseRequest: [accepted, { kind: 'accepted', concurId: 'c-2' }],
  });
  await server.sleep('1 hour');
  await order.asked('notFound');
  await order.resolve(1, { kind: 'notCreated' });
  return ended(order);
});

record('not-found-for-a-while', async () => {
  let knows = false;
  const order = await stage.order('not-found-for-a-while', {
    readPurchaseRequest: [() => (knows ? ordered : notFound)],
  });
  await server.sleep('1 hour');
  await order.asked('notFound');
  knows = true;
  return ended(order);
});

record('not-ordered-in-time-then-ordered', async () => {
  let isOrdered = false;
  const order = await stage.order('late', {
    readPurchaseRequest: [() => (isOrdered ? ordered : found(created, 60_000))],
  });
  await server.sleep('10 minutes');
  await order.asked('notOrderedInTime');
  await order.resolve(1, { kind: 'notCreated' });
  isOrdered = true;
  return ended(order);
});

handsOver('handed-over', 2041, {});

handsOver('handed-over-once-coupa-is-up', 2042, {
  prepareHandOff: [failing('HTTP 503'), ready],
  linkRequisition: [failing('HTTP 503'), 'linked'],
});

handsOver('handed-over-once-coupa-lets-it', 2043, {
  prepareHandOff: [failing('HTTP 403', true), ready],
  linkRequisition: [failing('HTTP 403', true), 'already linked', failing('HTTP 403', true)],
});

handsOver('not-wanted', 2044, { prepareHandOff: [{ kind: 'notWanted', why: 'it was withdrawn' }] });

record('incomplete-then-mended', async () => {
  const order = await stage.handOver(2045, {
    prepareHandOff: [incomplete, ready],
    readPurchaseRequest: [ordered],
  });
  await order.asked('incomplete');
  await order.resolve(1, { kind: 'notCreated' });
  return ended(order);
});

record('handed-over-before', async () => {
  const order = await stage.handOver(2046, {
    prepareHandOff: [{ kind: 'handedOverBefore', notes: 71 }, ready],
    readPurchaseRequest: [ordered],
  });
  await order.asked('handedOverBefore');
  await order.resolve(1, { kind: 'notCreated' });
  return ended(order);
});

// The last one: the server lets no time pass any more once a workflow has ended with an activity under way.
record('given-up-while-it-is-looked-at', async () => {
  const { work, answer } = held<typeof ordered>();
  let isHeld = false;
  const order = await stage.order('given-up', { readPurchaseRequest: [() => (isHeld ? work() : notFound)] });
  await server.sleep('1 hour');
  await order.asked('notFound');
  const { length: before } = order.calls();
  isHeld = true;
  server.sleep('2 days').catch(() => undefined);
  await until('a look that goes on', () => Promise.resolve(order.calls().length > before));
  await order.resolve(1, { kind: 'abandoned' });
  const workflowId = await ended(order);
  answer(ordered);
  return workflowId;
});
