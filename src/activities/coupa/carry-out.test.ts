import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startCoupaSandbox } from '../../../sandbox/index.ts';
import {
  decisionOf,
  isWrite,
  readsBeforeWriting,
  tenantCredential,
  tenantWithApproval,
  type Call,
} from './fixtures/tenant.ts';

let sandbox: Awaited<ReturnType<typeof startCoupaSandbox>>;
beforeAll(async () => {
  sandbox = await startCoupaSandbox({ ...tenantCredential, requestsPerSecond: 0 });
});
afterAll(() => sandbox.close());

const setUp = (options?: Parameters<typeof tenantWithApproval>[1]) =>
  tenantWithApproval(sandbox.url, options);
const writes = (call: Call) => call.requests.filter(isWrite).length;
const ada = { userId: 201, name: 'Ada Prover', address: 'ada.prover@example.test' };

describe('carryOut', () => {
  it.each([
    ['approve', 'approved'],
    ['reject', 'rejected'],
  ] as const)('reads approval and requisition, then writes once to %s (P4)', async (action, status) => {
    const tenant = await setUp();
    const decision = decisionOf({ action, reason: 'because' });
    const call = await tenant.attempt(decision);
    expect(call.result).toMatchObject({
      kind: 'carriedOut',
      standing: { ...ada, decisionId: decision.decisionId, action },
    });
    expect(call.requests.filter(({ path }) => path !== '/oauth2/token').map(({ path }) => path)).toEqual([
      `/api/approvals/${tenant.approvalId}`,
      `/api/requisitions/${tenant.requisitionId}`,
      `/api/approvals/${tenant.approvalId}/${action}`,
    ]);
    expect(await tenant.row()).toMatchObject({
      status,
      approvedById: 900,
      note: '[cs 0b1d2c3e4f56] Ada Prover ada.prover@example.test: because',
    });
    expect(await tenant.effects()).toHaveLength(1);
  });

  it.each(['approve', 'reject'] as const)(
    'recognises its own %s when it runs again, and does not write a second time (P5)',
    async (action) => {
      const tenant = await setUp();
      const decision = decisionOf({ action });
      const first = await tenant.attempt(decision);
      const again = await tenant.attempt(decision);
      expect(writes(again)).toBe(0);
      expect(again.result).toMatchObject({
        kind: 'carriedOut',
        standing: { ...ada, action, decisionId: decision.decisionId },
      });
      expect(first.result?.kind).toBe('carriedOut');
      expect(await tenant.effects()).toHaveLength(1);
    },
  );

  it('does not take the note of another decision for its own (P2)', async () => {
    const tenant = await setUp();
    await tenant.attempt(decisionOf());
    const other = await tenant.attempt(
      decisionOf({ decisionId: 'ffffffff-4f56-4789-8abc-def012345678', action: 'reject' }),
    );
    expect(other.result).toEqual({
      kind: 'moved',
      observation: { kind: 'ended', status: 'approved', ours: true },
    });
    expect(writes(other)).toBe(0);
  });
});

describe('carryOut writes nothing (P4)', () => {
  let tenant: Awaited<ReturnType<typeof setUp>>;
  beforeEach(async () => {
    tenant = await setUp();
  });

  it('when the approval is no longer pending', async () => {
    await tenant.coupa.decide(tenant.approvalId, { action: 'reject', userId: 201, reason: 'in Coupa' });
    const call = await tenant.attempt();
    expect(call.result).toEqual({
      kind: 'moved',
      observation: { kind: 'ended', status: 'rejected', ours: false },
    });
    expect(writes(call)).toBe(0);
  });

  it('when the requisition was withdrawn', async () => {
    await tenant.coupa.withdraw(tenant.requisitionId);
    const call = await tenant.attempt();
    expect(call.result).toMatchObject({
      kind: 'moved',
      observation: { kind: 'notSubmitted', requisitionStatus: 'withdrawn' },
    });
    expect(writes(call)).toBe(0);
  });

  it('when the approval is gone', async () => {
    await tenant.coupa.remove(tenant.requisitionId);
    const call = await tenant.attempt();
    expect(call.result).toEqual({ kind: 'moved', observation: { kind: 'gone' } });
    expect(writes(call)).toBe(0);
  });

  it('when the requisition was submitted anew with another row', async () => {
    await tenant.coupa.withdraw(tenant.requisitionId);
    await tenant.coupa.resubmit(tenant.requisitionId);
    const call = await tenant.attempt();
    expect(call.result).toEqual({ kind: 'moved', observation: { kind: 'gone' } });
    expect(writes(call)).toBe(0);
  });

  it('when the facts are no longer those of the card', async () => {
    const line = { description: '15-inch laptop', quantity: '5', unitPrice: '3500' };
    await tenant.coupa.edit(tenant.requisitionId, { lines: [line] });
    const call = await tenant.attempt();
    expect(call.result).toMatchObject({
      kind: 'moved',
      observation: { kind: 'actionable', sheet: { facts: { total: '17500' } } },
    });
    expect(writes(call)).toBe(0);
  });

  it.each([
    ['an id that is not the approver’s', { userId: 202 }],
    ['an address that is not the approver’s', { address: 'bo.ss@example.test' }],
    ['the approver’s id with somebody else’s address', { userId: 201, address: 'bo.ss@example.test' }],
    ['somebody else’s id with the approver’s address', { userId: 202, address: ada.address }],
    ['no proof at all', {}],
  ])('for %s (P6)', async (_, actor) => {
    const call = await tenant.attempt(decisionOf({ actor }));
    expect(call.result).toEqual({ kind: 'notEntitled' });
    expect(writes(call)).toBe(0);
  });

  it('when the row became a group’s after the card was sent', async () => {
    await tenant.coupa.patchApproval(tenant.approvalId, { approverType: 'ApprovalGroup' });
    const call = await tenant.attempt();
    expect(call.result).toEqual({ kind: 'notEntitled' });
    expect(writes(call)).toBe(0);
  });
});

