import { describe, expect, it } from 'vitest';
import { testApi } from '../test-api.ts';
import { purchaseMemoOf, purchaseRecordOf } from '../test-purchase-engine.ts';

const id = '0123456789abcdef0123456789abcdef';
const { startedAt } = purchaseMemoOf(id);
const attention = { n: 2, reason: 'access', since: startedAt, what: 'Give it the right.' } as const;

function showing() {
  const api = testApi();
  return { ...api, show: (at: string = id) => api.send('GET', `/purchase-requests/${at}`) };
}

describe('GET /purchase-requests/{id}', () => {
  it('tells the whole story of one that is worked on', async () => {
    const { engine, show } = showing();
    engine.openPurchase(id).record = purchaseRecordOf(id);
    expect((await show()).json()).toEqual({
      id,
      ref: `ref:${id}`,
      source: 'record',
      open: true,
      state: 'ordered',
      origin: { kind: 'api', caller: 'moveworks' },
      purchaseRequestId: 'c-1',
      purchaseRequestNumber: '100417',
      queueStatus: 'CREATED',
      workflowStatus: 'Approved',
      exceptions: [{ code: '0070071', message: 'Quantity does not match', cleared: false }],
      purchaseOrders: [{ number: 'PO10417', status: 'Transmitted', vendorCode: 'V-7781' }],
      problems: [],
      correlationId: '3f2c1a70-5d0e-4a55-9c1b-0a7d6f4f8e21',
      summary: { description: 'Gloves', currency: 'USD', total: '225', lines: 1 },
      startedAt,
      timeline: [{ at: startedAt, text: 'Created.' }],
    });
  });

  it('tells of problems, trouble and what a human should do', async () => {
    const { engine, show } = showing();
    const differing = {
      state: 'needsAttention',
      origin: { kind: 'handOff', requisitionId: 71002 },
      attention,
      problems: [{ line: 2, code: 'invalidVendor', message: 'No.' }],
      trouble: { type: 'TerminalError', message: 'HTTP 403' },
    } as const;
    engine.closePurchase('coupa-71002', 'needsAttention', purchaseRecordOf('coupa-71002', differing));
    expect((await show('coupa-71002')).json()).toMatchObject({ ...differing, open: false });
  });

  it('has the orders’ numbers before the orders themselves could be read', async () => {
    const { engine, show } = showing();
    engine.openPurchase(id).record = purchaseRecordOf(id, { state: 'created', orders: [] });
    expect((await show()).json()).toMatchObject({ purchaseOrders: [{ number: 'PO10417' }] });
  });

  it('tells what the memo holds while no worker answers', async () => {
    const { engine, show } = showing();
    const memo = { state: 'needsAttention', concurId: 'c-1', number: '100417', attention } as const;
    engine.openPurchase(id, { ...memo, workflowStatus: 'Submitted', orders: ['PO1'] });
    expect((await show()).json()).toEqual({
      id,
      ref: `ref:${id}`,
      source: 'memo',
      open: true,
      state: 'needsAttention',
      origin: { kind: 'api' },
      purchaseRequestId: 'c-1',
      purchaseRequestNumber: '100417',
      workflowStatus: 'Submitted',
      purchaseOrders: [{ number: 'PO1' }],
      attention,
      summary: { description: 'Gloves', currency: 'USD', total: '225', lines: 1 },
      startedAt,
    });
    engine.openPurchase('coupa-5', { requisitionId: 5 });
    expect((await show('coupa-5')).json()).toMatchObject({ origin: { kind: 'handOff', requisitionId: 5 } });
  });

  it('tells what the memo holds of one that somebody ended by hand', async () => {
    const { engine, show } = showing();
    engine.closePurchase(id, 'creating');
    expect((await show()).json()).toMatchObject({ source: 'memo', open: false, state: 'creating' });
  });

  it.each(['feedfacefeedfacefeedfacefeedface', '..%2F..', 'a%00b', 'x'.repeat(65), '__proto__', '%E2%82%AC'])(
    'answers 404 for %s',
    async (unknown) => {
      expect((await showing().show(unknown)).problem().status).toBe(404);
    },
  );

  it('answers 503 only where nothing at all can be told', async () => {
    const { engine, show } = showing();
    engine.openPurchase(id).memo = undefined;
    expect((await show()).problem().status).toBe(503);
    engine.down.add('purchaseRequest');
    expect((await show()).problem().status).toBe(503);
  });
});
