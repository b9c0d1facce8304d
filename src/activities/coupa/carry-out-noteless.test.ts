import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startCoupaSandbox } from '../../../sandbox/index.ts';
import { coupaControl } from '../../../test/support/sandbox-control.ts';
import { decisionOf, isWrite, tenantCredential, tenantWithApproval } from './fixtures/tenant.ts';

let sandbox: Awaited<ReturnType<typeof startCoupaSandbox>>;
let coupa: ReturnType<typeof coupaControl>;
beforeAll(async () => {
  sandbox = await startCoupaSandbox({ ...tenantCredential, requestsPerSecond: 0 });
  coupa = coupaControl(sandbox.url);
});
beforeEach(() => coupa.settings({ dropNotes: true, decisionAnswer: 'approval' }));
afterEach(() => coupa.clearFaults());
afterAll(() => sandbox.close());

const apiLogin = 'chat-approvals-api';
/** A decision that arrives now: what counts is what Coupa records after it. */
const pressed = () => decisionOf({ receivedAt: new Date().toISOString() });
const lost = { route: 'approve', kind: 'dropAfter' };

describe('a tenant that keeps no note with a decision (P5)', () => {
  it('shows our write all the same, by the API user that is configured', async () => {
    const tenant = await tenantWithApproval(sandbox.url, { apiLogin });
    await coupa.fault(lost);
    const call = await tenant.attempt(pressed());
    expect(call.result).toMatchObject({ kind: 'carriedOut', standing: { userId: 201 } });
    expect(await tenant.effects()).toHaveLength(1);
    expect((await tenant.row()).note).toBeNull();
  });

  it('shows it by the API user that an earlier write of ours was recorded with', async () => {
    const tenant = await tenantWithApproval(sandbox.url);
    const decision = pressed();
    expect((await tenant.attempt(decision)).result?.kind).toBe('carriedOut');
    const again = await tenant.attempt(decision, true);
    expect(again.result).toMatchObject({ kind: 'carriedOut', standing: { userId: 201 } });
    expect(again.requests.filter(isWrite)).toEqual([]);
  });

  it('shows it by the API user that a note of ours was seen with', async () => {
    const tenant = await tenantWithApproval(sandbox.url);
    const decision = pressed();
    await tenant.attempt(decision);
    tenant.forget();
    const { approvalId } = await coupa.submit({ chain: [201] });
    await coupa.settings({ dropNotes: false });
    await coupa.decide(approvalId, { action: 'approve', userId: 900, reason: '[cs 0123456789ab] Bo Ss' });
    await tenant.look(approvalId);
    expect((await tenant.attempt(decision, true)).result?.kind).toBe('carriedOut');
  });

  it('shows it by the API user of an earlier write that Coupa answered with the requisition', async () => {
    await coupa.settings({ decisionAnswer: 'requisition' });
    const tenant = await tenantWithApproval(sandbox.url);
    const decision = pressed();
    expect((await tenant.attempt(decision)).result?.kind).toBe('carriedOut');
    expect((await tenant.attempt(decision, true)).result?.kind).toBe('carriedOut');
  });

  it('does not take a person for the API user who typed or copied a note like ours', async () => {
    const tenant = await tenantWithApproval(sandbox.url);
    const decision = pressed();
    await coupa.decide(tenant.approvalId, { action: 'approve', userId: 201 });
    const { approvalId } = await coupa.submit({ chain: [201] });
    await coupa.settings({ dropNotes: false });
    await coupa.decide(approvalId, { action: 'approve', userId: 201, reason: '[cs 0123456789ab] Bo Ss' });
    await tenant.look(approvalId);
    expect((await tenant.attempt(decision, true)).result?.kind).toBe('moved');
  });

  it('does not show it while the API user is unknown', async () => {
    const tenant = await tenantWithApproval(sandbox.url);
    await coupa.fault(lost);
    const call = await tenant.attempt(pressed());
    expect(call.result).toBeUndefined();
    expect(call.error).toMatchObject({ name: 'UnknownOutcomeError' });
  });

  it('does not make ours what was never tried, nor what somebody else decided', async () => {
    const untried = await tenantWithApproval(sandbox.url, { apiLogin });
    await coupa.decide(untried.approvalId, { action: 'approve', userId: 900 });
    expect((await untried.attempt(pressed())).result).toMatchObject({
      kind: 'moved',
      observation: { kind: 'ended', ours: false },
    });
    const other = await tenantWithApproval(sandbox.url, { apiLogin });
    await coupa.decide(other.approvalId, { action: 'approve', userId: 201 });
    expect((await other.attempt(pressed(), true)).result?.kind).toBe('moved');
  });

  it('does not make ours a decision with another note, even by our API user', async () => {
    await coupa.settings({ dropNotes: false });
    const tenant = await tenantWithApproval(sandbox.url, { apiLogin });
    const decision = pressed();
    await coupa.decide(tenant.approvalId, { action: 'approve', userId: 900, reason: 'by a batch' });
    expect((await tenant.attempt(decision, true)).result?.kind).toBe('moved');
  });
});
