import { afterAll, afterEach, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { startCoupaSandbox } from '../../../sandbox/index.ts';
import { coupaControl } from '../../../test/support/sandbox-control.ts';
import {
  decisionOf,
  isWrite,
  readsBeforeWriting,
  tenantCredential,
  tenantWithApproval,
  type Call,
} from './fixtures/tenant.ts';

let sandbox: Awaited<ReturnType<typeof startCoupaSandbox>>;
let coupa: ReturnType<typeof coupaControl>;
const undo: (() => Promise<unknown>)[] = [];
beforeAll(async () => {
  sandbox = await startCoupaSandbox({ ...tenantCredential, requestsPerSecond: 0 });
  coupa = coupaControl(sandbox.url);
});
afterEach(async () => {
  await coupa.clearFaults();
  for (const step of undo.splice(0)) await step();
});
afterAll(() => sandbox.close());

const setUp = (options?: Parameters<typeof tenantWithApproval>[1]) =>
  tenantWithApproval(sandbox.url, options);
const by = (userId: number) => decisionOf({ actor: { userId } });
const byAddress = (address: string) => decisionOf({ actor: { address }, via: 'address' });
const writes = (call: Call) => call.requests.filter(isWrite).length;
const pathsOf = (call: Call) => call.requests.map(({ path }) => path.replace(/\d+/g, ':id'));

async function delegate(delegateId: number, delegatorId = 201): Promise<number> {
  const id = await coupa.delegate({ delegatorId, delegateId });
  undo.push(() => coupa.undelegate(id).catch(() => undefined));
  return id;
}

async function person(id: number, change: { active?: boolean; email?: string }, back: typeof change) {
  await coupa.person(id, change);
  undo.push(() => coupa.person(id, back));
}

const group = { id: 31, name: 'Capex Committee', userIds: [202, 203] };
const ofGroup = () => setUp({ prepare: (approvalId) => coupa.patchApproval(approvalId, { group }) });

describe('a delegate', () => {
  it.each([
    ['a proven id', by(203)],
    ['an address', byAddress('Cy.Nod@example.test')],
  ])('decides for the approver by %s, and the note says for whom', async (_, decision) => {
    await delegate(203);
    const tenant = await setUp();
    const call = await tenant.attempt({ ...decision, reason: 'fine' });
    expect(call.result).toMatchObject({
      kind: 'carriedOut',
      standing: { userId: 203, name: 'Cy Nod', address: 'cy.nod@example.test' },
    });
    expect(readsBeforeWriting(call)).toBe(true);
    expect((await tenant.row()).note).toBe(
      '[cs 0b1d2c3e4f56] Cy Nod cy.nod@example.test for Ada Prover: fine',
    );
  });

  it('does not decide once the delegation is over (P4)', async () => {
    const delegation = await delegate(203);
    const tenant = await setUp();
    await coupa.undelegate(delegation);
    tenant.forget();
    const call = await tenant.attempt(by(203));
    expect(call.result).toEqual({ kind: 'notEntitled' });
    expect(writes(call)).toBe(0);
  });

  it('does not decide what they asked for themselves (P6)', async () => {
    await delegate(203);
    const tenant = await setUp({ submit: { requesterId: 203 } });
    expect((await tenant.attempt(by(203))).result).toEqual({ kind: 'notEntitled' });
  });

  it('does not decide for an approver whose account has become inactive', async () => {
    await delegate(203);
    const tenant = await setUp();
    await person(201, { active: false }, { active: true });
    tenant.forget();
    expect((await tenant.attempt(by(203))).result).toEqual({ kind: 'notEntitled' });
  });

  it('is named for the record when their write is recognised later, though the delegation has ended', async () => {
    const delegation = await delegate(203);
    const tenant = await setUp();
    await tenant.attempt(by(203));
    const again = await tenant.attempt(by(203), true);
    expect(again.result).toMatchObject({ kind: 'carriedOut', standing: { userId: 203, name: 'Cy Nod' } });
    await coupa.undelegate(delegation);
    tenant.forget();
    const later = await tenant.attempt(by(203), true);
    expect(later.result).toMatchObject({ kind: 'carriedOut', standing: { userId: 203 } });
    tenant.forget();
    await coupa.fault({ route: 'delegations', kind: 'status', status: 503, times: 5 });
    const duringOutage = await tenant.attempt(byAddress('cy.nod@example.test'), true);
    expect(duringOutage.result).toMatchObject({
      kind: 'carriedOut',
      standing: { address: 'cy.nod@example.test' },
    });
  });
});

describe('a member of the group', () => {
  it.each([
    ['a proven id', by(203)],
    ['an address', byAddress('cy.nod@example.test')],
  ])('decides for the group by %s', async (_, decision) => {
    const tenant = await ofGroup();
    const call = await tenant.attempt(decision);
    expect(call.result).toMatchObject({ kind: 'carriedOut', standing: { userId: 203, name: 'Cy Nod' } });
    expect((await tenant.row()).note).toBe(
      '[cs 0b1d2c3e4f56] Cy Nod cy.nod@example.test for Capex Committee',
    );
    expect((await tenant.attempt(decision, true)).result).toMatchObject({ standing: { userId: 203 } });
  });

  it('does not decide after leaving it, nor with an inactive account', async () => {
    const tenant = await ofGroup();
    await coupa.group(31, { name: group.name, userIds: [202] });
    expect((await tenant.attempt(by(203))).result).toEqual({ kind: 'notEntitled' });
    await person(202, { active: false }, { active: true });
    tenant.forget();
    expect((await tenant.attempt(by(202))).result).toEqual({ kind: 'notEntitled' });
  });
});

describe('somebody whose address another active user has', () => {
  it.each([
    ['their proven id', by(201)],
    ['the address', byAddress('ada.prover@example.test')],
    ['the other one’s id', by(204)],
  ])('does not decide by %s: the message may have reached the other (P6)', async (_, decision) => {
    const tenant = await setUp();
    await person(204, { email: 'ada.prover@example.test' }, { email: 'di.rector@example.test' });
    tenant.forget();
    const call = await tenant.attempt(decision);
    expect(call.result).toEqual({ kind: 'notEntitled' });
    expect(writes(call)).toBe(0);
  });
});

describe('a decision by the row’s own approver', () => {
  const own = ['/api/approvals/:id', '/api/requisitions/:id', '/api/approvals/:id/approve'];

  it('takes three requests while people are known, and one more when they are not', async () => {
    expect(pathsOf(await (await setUp()).attempt())).toEqual(own);
    const tenant = await setUp();
    tenant.forget();
    expect(pathsOf(await tenant.attempt())).toEqual([...own.slice(0, 2), '/api/users', ...own.slice(2)]);
  });

  it.each([
    ['are not to be had', { kind: 'status', status: 503, times: 9 }],
    ['may not be read', { kind: 'status', status: 401, times: 9 }],
  ])('does not depend on delegations, when they %s', async (_, fault) => {
    const tenant = await setUp();
    tenant.forget();
    await coupa.fault({ route: 'delegations', ...fault });
    expect((await tenant.attempt()).result?.kind).toBe('carriedOut');
  });

  it('is carried out by the row’s own data where users may not be read, with the token it has', async () => {
    const tenant = await setUp();
    tenant.forget();
    await coupa.fault({ route: 'users', kind: 'status', status: 401, times: 9 });
    const call = await tenant.attempt();
    expect(call.result?.kind).toBe('carriedOut');
    expect(pathsOf(call)).not.toContain('/oauth:id/token');
    expect(call.requests.filter(({ status }) => status === 401)).toHaveLength(1);
  });
});

describe('a decision that waited long for what Coupa says of people', () => {
  /** A call that knows nobody, and what happens in Coupa before the list of users answers, 20 s later. */
  async function waiting(meanwhile: (requisitionId: number) => Promise<unknown>) {
    let delay: (() => Promise<unknown>) | undefined;
    const fetchSlowly: typeof fetch = async (input, init) => {
      const isUsers = String(input instanceof Request ? input.url : input).includes('/api/users');
      if (isUsers) await delay?.();
      return fetch(input, init);
    };
    const tenant = await setUp({ client: { fetch: fetchSlowly } });
    tenant.forget();
    vi.useFakeTimers({ toFake: ['Date'] });
    onTestFinished(() => void vi.useRealTimers());
    delay = async () => {
      delay = undefined;
      await meanwhile(tenant.requisitionId);
      vi.setSystemTime(Date.now() + 20_000);
    };
    return tenant.attempt();
  }

  it('is not carried out on what the row and its requisition said before (P4)', async () => {
    const lines = [{ description: '15-inch laptop', quantity: '5', unitPrice: '3500' }];
    const call = await waiting((requisitionId) => coupa.edit(requisitionId, { lines }));
    expect(call.result).toMatchObject({ kind: 'moved', observation: { kind: 'actionable' } });
    expect(writes(call)).toBe(0);
  });

  it('is carried out after another look that shows the same', async () => {
    const call = await waiting(() => Promise.resolve());
    expect(call.result?.kind).toBe('carriedOut');
    const look = ['/api/approvals/:id', '/api/requisitions/:id'];
    expect(pathsOf(call)).toEqual([...look, '/api/users', ...look, '/api/approvals/:id/approve']);
  });
});

describe('a look', () => {
  it('fails while delegations are not to be had and nothing is known of them, rather than ask fewer people', async () => {
    const tenant = await setUp();
    tenant.forget();
    await coupa.fault({ route: 'delegations', kind: 'status', status: 503, times: 1 });
    await expect(tenant.look()).rejects.toMatchObject({ name: 'RetryableError', status: 503 });
    expect(await tenant.look()).toMatchObject({ kind: 'actionable', asks: [201] });
  });

  it('goes on with the approver alone where delegations may not be read', async () => {
    await delegate(203);
    const tenant = await setUp();
    tenant.forget();
    await coupa.fault({ route: 'delegations', kind: 'status', status: 403, times: 1 });
    expect(await tenant.look()).toMatchObject({ approvers: [{ id: 201 }], asks: [201] });
  });

  it('takes two requests while people are known, and four when nothing is', async () => {
    const tenant = await setUp();
    const count = async () => {
      const before = (await coupa.requests()).length;
      await tenant.look();
      return (await coupa.requests()).length - before;
    };
    expect(await count()).toBe(2);
    tenant.forget();
    expect(await count()).toBe(4);
  });
});
