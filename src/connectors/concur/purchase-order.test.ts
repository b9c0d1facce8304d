import { describe, expect, it } from 'vitest';
import { failureOf } from '../http/test-server.ts';
import { answeredBy } from './test-concur.ts';

const ORDER = {
  ID: 'PO/10417',
  PurchaseOrderNumber: 'PO/10417',
  PurchaseRequestNumber: '100417',
  Status: 'Transmitted',
  OrderDate: '2026-11-22T20:17:46.384Z',
  VendorCode: 'V-7781',
  CurrencyCode: 'USD',
  RequestedBy: 'Reyes, Dana',
};

describe('getPurchaseOrder', () => {
  it('reads what is used of an order, by its number', async () => {
    const { client, seen } = await answeredBy(200, ORDER);
    expect(await client.getPurchaseOrder('PO/10417')).toEqual({
      number: 'PO/10417',
      purchaseRequestNumber: '100417',
      status: 'Transmitted',
      orderDate: '2026-11-22T20:17:46.384Z',
      vendorCode: 'V-7781',
      currencyCode: 'USD',
    });
    expect(seen.map(({ url }) => url)).toEqual(['/api/v3.0/invoice/purchaseorders/PO%2F10417']);
  });

  it.each([
    ['its number alone', { PurchaseOrderNumber: 'PO1' }],
    ['its id alone', { ID: 'PO1', Status: null }],
    ['another number beside the id that was asked for', { ID: 'PO1', PurchaseOrderNumber: 'X' }],
  ])('can do with %s', async (_what, body) => {
    const { client } = await answeredBy(200, body);
    expect(await client.getPurchaseOrder('PO1')).toEqual({ number: 'PO1' });
  });

  it('gives undefined for 404', async () => {
    const { client } = await answeredBy(404);
    expect(await client.getPurchaseOrder('PO1')).toBeUndefined();
  });

  it('refuses an answer about another order, and one about none', async () => {
    const other = await answeredBy(200, ORDER);
    expect(await failureOf(other.client.getPurchaseOrder('PO1'))).toMatchObject({ name: 'RetryableError' });
    const none = await answeredBy(200, { Status: 'FAILURE', ErrorCode: '1' });
    expect(await failureOf(none.client.getPurchaseOrder('PO1'))).toMatchObject({ name: 'TerminalError' });
  });

  it('names the scope where it is missing', async () => {
    const { client } = await answeredBy(403);
    expect(String(await failureOf(client.getPurchaseOrder('PO1')))).toContain('INVPO');
  });
});
