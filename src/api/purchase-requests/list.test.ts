import { describe, expect, it } from 'vitest';
import { testApi } from '../test-api.ts';
import { purchaseMemoOf } from '../test-purchase-engine.ts';

describe('GET /purchase-requests', () => {
  it('answers rows of open and closed ones alike, and asks no worker', async () => {
    const { engine, send } = testApi();
    engine.openPurchase('coupa-5', { requisitionId: 5, state: 'created', concurId: 'c-1', number: '100417' });
    engine.closePurchase('i2', 'failed');
    engine.broken.add('purchaseRequestRecord');
    const { summary, startedAt } = purchaseMemoOf('i2');
    const common = { purchaseOrders: [], summary, startedAt };
    expect((await send('GET', '/purchase-requests')).json()).toEqual({
      data: [
        {
          ...common,
          id: 'coupa-5',
          ref: 'ref:coupa-5',
          open: true,
          state: 'created',
          requisitionId: 5,
          purchaseRequestId: 'c-1',
          purchaseRequestNumber: '100417',
        },
        { ...common, id: 'i2', ref: 'ref:i2', open: false, state: 'failed' },
      ],
    });
    expect(engine.purchaseLists).toEqual([{ limit: 20 }]);
  });

  it('hands on state, limit and cursor, and the cursor of the next page', async () => {
    const { engine, send } = testApi();
    engine.nextCursor = 'page2';
    const got = await send('GET', '/purchase-requests?state=needsAttention&limit=100&cursor=page2');
    expect(got.json()).toEqual({ data: [], next: 'page2' });
    expect(engine.purchaseLists).toEqual([{ state: 'needsAttention', limit: 100, cursor: 'page2' }]);
  });

  it.each(['state=closed', 'state=', 'limit=0', 'limit=101', 'cursor=broken', 'cursor='])(
    'answers 422 for ?%s, with its place',
    async (query) => {
      const got = await testApi().send('GET', `/purchase-requests?${query}`);
      expect(got.problem()).toMatchObject({ status: 422, errors: [{ parameter: query.split('=')[0] }] });
    },
  );

  it.each([
    ['limit=0', 'limit: It is a whole number from 1 to 100.'],
    ['limit=1.5', 'limit: It is a whole number from 1 to 100.'],
    ['limit=many', 'limit: It is a whole number from 1 to 100.'],
    ['state=bogus', 'state: It is one of checking, creating, accepted, '],
    ['state=failed&state=ordered', 'state: It is there more than once'],
    ['cursor=', 'cursor: It is empty'],
    [`cursor=${'x'.repeat(4_001)}`, 'cursor: It may have 4000 characters at most.'],
    ['cursor=broken', 'The cursor is none of ours.'],
  ])('says in one line what is wrong with ?%s', async (query, line) => {
    const { error } = (await testApi().send('GET', `/purchase-requests?${query}`)).problem();
    expect(error.slice(0, line.length)).toBe(line);
  });

  it('leaves out one whose memo it does not understand', async () => {
    const { engine, send } = testApi();
    engine.openPurchase('i1').memo = undefined;
    expect((await send('GET', '/purchase-requests')).json()).toEqual({ data: [] });
  });

  it('answers 503 when Temporal is down', async () => {
    const { engine, send } = testApi();
    engine.down.add('listPurchaseRequests');
    expect((await send('GET', '/purchase-requests')).problem().status).toBe(503);
  });
});
