import { afterAll, beforeAll } from 'vitest';
import { recorder } from '../../support/record-histories.ts';
import { purchaseStage, startRealServer, type PurchaseStage } from '../../support/purchase-stage.ts';
import { found } from '../../support/scripted-purchases.ts';
import { until } from '../../support/until.ts';

let server: Awaited<ReturnType<typeof startRealServer>>;
let stage: PurchaseStage;
beforeAll(async () => {
  server = await startRealServer({ dynamicConfig: { 'limit.historyCount.suggestContinueAsNew': 40 } });
  stage = await purchaseStage(server);
});
afterAll(async () => {
  await stage.stop();
  await server.stop();
});
const record = recorder('purchase-requests-renewed', () => server.client);

record('while-it-is-followed', async () => {
  let turn = 0;
  const created = { queueStatus: 'CREATED', number: '100417' };
  const order = await stage.order('renewed', {
    readPurchaseRequest: [
      () => {
        turn += 1;
        return found(
          turn < 7 ? { ...created, workflowStatus: `Step ${turn}` } : { ...created, orders: ['PO1'] },
        );
      },
    ],
  });
  await order.result();
  return order.workflowId;
});

record('while-a-human-is-asked', async () => {
  const trouble = { type: 'UnknownOutcomeError', message: 'no answer came' };
  const order = await stage.order('renewed-while-asking', {
    createPurchaseRequest: [{ kind: 'unknown', trouble }],
    readPurchaseRequest: [found({ queueStatus: 'CREATED', number: '100417', orders: ['PO1'] })],
  });
  const { runId } = await order.handle.describe();
  await order.asked('unknownOutcome');
  await until('a new run', async () => {
    await order.resolve(7, { kind: 'notCreated' });
    return (await order.handle.describe()).runId !== runId;
  });
  await order.resolve(1, { kind: 'created', concurId: 'c-7' });
  await order.result();
  return order.workflowId;
});
