import { once } from 'node:events';
import { MockActivityEnvironment } from '@temporalio/testing';
import { describe, expect, it } from 'vitest';
import type { ConcurClient } from '../../connectors/concur/types.ts';
import { RetryableError } from '../../connectors/http/errors.ts';
import type { PurchaseRequestStatus } from '../../contract/purchase-request.ts';
import { createConcurActivities } from './activities.ts';
import { sampleDocument, scripted } from './test-concur.ts';

const followForMs = 90 * 24 * 60 * 60_000;
const facts = { vendor: 'concur', operation: 'GET /purchaserequest/v4/purchaserequests/:id' };
const status: PurchaseRequestStatus = {
  number: '100417',
  queueStatus: 'CREATED',
  exceptions: [],
  orders: [],
};

function over(methods: Partial<ConcurClient>) {
  return createConcurActivities({ concur: scripted(methods), followForMs, listFields: [] });
}

describe('readPurchaseRequest', () => {
  const read = (getPurchaseRequest: ConcurClient['getPurchaseRequest']) =>
    new MockActivityEnvironment().run(() =>
      over({ getPurchaseRequest }).readPurchaseRequest({ concurId: 'c-1' }),
    );

  it('tells what Concur tells, and how long to follow', async () => {
    const asked: string[] = [];
    const found = await read((id) => {
      asked.push(id);
      return Promise.resolve(status);
    });
    expect(found).toEqual({ kind: 'found', followForMs, status });
    expect(asked).toEqual(['c-1']);
  });

  it('takes an unknown id for an answer', async () => {
    expect(await read(() => Promise.resolve(undefined))).toEqual({ kind: 'notFound', followForMs });
  });

  it('throws what went wrong', async () => {
    const outage = new RetryableError('HTTP 503', facts);
    await expect(read(() => Promise.reject(outage))).rejects.toBe(outage);
  });
});

describe('every activity for SAP Concur', () => {
  type Activities = ReturnType<typeof createConcurActivities>;
  const correlationId = '3f2c1a70-5d0e-4a55-9c1b-0a7d6f4f8e21';
  const calls: readonly ((activities: Activities) => Promise<unknown>)[] = [
    (activities) => activities.checkCodes(sampleDocument),
    (activities) => activities.createPurchaseRequest({ id: 'a', document: sampleDocument, correlationId }),
    (activities) => activities.readPurchaseRequest({ concurId: 'c-1' }),
    (activities) => activities.readOrders({ numbers: ['PO1'] }),
  ];

  it('heartbeats while it waits for Concur', async () => {
    const waits = calls.map(async (call) => {
      const environment = new MockActivityEnvironment();
      const beat = once(environment, 'heartbeat');
      // Concur's answer comes only after the heartbeat: without one this would never end.
      const after = <T>(answer: T) => beat.then(() => answer);
      const activities = over({
        hasVendor: () => after(true),
        createPurchaseRequest: () => after({ kind: 'accepted', id: 'c-1' }),
        getPurchaseRequest: () => after(status),
        getPurchaseOrder: (number) => after({ number }),
      });
      return environment.run(() => call(activities));
    });
    expect(await Promise.all(waits)).toMatchObject([
      { problems: [] },
      { kind: 'accepted' },
      { kind: 'found' },
      [{ number: 'PO1' }],
    ]);
  });
});
