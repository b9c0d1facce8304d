import { afterEach, beforeAll, afterAll, describe, expect, it } from 'vitest';
import { recheck } from '../src/activities/engine/approvals.ts';
import { usualScopes } from '../sandbox/coupa/scopes.ts';
import { startOutageStack, type OutageStack } from './support/outage-stack.ts';
import { until } from './support/until.ts';

let stack: OutageStack;
beforeAll(async () => {
  stack = await startOutageStack({ policy: { cardFields: ['name', 'last-comment'] } });
});
afterEach(async () => {
  await stack.stopWorkers();
  await stack.coupa.settings({ grantedScopes: usualScopes, settleMs: 0 });
  await stack.coupa.clearFaults();
  await stack.coupa.expireTokens();
});
afterAll(() => stack.stop());

/** Takes scopes from the API client; what it holds is void, so that the next token is minted without them. */
async function withdraw(...scopes: string[]): Promise<void> {
  await stack.coupa.settings({ grantedScopes: usualScopes.filter((scope) => !scopes.includes(scope)) });
  await stack.coupa.expireTokens();
}
async function grantAll(): Promise<void> {
  await stack.coupa.settings({ grantedScopes: usualScopes });
  await stack.coupa.expireTokens();
}

const mints = async () =>
  (await stack.coupa.requests()).filter(({ path }) => path === '/oauth2/token').length;

describe('a missing scope', () => {
  it.each(['core.approval.read', 'core.requisition.read'])(
    'that Coupa refuses a token for, %s, is named by the poll and by a decision that waits, and is back once granted',
    async (scope) => {
      const { approvalId } = await stack.coupa.submit({ chain: [201] });
      await stack.startWorkers();
      await stack.poll();
      const reference = await stack.moveworks.card(approvalId);
      await withdraw(scope);
      expect(await stack.poll()).toMatchObject({ failure: expect.stringContaining(scope) as string });
      expect((await stack.api.press(reference, { prefer: 'wait=1' })).status).toBe(202);
      const shown = await stack.api.waitFor(approvalId, { state: 'deciding' });
      await expect
        .poll(async () => (await stack.api.show(approvalId)).body['stuckReason'], { timeout: 60_000 })
        .toContain(scope);
      expect(shown['outcome']).toBeUndefined();
      expect(await stack.coupa.effects(approvalId)).toHaveLength(0);

      await grantAll();
      expect((await stack.api.press(reference)).body.status).toBe('approved');
      expect(await stack.poll()).toHaveProperty('summary');
      expect(await stack.coupa.effects(approvalId)).toHaveLength(1);
    },
  );

  it('that the token lacks is named by the stuck approval, which gets its card once it is granted', async () => {
    // A client that names no scopes is given all it has: the refusal comes with the call.
    await stack.startWorkers({ scopes: [] });
    await withdraw('core.requisition.read');
    const { approvalId } = await stack.coupa.submit({ chain: [201] });
    await stack.poll();
    const shown = await stack.api.waitFor(approvalId, { state: 'stuck' });
    expect(shown['stuckReason']).toContain('HTTP 403');
    expect(shown['stuckReason']).toContain('core.requisition.read');
    await grantAll();
    await recheck(stack.client, approvalId);
    await stack.moveworks.card(approvalId);
    expect(await stack.moveworks.cards(approvalId)).toHaveLength(1);
  });

  it('for the list of approvals fails the poll, which names it, and costs no approval', async () => {
    await stack.startWorkers({ scopes: [] });
    await withdraw('core.approval.read');
    const { approvalId } = await stack.coupa.submit({ chain: [201] });
    const failed = await stack.poll();
    expect(failed).toMatchObject({
      failure: expect.stringContaining('GET /api/approvals: HTTP 403') as string,
    });
    expect(failed).toMatchObject({ failure: expect.stringContaining('core.approval.read') as string });
    await grantAll();
    await stack.poll();
    await stack.moveworks.card(approvalId);
  });

  it('for comments costs a card its comment, and nothing else', async () => {
    await withdraw('core.comment.read');
    await stack.startWorkers();
    const { approvalId } = await stack.coupa.submit({ chain: [201] });
    await stack.poll();
    const reference = await stack.moveworks.card(approvalId);
    expect((await stack.moveworks.cards(approvalId))[0]?.message).toContain('Laptops');
    expect((await stack.api.press(reference)).body.status).toBe('approved');
  });
});

describe('a 401', () => {
  it('on a token that has not settled yet is answered with patience, not with another token', async () => {
    await stack.coupa.settings({ settleMs: 1_900 });
    const before = await mints();
    await stack.startWorkers({ settleMs: 1_000 });
    const { approvalId } = await stack.coupa.submit({ chain: [201] });
    await stack.poll();
    await stack.moveworks.card(approvalId);
    expect(await mints()).toBe(before + 1);
  });

  it('on a token that expired half way through is answered with one new token for all', async () => {
    await stack.startWorkers();
    const ids: number[] = [];
    for (let n = 0; n < 10; n += 1) ids.push((await stack.coupa.submit({ chain: [201] })).approvalId);
    // While they read, the token becomes void.
    await stack.coupa.fault({ route: 'requisition', kind: 'delay', delayMs: 2_000, times: 10 });
    const seen = (await stack.coupa.requests()).length;
    const polling = stack.poll();
    await until('a read under way', async () =>
      (await stack.coupa.requests()).slice(seen).some(({ fault }) => fault === 'delay'),
    );
    const before = await mints();
    await stack.coupa.expireTokens();
    await polling;
    for (const id of ids) {
      await stack.moveworks.card(id);
      expect(await stack.moveworks.cards(id)).toHaveLength(1);
      expect(JSON.stringify((await stack.api.show(id)).body['timeline'])).not.toContain('Stuck');
    }
    await stack.poll();
    expect(await mints()).toBe(before + 1);
  });
});
