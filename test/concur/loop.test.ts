import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { demoLists } from '../../sandbox/concur/seed.ts';
import { createCompanyTokens } from '../../src/connectors/concur/token/company-tokens.ts';
import { orderBody, purchasing } from '../support/concur-orders.ts';
import { startStack, type Stack } from '../support/stack.ts';
import { until } from '../support/until.ts';

vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

const rhea = 'rhea.quester@example.test';
const restAfter503Ms = 4_000;
const allScopes = ['purchaserequest.write', 'purchaserequest.read', 'INVVEN', 'INVPO'];

let stack: Stack;
let desk: ReturnType<typeof purchasing>;
beforeAll(async () => {
  stack = await startStack({
    concur: true,
    concurConfig: {
      restAfter503Ms,
      listFields: [
        { on: 'header', field: 'custom1', listId: demoLists.costCentres },
        { on: 'line', field: 'custom2', listId: demoLists.projects },
      ],
    },
    pollIntervalMs: 60 * 60_000,
  });
  desk = purchasing(stack.api);
  await stack.concur.settings({ creationDelayMs: 0, routingDelayMs: 0, orderDelayMs: 0 });
});
afterAll(async () => {
  await stack.stop();
});

const line = {
  purchaseType: 'GOODS',
  vendorCode: 'ACME',
  vendorAddressCode: 'ACME-01',
  description: 'Pens',
  quantity: '3',
  unitPrice: '2.50',
};

/** Orders by its name, of which Rhea hears. */
const order = (name: string, change: object = {}) =>
  desk.order(name, orderBody({ description: name, notify: rhea, ...change }));

/** How it ended; the notices have gone by then. */
const ended = (id: string) => desk.seen(id, 'to end', ({ open }) => !open);

const createdInConcur = (id: string) => desk.seen(id, 'to be created', ({ state }) => state === 'created');

/** What Rhea was told of an order. */
const toldOf = async (name: string) =>
  (await stack.moveworks.inbox(rhea)).map(({ message }) => message).filter((text) => text.includes(name));

/** The first lines of what Rhea was told, without markup. */
const headingsOf = async (name: string) =>
  (await toldOf(name)).map((text) => text.split('\n')[0]?.replaceAll(/<[^>]+>/g, ''));

const creates = async () =>
  (await stack.concur.requests()).filter(
    ({ method, path }) => method === 'POST' && path.endsWith('/purchaserequests'),
  );

/** Has a purchase request approved that carries this id of ours, and gives how it ended. */
async function approvedAndEnded(id: string) {
  const held = await until('it to wait for its approval', async () =>
    (await stack.concur.withRef(id)).find(({ workflowStatus }) => workflowStatus !== null),
  );
  await stack.concur.approve(held.id);
  return ended(id);
}