describe('whoever asks for a requisition', () => {
  it.each([
    ['requested', { requesterId: 201 }],
    ['created', { requesterId: 101, createdById: 201 }],
  ])('does not approve what they %s themselves, unless policy allows it (P6)', async (_, people) => {
    const strict = await setUp({ submit: people });
    const refused = await strict.attempt();
    expect(refused.result).toEqual({ kind: 'notEntitled' });
    expect(writes(refused)).toBe(0);
    const lenient = await setUp({ submit: people, policy: { allowSelfApproval: true } });
    expect((await lenient.attempt()).result).toMatchObject({ kind: 'carriedOut', standing: ada });
  });
});

describe('a refusal of Coupa', () => {
  it('is handed on in Coupa’s words while the approval still waits, and nothing is written', async () => {
    const tenant = await setUp();
    await tenant.coupa.refuse(tenant.requisitionId, 'Approval limit exceeded.');
    const call = await tenant.attempt();
    expect(call.result).toEqual({ kind: 'refused', words: ['Approval limit exceeded.'] });
    expect(await tenant.effects()).toHaveLength(0);
    await tenant.coupa.refuse(tenant.requisitionId, null);
    expect((await tenant.attempt()).result?.kind).toBe('carriedOut');
  });

  it.each([
    [
      'somebody decided in Coupa',
      (tenant: Awaited<ReturnType<typeof setUp>>) =>
        tenant.coupa.decide(tenant.approvalId, { action: 'reject', userId: 201 }),
      { kind: 'ended', status: 'rejected', ours: false },
    ],
    [
      'the requisition was withdrawn',
      (tenant: Awaited<ReturnType<typeof setUp>>) => tenant.coupa.withdraw(tenant.requisitionId),
      { kind: 'notSubmitted', requisitionStatus: 'withdrawn' },
    ],
    [
      'the requisition was deleted',
      (tenant: Awaited<ReturnType<typeof setUp>>) => tenant.coupa.remove(tenant.requisitionId),
      { kind: 'gone' },
    ],
  ])(
    'between read and write because %s is told as that, not as a refusal',
    async (_, happens, observation) => {
      const tenant = await setUp();
      tenant.around.beforeWrite = () => happens(tenant);
      const call = await tenant.attempt();
      expect(call.result).toMatchObject({ kind: 'moved', observation });
      expect(writes(call)).toBe(1);
      expect(await tenant.effects()).toHaveLength(0);
    },
  );
});

describe('Coupa’s answer to a decision', () => {
  it.each(['approval', 'requisition', 'empty204'])(
    'proves it, or is confirmed by a read, when it is the %s',
    async (decisionAnswer) => {
      const tenant = await setUp();
      await tenant.coupa.settings({ decisionAnswer });
      const call = await tenant.attempt();
      await tenant.coupa.settings({ decisionAnswer: 'approval' });
      expect(call.result).toMatchObject({ kind: 'carriedOut', standing: ada });
      const reads = call.requests.filter(({ path }) => path === `/api/approvals/${tenant.approvalId}`);
      expect(reads).toHaveLength(decisionAnswer === 'approval' ? 1 : 2);
      expect(readsBeforeWriting(call)).toBe(true);
    },
  );

  it('is not taken for a yes while Coupa is down on the confirming read; the next call finds it', async () => {
    const tenant = await setUp();
    await tenant.coupa.settings({ decisionAnswer: 'empty204' });
    tenant.around.afterWrite = () => tenant.coupa.fault({ route: 'approval', kind: 'status', status: 503 });
    const first = await tenant.attempt();
    await tenant.coupa.settings({ decisionAnswer: 'approval' });
    expect(first.result).toBeUndefined();
    expect(first.error).toMatchObject({ name: 'RetryableError', status: 503 });
    const again = await tenant.attempt();
    expect(again.result?.kind).toBe('carriedOut');
    expect(writes(again)).toBe(0);
    expect(await tenant.effects()).toHaveLength(1);
  });
});

describe('a row that cannot be read', () => {
  it('is gone for a decision that was never tried', async () => {
    const tenant = await setUp();
    await tenant.coupa.remove(tenant.requisitionId);
    expect((await tenant.attempt()).result).toEqual({ kind: 'moved', observation: { kind: 'gone' } });
  });

  it('is not the last word on a decision that Coupa may hold (P5)', async () => {
    const tenant = await setUp();
    await tenant.coupa.remove(tenant.requisitionId);
    const call = await tenant.attempt(decisionOf(), true);
    expect(call.result).toBeUndefined();
    expect(call.error).toMatchObject({ name: 'RetryableError', status: 404 });
    expect(writes(call)).toBe(0);
  });
});
