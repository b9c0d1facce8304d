import { describe, expect, it } from 'vitest';
import { Secret } from '../../contract/secret.ts';
import { RetryableError } from '../http/errors.ts';
import { failureOf } from '../http/test-server.ts';
import { clientOf, CORRELATION, DOCUMENT, reply, startConcur } from './test-concur.ts';
import { createRenewals } from './renewals.ts';
import type { ConcurTokens } from './token/types.ts';

/** Concur without one scope, and tokens that are issued anew after each refusal. */
async function withoutOrders() {
  const granted = { orders: false };
  const { url } = await startConcur((response, { url: path, method }) => {
    if (path.includes('purchaseorders') && !granted.orders) reply(response, 403);
    else if (method === 'POST') reply(response, 202, { id: 'pr-1' });
    else reply(response, 200, { purchaseRequestNumber: '1', PurchaseOrderNumber: 'PO1' });
  });
  let issued = 1;
  const tokens: ConcurTokens = {
    access: () => Promise.resolve({ token: new Secret(`t-${issued}`), origin: url }),
    refused: (token) => {
      if (token.reveal() === `t-${issued}`) issued += 1;
    },
  };
  const client = clientOf(url, { tokens });
  const readOrder = () => client.getPurchaseOrder('PO1');
  return { granted, client, readOrder, issued: () => issued };
}

describe('an operation whose scope is missing for good', () => {
  it('does not have a token issued for each of its calls', async () => {
    const { readOrder, issued } = await withoutOrders();
    for (let count = 0; count < 20; count += 1) {
      expect(await failureOf(readOrder())).toMatchObject({ name: 'TerminalError', status: 403 });
    }
    expect(issued()).toBe(4);
  });

  it.each([
    ['read', 60_000],
    ['write', 5_000],
  ] as const)('may renew for a %s again after %i ms', (effect, waitMs) => {
    const clock = { nowMs: 0 };
    const renewals = createRenewals(() => clock.nowMs);
    const tries = () => {
      const may = renewals.mayHelp('GET', effect);
      if (may) renewals.wasInVain('GET');
      return may;
    };
    expect([1, 2, 3, 4, 5].map(tries)).toEqual([true, true, true, false, false]);
    clock.nowMs += waitMs - 1;
    expect(tries()).toBe(false);
    clock.nowMs += 1;
    expect([1, 2].map(tries)).toEqual([true, false]);
  });

  it('takes no renewal away from other operations', async () => {
    const { client, readOrder, issued } = await withoutOrders();
    for (let count = 0; count < 5; count += 1) await failureOf(readOrder());
    const before = issued();
    await client.createPurchaseRequest(DOCUMENT, CORRELATION);
    await client.getPurchaseRequest('a');
    expect(issued()).toBe(before);
  });

  it('is let through as soon as the scope is granted, and may renew again from then on', async () => {
    const { granted, readOrder, issued } = await withoutOrders();
    for (let count = 0; count < 5; count += 1) await failureOf(readOrder());
    granted.orders = true;
    expect(await readOrder()).toEqual({ number: 'PO1' });
    granted.orders = false;
    const before = issued();
    await failureOf(readOrder());
    expect(issued()).toBe(before + 1);
  });
});

it('rests for as long as SAP asks for after a 503 of the token endpoint that says `Retry-After: 0`', async () => {
  const { url } = await startConcur((response) => {
    reply(response, 200, {});
  });
  let asked = 0;
  const tokens: ConcurTokens = {
    access: () => {
      asked += 1;
      const facts = { vendor: 'concur', operation: 'POST /oauth2/v0/token', status: 503, retryAfterMs: 0 };
      return Promise.reject(new RetryableError('HTTP 503; try again', facts));
    },
    refused: () => undefined,
  };
  const client = clientOf(url, { tokens });
  for (let count = 0; count < 3; count += 1) await failureOf(client.getPurchaseRequest('a'));
  expect(asked).toBe(1);
});