describe('an order', () => {
  it('that Concur refuses for several reasons fails with all of them, and its requester is told', async () => {
    const id = await order('Refused', {
      userEmail: 'nobody@example.test',
      currencyCode: 'XXQ',
      policyExternalId: 'NONE',
    });
    const { state, problems } = await ended(id);
    expect(state).toBe('failed');
    expect(problems?.map(({ code }) => code)).toEqual([
      'invalidUserInfo',
      'invalidCurrencyCode',
      'invalidPolicyInformation',
    ]);
    const [told = '', ...others] = await toldOf('Refused');
    expect(others).toEqual([]);
    expect(told).toContain('Your purchase request was not created in SAP Concur');
    expect(told).toContain('currencyCode is invalid.');
    expect(told).toContain('Cannot find a purchase order policy');
    expect(await stack.concur.withRef(id)).toEqual([]);
  });

  it('with codes that Concur does not know is not sent, and each is named with its line', async () => {
    await stack.concur.forgetRequests();
    const id = await order('Unknown codes', {
      custom1: 'CC999',
      lineItems: [
        line,
        { ...line, vendorCode: 'NOBODY' },
        { ...line, custom2: 'P9' },
        { ...line, vendorAddressCode: 'LAKE-01', custom2: 'P1' },
      ],
    });
    const { state, problems } = await ended(id);
    expect(state).toBe('failed');
    expect(problems).toMatchObject([
      { code: 'unknownListItem', field: 'custom1' },
      { code: 'unknownVendor', field: 'vendorCode', line: 2 },
      { code: 'unknownListItem', field: 'custom2', line: 3 },
      { code: 'unknownVendor', field: 'vendorCode', line: 4 },
    ]);
    expect(problems?.[0]).not.toHaveProperty('line');
    expect(await creates()).toEqual([]);
    const [told = ''] = await toldOf('Unknown codes');
    for (const part of ['NOBODY', 'CC999', 'line 2', 'line 3', 'line 4']) expect(told).toContain(part);
  });

  it('that Concur cannot create after all fails with what Concur says, and its requester is told', async () => {
    const message = 'The period is closed';
    await stack.concur.settings({ failCreation: [{ exceptionCode: '0070099', message }] });
    const id = await order('Failed late');
    const { state, problems } = await ended(id);
    await stack.concur.settings({ failCreation: null });
    expect(state).toBe('failed');
    expect(problems).toEqual([{ code: '0070099', message }]);
    expect(await headingsOf('Failed late')).toEqual(['Your purchase request was not created in SAP Concur']);
    expect((await toldOf('Failed late'))[0]).toContain(message);
  });

  it('shows exceptions and statuses as Concur has them, of kinds that nobody knows, and goes on', async () => {
    const id = await order('Odd status');
    await createdInConcur(id);
    const { id: purchaseRequestId } = await stack.concur.arrived(id);
    const exceptions = [
      { eventCode: 'PURCH_DETAIL_SUBMIT', exceptionCode: '0070071', isCleared: false, message: 'Too many' },
    ];
    await stack.concur.status(purchaseRequestId, { workflowStatus: 'Waiting For The Moon', exceptions });
    const seen = await desk.seen(id, 'to show it', (view) => view.workflowStatus === 'Waiting For The Moon');
    expect(seen).toMatchObject({
      state: 'created',
      exceptions: [
        { eventCode: 'PURCH_DETAIL_SUBMIT', code: '0070071', cleared: false, message: 'Too many' },
      ],
    });
    await stack.concur.approve(purchaseRequestId);
    expect((await ended(id)).state).toBe('ordered');
  });

  it('that is sent back, submitted again and not approved in time is told of at each', async () => {
    const id = await order('To and fro');
    await createdInConcur(id);
    const { id: purchaseRequestId } = await stack.concur.arrived(id);
    const comesTo = (status: string) =>
      desk.seen(id, `to be ${status}`, ({ workflowStatus }) => workflowStatus === status);
    await stack.concur.sendBack(purchaseRequestId);
    await comesTo('Sent Back To Employee');
    await stack.concur.status(purchaseRequestId, { workflowStatus: 'Pending Approval' });
    await comesTo('Pending Approval');
    await stack.concur.expire(purchaseRequestId);
    await comesTo('Approval Time Expired');
    await stack.concur.approve(purchaseRequestId);
    expect((await ended(id)).state).toBe('ordered');
    expect((await headingsOf('To and fro')).toSorted()).toEqual([
      'The time to approve your purchase request has run out in SAP Concur',
      'Your purchase request has become a purchase order',
      'Your purchase request was created in SAP Concur',
      'Your purchase request was sent back to you in SAP Concur',
    ]);
  });

  it('that Concur does not know at once after it accepted it needs nobody', async () => {
    await stack.concur.settings({ earlyNotFoundReads: 2 });
    const id = await order('Early');
    const { state, timeline } = await approvedAndEnded(id);
    await stack.concur.settings({ earlyNotFoundReads: 0 });
    expect(state).toBe('ordered');
    expect(JSON.stringify(timeline)).not.toContain('resolve');
    expect(await stack.concur.withRef(id)).toHaveLength(1);
  });

  it('of which nobody is to hear is ordered, and nobody is told', async () => {
    const id = await order('In silence', { notify: null });
    expect((await approvedAndEnded(id)).state).toBe('ordered');
    const messages = await stack.moveworks.messages();
    expect(messages.filter(({ message }) => message.includes('In silence'))).toEqual([]);
  });

  it('goes on where it was when the workers are started again', async () => {
    const id = await order('Restarted');
    await createdInConcur(id);
    await stack.stopWorkers();
    const { id: purchaseRequestId } = await stack.concur.arrived(id);
    await stack.concur.approve(purchaseRequestId);
    await stack.startWorkers();
    expect(await ended(id)).toMatchObject({ state: 'ordered', purchaseRequestId });
    expect(await stack.concur.withRef(id)).toHaveLength(1);
  });

  it('stands in the list of its state', async () => {
    const failed = await order('Listed', { userEmail: 'nobody@example.test' });
    await ended(failed);
    const open = await order('Listed as open');
    await createdInConcur(open);
    const idsIn = async (state: string) => (await desk.rows(`&state=${state}`)).map(({ id }) => id);
    await until('both to be listed', async () => {
      const [failures, created] = [await idsIn('failed'), await idsIn('created')];
      const isRight = failures.includes(failed) && created.includes(open);
      return isRight && !failures.includes(open) && !created.includes(failed);
    });
    expect((await desk.rows('&state=failed')).every(({ state }) => state === 'failed')).toBe(true);
    // So that nothing of it is asked of Concur any more while other tests count or time what is.
    expect((await approvedAndEnded(open)).state).toBe('ordered');
  });
});

