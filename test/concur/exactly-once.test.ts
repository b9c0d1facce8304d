import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { planFaults, plannedOnCreates } from '../support/concur-faults.ts';
import { eachOf, orderBody, purchasing, startApprovers, type PurchaseRow } from '../support/concur-orders.ts';
import { startStack, type Stack } from '../support/stack.ts';
import { until } from '../support/until.ts';

const orders = 1_000;
/** Every so many orders names a requester whom Concur does not know. */
const refusedEvery = 40;
/** Every so many is posted once more under its key, with another body. */
const changedEvery = 20;
const longMs = 600_000;

let stack: Stack;
let desk: ReturnType<typeof purchasing>;
beforeAll(async () => {
  stack = await startStack({
    concur: true,
    // A rest of five minutes after each 503 would be most of the test.
    concurConfig: { restAfter503Ms: 20 },
    pollIntervalMs: 60 * 60_000,
  });
  desk = purchasing(stack.api);
  await stack.concur.settings({ creationDelayMs: 0, routingDelayMs: 0, orderDelayMs: 0 });
});
afterAll(async () => {
  await stack.stop();
});

const numbers = Array.from({ length: orders }, (_, index) => index + 1);
const isRefused = (number: number) => number % refusedEvery === 0;
const keyOf = (number: number) => `order-${number}`;
const bodyOf = (number: number) =>
  orderBody({
    description: `Order ${number}`,
    ...(isRefused(number) ? { userEmail: 'nobody@example.test' } : {}),
  });

/** Posts each order twice at once, some a third time with a change; gives the id of each number. */
async function postAll(): Promise<Map<number, string>> {
  const ids = new Map<number, string>();
  await eachOf(numbers, 8, async (number) => {
    const [key, body] = [keyOf(number), bodyOf(number)];
    const [first, second] = await Promise.all([desk.order(key, body), desk.order(key, body)]);
    expect(second).toBe(first);
    ids.set(number, first);
    if (number % changedEvery !== 0) return;
    const { status, body: answer } = await desk.post(key, { ...body, notesToSupplier: 'at the back door' });
    expect([status, answer.errors]).toMatchObject([422, [{ parameter: 'idempotency-key' }]]);
  });
  return ids;
}

/** All rows, once each order has come as far as it can without a human. */
async function settled(mayAsk: boolean): Promise<PurchaseRow[]> {
  const asked = mayAsk ? " OR PurchaseRequestState = 'needsAttention'" : '';
  // Closed as well: until then it moves from the list's one half to the other, and may be seen in both.
  const isEnd = `(PurchaseRequestState IN ('ordered', 'failed') AND ExecutionStatus = 'Completed')${asked}`;
  // Counted, since a list of a thousand every few seconds would be much of the work of this machine.
  await until(
    'every order to be settled',
    async () => (await stack.client.workflow.count(isEnd)).count === orders,
    longMs,
    1_000,
  );
  return desk.rows();
}

/** The id in Concur of each ref that it holds, none of them twice. */
async function heldByConcur(): Promise<Map<string, string>> {
  const held = await stack.concur.purchaseRequests();
  const byRef = new Map(held.map(({ ref, id }) => [ref ?? '', id]));
  expect(byRef.size).toBe(held.length);
  return byRef;
}

const inState = (rows: readonly PurchaseRow[], state: string) => rows.filter((row) => row.state === state);

describe('1,000 orders to a SAP Concur that loses answers, refuses for a while and forgets tokens', () => {
  it(
    'are created once each, refused, or put before a human; and once those have answered, each is there once (P5)',
    async () => {
      const { concur } = stack;
      await planFaults(concur, { seed: 20_261_122, creates: orders });
      const approvers = startApprovers(concur, 2_000, () => concur.expireTokens());
      const ids = await postAll();
      const refused = new Set(numbers.filter(isRefused).map((number) => ids.get(number)));
      expect(new Set(ids.values()).size).toBe(orders);

      const rows = await settled(true);
      expect(rows.map(({ id }) => id).toSorted()).toEqual([...ids.values()].toSorted());
      const creates = (await concur.requests()).filter(
        ({ method, path }) => method === 'POST' && !path.includes('oauth2'),
      );
      expect([...new Set(creates.flatMap(({ fault }) => fault ?? []))].toSorted()).toEqual(plannedOnCreates);
      // Some were sent again, since they certainly were not created.
      expect(creates.length).toBeGreaterThan(orders);

      const held = await heldByConcur();
      const [ordered, failed, asked] = ['ordered', 'failed', 'needsAttention'].map((state) =>
        inState(rows, state),
      );
      if (ordered === undefined || failed === undefined || asked === undefined) expect.unreachable();
      for (const { id, purchaseRequestId } of ordered) expect(held.get(id)).toBe(purchaseRequestId);
      for (const { id } of failed) {
        expect(refused).toContain(id);
        expect(held.has(id)).toBe(false);
        expect((await desk.show(id)).problems).toMatchObject([{ code: 'invalidUserInfo' }]);
      }
      expect(new Set(asked.map(({ attention }) => attention?.reason))).toEqual(new Set(['unknownOutcome']));
      const [there, notThere] = [true, false].map((is) => asked.filter(({ id }) => held.has(id) === is));
      // Nothing that Concur holds is known here as anything else: no create was lost silently.
      expect(held.size).toBe(ordered.length + (there?.length ?? 0));
      const counts = [ordered.length, failed.length, there?.length, notThere?.length];
      for (const count of counts) expect(count).toBeGreaterThan(0);

      await concur.clearFaults();
      await eachOf(asked, 4, async ({ id }) => {
        const purchaseRequestId = held.get(id);
        const found =
          purchaseRequestId === undefined
            ? { outcome: 'notCreated' }
            : { outcome: 'created', purchaseRequestId };
        expect((await desk.resolve(id, found)).status).toBe(202);
      });
      const last = await settled(false);
      await approvers.stop();
      const heldAtLast = await heldByConcur();
      expect(new Set(inState(last, 'failed').map(({ id }) => id))).toEqual(refused);
      expect(heldAtLast.size).toBe(orders - refused.size);
      for (const { id, purchaseRequestId } of inState(last, 'ordered')) {
        expect(heldAtLast.get(id)).toBe(purchaseRequestId);
      }
    },
    longMs * 2,
  );
});
