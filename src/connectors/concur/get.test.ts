import { describe, expect, it } from 'vitest';
import { failureOf } from '../http/test-server.ts';
import { answeredBy, clientOf, startConcur } from './test-concur.ts';

const ID = '5b0f6f0a-7c35-4f0e-9a57-2d2f6b1f9c11';
const EXCEPTION = {
  eventCode: 'PURCH_DETAIL_SUBMIT',
  exceptionCode: '0070071',
  isCleared: false,
  prExceptionId: 'b7c7a0a2-8a1c-4a6b-8e59-0d1b5a3f2e10',
  message: 'Line Item Quantity does not match',
};
const WHOLE = {
  purchaseRequestId: ID,
  purchaseRequestNumber: '100417',
  purchaseRequestQueueStatus: 'CREATED',
  purchaseRequestWorkflowStatus: 'Approved',
  purchaseRequestExceptions: [EXCEPTION],
  purchaseOrders: [{ purchaseOrderNumber: 'PO10417' }],
};
const KEPT = {
  number: '100417',
  queueStatus: 'CREATED',
  workflowStatus: 'Approved',
  exceptions: [
    {
      eventCode: 'PURCH_DETAIL_SUBMIT',
      code: '0070071',
      message: 'Line Item Quantity does not match',
      cleared: false,
    },
  ],
  orders: ['PO10417'],
};

describe('getPurchaseRequest', () => {
  it('asks for the mode COMPACT, with a content type as SAP lists it', async () => {
    const { client, seen } = await answeredBy(200, WHOLE);
    expect(await client.getPurchaseRequest(ID)).toEqual(KEPT);
    expect(seen).toMatchObject([
      {
        method: 'GET',
        url: `/purchaserequest/v4/purchaserequests/${ID}?mode=COMPACT`,
        headers: { 'content-type': 'application/json', accept: 'application/json' },
        body: '',
      },
    ]);
  });

  it('takes single objects and a flag as text, as the swagger file has them', async () => {
    const { client } = await answeredBy(200, {
      ...WHOLE,
      purchaseRequestExceptions: { ...EXCEPTION, isCleared: 'False' },
      purchaseOrders: { purchaseOrderNumber: 'PO10417' },
    });
    expect(await client.getPurchaseRequest(ID)).toEqual(KEPT);
  });

  it('can do without every field, the id included', async () => {
    const { client } = await answeredBy(200, {});
    expect(await client.getPurchaseRequest(ID)).toEqual({ exceptions: [], orders: [] });
  });

  it('names each order once', async () => {
    const numbers = ['PO2', 'PO1', 'PO2', 'PO3'];
    const { client } = await answeredBy(200, {
      purchaseOrders: numbers.map((purchaseOrderNumber) => ({ purchaseOrderNumber })),
    });
    expect(await client.getPurchaseRequest(ID)).toMatchObject({ orders: ['PO2', 'PO1', 'PO3'] });
  });

  it('keeps states that nobody has documented exactly as they come', async () => {
    const { client } = await answeredBy(200, {
      purchaseRequestQueueStatus: 'ON_HOLD',
      purchaseRequestWorkflowStatus: 'En attente  d’approbation ',
    });
    expect(await client.getPurchaseRequest(ID)).toMatchObject({
      queueStatus: 'ON_HOLD',
      workflowStatus: 'En attente  d’approbation ',
    });
  });

  it('leaves out what is of a wrong type, and does not fail over it', async () => {
    const { client } = await answeredBy(200, {
      purchaseRequestNumber: { toString: 1, valueOf: 1 },
      purchaseRequestQueueStatus: ['CREATED'],
      purchaseRequestWorkflowStatus: 'x'.repeat(100_000),
      purchaseRequestExceptions: [
        'text',
        null,
        {},
        { isCleared: { toString: 1 }, message: 'm'.repeat(9000) },
      ],
      purchaseOrders: [7, null, {}, { purchaseOrderNumber: 4711 }, { purchaseOrderNumber: '' }],
    });
    expect(await client.getPurchaseRequest(ID)).toEqual({
      exceptions: [{ message: `${'m'.repeat(299)}…` }],
      orders: ['4711'],
    });
  });

  it('keeps a bounded part of a runaway answer', async () => {
    const { client } = await answeredBy(200, {
      purchaseRequestExceptions: Array.from({ length: 5000 }, () => EXCEPTION),
      purchaseOrders: Array.from({ length: 5000 }, (_, n) => ({ purchaseOrderNumber: `PO${n}` })),
    });
    const found = await client.getPurchaseRequest(ID);
    expect([found?.exceptions.length, found?.orders.length]).toEqual([100, 1000]);
  });

  it('refuses an answer about another request; upper and lower case make no other one', async () => {
    const other = await answeredBy(200, { ...WHOLE, purchaseRequestId: 'another' });
    expect(await failureOf(other.client.getPurchaseRequest(ID))).toMatchObject({ name: 'RetryableError' });
    const same = await answeredBy(200, { ...WHOLE, purchaseRequestId: ID.toUpperCase() });
    expect(await same.client.getPurchaseRequest(ID)).toEqual(KEPT);
  });

  it('gives undefined for 404, whatever its body is', async () => {
    const { url } = await startConcur((response) => {
      response.writeHead(404, { 'content-type': 'text/html' }).end('<p>Not yet</p>');
    });
    expect(await clientOf(url).getPurchaseRequest(ID)).toBeUndefined();
  });

  it.each([
    ['a list', [WHOLE], 'TerminalError'],
    ['nothing', undefined, 'RetryableError'],
  ])('does not take %s for a purchase request', async (_what, body, name) => {
    const { client } = await answeredBy(200, body);
    expect(await failureOf(client.getPurchaseRequest(ID))).toMatchObject({ name });
  });

  it('stops reading an answer beyond all bounds', async () => {
    const { url } = await startConcur((response) => {
      response.writeHead(200, { 'content-type': 'application/json' }).end(`"${'x'.repeat(50_000)}"`);
    });
    const client = clientOf(url, { maxBodyBytes: 10_000 });
    expect(String(await failureOf(client.getPurchaseRequest(ID)))).toContain('larger than allowed');
  });

  it('sends no id that would lead to another route', async () => {
    const { client, seen } = await answeredBy(200, {});
    for (const id of ['', '.', '..']) {
      expect(await failureOf(client.getPurchaseRequest(id))).toMatchObject({ name: 'TerminalError' });
    }
    await client.getPurchaseRequest('../x?y#z%2F/');
    expect(seen.map(({ url }) => url)).toEqual([
      '/purchaserequest/v4/purchaserequests/..%2Fx%3Fy%23z%252F%2F?mode=COMPACT',
    ]);
  });
});