describe('after an HTTP 503', () => {
  it('nothing is sent to Concur while it rests; then what waited goes its way, and what was sent waits for a human', async () => {
    await stack.concur.forgetRequests();
    await stack.concur.fault({ route: 'create', kind: 'status', status: 503 });
    const sent = await order('Met by a 503');
    await desk.asked(sent);
    const waits = await order('Behind a 503');
    expect((await approvedAndEnded(waits)).state).toBe('ordered');

    const requests = await stack.concur.requests();
    const met = requests.findIndex(({ status }) => status === 503);
    const [refused, next] = [requests[met], requests[met + 1]];
    // SAP: sleep after a 503. The rest may be longer than it must be, never shorter.
    const restedMs = Date.parse(next?.at ?? '') - Date.parse(refused?.at ?? '');
    expect(restedMs).toBeGreaterThanOrEqual(restAfter503Ms - 100);
    expect(await stack.concur.withRef(sent)).toEqual([]);
    expect((await desk.resolve(sent, { outcome: 'notCreated' })).status).toBe(202);
    expect((await approvedAndEnded(sent)).state).toBe('ordered');
    expect(await stack.concur.withRef(sent)).toHaveLength(1);
  });
});

describe('a right or a token that is refused', () => {
  it('is put before a human, who is asked anew for each; once both are back it is created once', async () => {
    const { concur, config } = stack;
    if (config.concur === undefined) expect.unreachable();
    await concur.settings({ grantedScopes: allScopes.filter((scope) => scope !== 'purchaserequest.write') });
    await concur.expireTokens();
    const id = await order('Without a right');
    // The third refusal in a row asks: the first ones may pass by themselves.
    const scope = await desk.seen(id, 'to ask for the right', ({ attention }) => attention !== undefined);
    expect(scope).toMatchObject({ state: 'needsAttention', attention: { n: 1, reason: 'access' } });
    expect(scope.attention?.what).toContain('purchaserequest.write');

    await concur.expireTokens({ refresh: true });
    // A token that was renewed in vain thrice is renewed once a minute: until then it is the right that is named.
    await until(
      'it to ask for a token',
      async () => {
        const asking = await desk.seen(id, 'to ask again', (view) => view.attention !== undefined);
        expect(asking.attention?.reason).toBe('access');
        if (asking.trouble?.message.includes('countersign concur token --new') === true) return true;
        await desk.resolve(id, { outcome: 'notCreated' });
        return undefined;
      },
      240_000,
      5_000,
    );
    expect(await concur.withRef(id)).toEqual([]);

    await concur.settings({ grantedScopes: allScopes });
    // What `countersign concur token --new` does, in a process of its own.
    await createCompanyTokens(config.concur).bootstrap();
    expect((await desk.resolve(id, { outcome: 'notCreated' })).status).toBe(202);
    expect((await approvedAndEnded(id)).state).toBe('ordered');
    expect(await concur.withRef(id)).toHaveLength(1);
  });
});
