import { onTestFinished, describe, expect, it } from 'vitest';
import { startCoupaSandbox } from '../../../sandbox/index.ts';
import { Secret } from '../../contract/secret.ts';
import { failureOf } from '../http/test-server.ts';
import { createCoupaClient, type CoupaClientOptions } from './client.ts';

const SCOPES = ['core.approval.read', 'core.approval.write', 'core.requisition.read', 'core.user.read'];

/** A simulated tenant, a client for it, and a way to its control routes. */
async function setUp(
  tenant: Partial<Parameters<typeof startCoupaSandbox>[0]> = {},
  more: Partial<CoupaClientOptions> = {},
) {
  const sandbox = await startCoupaSandbox({ clientId: 'cs', clientSecret: 's3cret', ...tenant });
  onTestFinished(() => sandbox.close());
  const client = createCoupaClient({
    baseUrl: sandbox.url,
    clientId: 'cs',
    clientSecret: new Secret('s3cret'),
    scopes: SCOPES,
    tokenPath: '/oauth2/token',
    requestsPerSecond: 1000,
    settleMs: 0,
    ...more,
  });
  async function control<T>(method: string, path: string, body?: unknown): Promise<T> {
    const response = await fetch(`${sandbox.url}/sandbox${path}`, {
      method,
      ...(body !== undefined && {
        body: JSON.stringify(body),
        headers: { 'content-type': 'application/json' },
      }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`control ${method} ${path}: ${response.status} ${text}`);
    return (text === '' ? undefined : JSON.parse(text)) as T;
  }
  return {
    client,
    control,
    submit: (body: unknown = {}) =>
      control<{ requisitionId: number; approvalId: number }>('POST', '/requisitions', body),
    fault: (route: string, kind: string, rest: object = {}) =>
      control('POST', '/faults', { route, kind, ...rest }),
    requests: (path: RegExp) =>
      control<{ method: string; path: string; query: Record<string, string>; status: number }[]>(
        'GET',
        '/requests',
      ).then((all) => all.filter((one) => path.test(one.path))),
  };
}

describe('reading', () => {
  it('lists pending rows by ascending id, page after page, undated ones too', async () => {
    const { client, submit } = await setUp();
    const ids: number[] = [];
    for (let i = 0; i < 3; i += 1) ids.push((await submit()).approvalId);
    await submit({ submit: false, draftRow: true });
    const first = await client.listPendingRequisitionApprovals({ limit: 2 });
    const second = await client.listPendingRequisitionApprovals({ limit: 2, afterId: first.at(-1)?.id });
    expect([...first, ...second].map((row) => row.id).slice(0, 3)).toEqual(ids);
    expect(first[0]).toMatchObject({ status: 'pending_approval', approvableType: 'RequisitionHeader' });
    expect(second[1]).toMatchObject({ updatedAt: null });
  });

  it('sends a moment as full UTC, so that the tenant zone does not matter', async () => {
    const { client, submit, requests } = await setUp();
    await submit();
    const updatedSince = new Date(Date.UTC(2020, 4, 6, 7, 8, 9, 10));
    expect(await client.listPendingRequisitionApprovals({ updatedSince })).toHaveLength(1);
    const [request] = await requests(/approvals$/);
    expect(request?.query).toMatchObject({ 'updated_at[gt_or_eq]': '2020-05-06T07:08:09Z', limit: '50' });
  });

  it('gives an approval with its approver, and undefined for an id that Coupa does not know', async () => {
    const { client, submit } = await setUp();
    const { approvalId, requisitionId } = await submit({ chain: [201] });
    expect(await client.getApproval(approvalId)).toMatchObject({
      id: approvalId,
      approvableId: requisitionId,
      approver: {
        kind: 'user',
        person: { id: 201, fullname: 'Ada Prover', email: 'ada.prover@example.test' },
      },
      approvalDate: null,
      note: null,
    });
    expect(await client.getApproval(1)).toBeUndefined();
    expect(await client.getRequisition(1)).toBeUndefined();
  });

  it('gives a requisition with everything a card shows and a decision rests on', async () => {
    const { client, submit, control } = await setUp();
    const { approvalId, requisitionId } = await submit({ requesterId: 101, chain: [201, 202] });
    await control('PATCH', `/approvals/${approvalId}`, { approverType: 'ApprovalGroup' });
    const requisition = await client.getRequisition(requisitionId, { priority: 'decide' });
    expect(requisition).toMatchObject({
      status: 'pending_approval',
      title: 'Laptops for new hires',
      total: '14060.41',
      currency: 'USD',
      department: 'Engineering',
      requestedBy: { id: 101 },
      createdBy: { id: 101 },
      currentApprovalId: approvalId,
      currentParallelApprovalIds: [],
      lines: [
        {
          lineNum: 1,
          quantity: '4.0',
          unitPrice: '3500.00',
          total: '14000.00',
          supplier: 'Acme Test Supply',
        },
        { lineNum: 2, quantity: null },
      ],
    });
    const approval = requisition?.approvals.find((one) => one.id === approvalId);
    expect(approval?.approver).toMatchObject({
      kind: 'group',
      name: 'Capex Committee',
      members: [{ id: 202 }, { id: 203 }],
    });
  });

  it('finds users by address without regard to case', async () => {
    const { client } = await setUp();
    expect(await client.findUsersByEmail(' Ada.Prover@Example.test ')).toEqual([
      {
        id: 201,
        fullname: 'Ada Prover',
        email: 'ada.prover@example.test',
        login: 'ada.prover',
        active: true,
      },
    ]);
    expect(await client.findUsersByEmail('nobody@example.test')).toEqual([]);
  });
});

describe('deciding', () => {
  it('is settled when Coupa answers with the decided approval', async () => {
    const { client, submit, requests } = await setUp();
    const { approvalId } = await submit({ chain: [201] });
    const reason = '[cs 1] Ada + "Co": 100% fine & done';
    expect(await client.approve(approvalId, { reason })).toEqual({
      settled: true,
      status: 'approved',
      approvedBy: { id: 900, login: 'chat-approvals-api' },
    });
    expect(await client.getApproval(approvalId)).toMatchObject({
      status: 'approved',
      note: reason,
      approvedBy: { id: 900, login: 'chat-approvals-api' },
    });
    expect(await requests(/approve$/)).toMatchObject([{ method: 'PUT', query: { reason } }]);
  });

  it('is not settled when Coupa answers with the requisition or with nothing', async () => {
    for (const decisionAnswer of ['requisition', 'empty204'] as const) {
      const { client, submit } = await setUp({ decisionAnswer });
      const { approvalId } = await submit();
      expect(await client.reject(approvalId, { reason: 'too dear' })).toEqual({ settled: false });
      expect(await client.getApproval(approvalId)).toMatchObject({ status: 'rejected', note: 'too dear' });
    }
  });

  it("is refused with Coupa's words, by 400 and by 404", async () => {
    const { client, submit, control } = await setUp();
    const { approvalId, requisitionId } = await submit();
    await control('PUT', `/requisitions/${requisitionId}/refuse`, { message: 'Budget is closed' });
    const refused = await failureOf(client.approve(approvalId, { reason: 'x' }));
    expect(refused).toMatchObject({ name: 'RefusedError', status: 400, words: ['Budget is closed'] });
    const unknown = await failureOf(client.approve(1, { reason: 'x' }));
    expect(unknown).toMatchObject({ name: 'RefusedError', status: 404, words: ['Approval does not exist'] });
  });

  it.each(['dropAfter', 'statusAfter', 'truncated'])(
    'has an unknown outcome when the answer is lost by %s, and has happened (P5)',
    async (kind) => {
      const { client, submit, fault } = await setUp();
      const { approvalId } = await submit();
      await fault('approve', kind);
      const failure = await failureOf(client.approve(approvalId, { reason: '[cs 1]' }));
      expect(failure).toMatchObject({
        name: 'UnknownOutcomeError',
        operation: 'PUT /api/approvals/:id/approve',
      });
      expect(await client.getApproval(approvalId)).toMatchObject({ status: 'approved', note: '[cs 1]' });
    },
  );

  it('is retryable after a 429, of which nothing happened', async () => {
    const { client, submit, fault } = await setUp();
    const { approvalId } = await submit();
    await fault('approve', 'status', { status: 429, retryAfter: '3' });
    const failure = await failureOf(client.approve(approvalId, { reason: 'x' }));
    expect(failure).toMatchObject({ name: 'RetryableError', status: 429, retryAfterMs: 3000 });
  });
});

describe('outages and credentials', () => {
  it.each([
    ['html', 'RetryableError'],
    ['xml', 'RetryableError'],
    ['truncated', 'RetryableError'],
    ['dropBefore', 'RetryableError'],
    ['redirect', 'TerminalError'],
  ])('answers a read that meets "%s" with %s', async (kind, name) => {
    const { client, submit, fault } = await setUp();
    const { requisitionId } = await submit();
    await fault('requisition', kind);
    expect(await failureOf(client.getRequisition(requisitionId))).toMatchObject({ name });
  });

  it('mints one token for calls that come together, and a new one when Coupa forgets it', async () => {
    const { client, submit, control, requests } = await setUp();
    const { approvalId } = await submit();
    await Promise.all([client.getApproval(approvalId), client.getApproval(approvalId)]);
    expect(await requests(/token$/)).toHaveLength(1);
    await control('POST', '/expire-tokens');
    expect(await client.approve(approvalId, { reason: 'x' })).toMatchObject({ settled: true });
    expect(await requests(/token$/)).toHaveLength(2);
  });

  it('lets a token settle before its first use', async () => {
    const { client, requests } = await setUp({ settleMs: 50 }, { settleMs: 100 });
    await client.listPendingRequisitionApprovals({});
    expect((await requests(/approvals$/)).map((request) => request.status)).toEqual([200]);
  });

  it.each([
    [{ scopes: ['core.approval.read', 'core.everything'] }, 'invalid_scope'],
    [{ clientSecret: new Secret('wr0ng') }, 'invalid_client'],
  ])('names the OAuth error when no token is to be had, and no secret', async (wrong, code) => {
    const { client } = await setUp({}, wrong);
    const failure = await failureOf(client.getApproval(1));
    expect(failure).toMatchObject({ name: 'TerminalError', operation: 'POST /oauth2/token' });
    expect(String(failure)).toContain(code);
    expect(String(failure)).not.toContain('wr0ng');
  });

  it('takes scopes as people paste them', async () => {
    const { client } = await setUp(
      {},
      { scopes: ['core.approval.read,  core.user.read', 'core.approval.write'] },
    );
    expect(await client.listPendingRequisitionApprovals({})).toEqual([]);
  });

  it('says that a right is missing when the token lacks the scope of a route', async () => {
    const { client } = await setUp({}, { scopes: ['core.approval.read'] });
    const failure = await failureOf(client.approve(1, { reason: 'x' }));
    expect(failure).toMatchObject({ name: 'TerminalError', status: 403 });
  });
});

describe('comments', () => {
  const optionalScopes = ['core.comment.read'];
  const comment = { userId: 202, text: 'why four?' };

  it('gives the newest comment with its author where the optional scope is granted', async () => {
    const { client, submit, control, requests } = await setUp({}, { optionalScopes });
    const { requisitionId } = await submit();
    expect(await client.lastComment(requisitionId)).toBeUndefined();
    await control('POST', `/requisitions/${requisitionId}/comments`, { ...comment, text: 'first' });
    await control('POST', `/requisitions/${requisitionId}/comments`, comment);
    expect(await client.lastComment(requisitionId)).toEqual({ author: 'Bo Ss', text: 'why four?' });
    expect(await requests(/token$/)).toHaveLength(1);
  });

  it('works without comments where the tenant does not grant the optional scope', async () => {
    const { client, submit, control, requests } = await setUp({ grantedScopes: SCOPES }, { optionalScopes });
    const { requisitionId, approvalId } = await submit();
    await control('POST', `/requisitions/${requisitionId}/comments`, comment);
    expect(await client.lastComment(requisitionId)).toBeUndefined();
    expect(await client.approve(approvalId, { reason: 'x' })).toMatchObject({ settled: true });
    expect((await requests(/token$/)).map(({ status }) => status)).toEqual([400, 200]);
    expect(await requests(/comments$/)).toEqual([]);
  });

  it('keeps its token when comments alone are refused with 401', async () => {
    const { client, submit, fault, requests } = await setUp({}, { optionalScopes });
    const { requisitionId, approvalId } = await submit();
    await fault('comments', 'status', { status: 401, times: 5 });
    expect(await failureOf(client.lastComment(requisitionId))).toMatchObject({ status: 401 });
    expect(await client.approve(approvalId, { reason: 'x' })).toMatchObject({ settled: true });
    expect(await requests(/token$/)).toHaveLength(1);
    expect(await requests(/comments$/)).toHaveLength(1);
  });

  it('reads the cost centre from the accounts of the lines', async () => {
    const { client, submit } = await setUp();
    const line = { description: 'Desk', unitPrice: '1' };
    const lines = [{ ...line, account: 'EU-MKT' }, { ...line, account: null }, line];
    const { requisitionId } = await submit({ lines });
    expect((await client.getRequisition(requisitionId))?.costCentre).toBe('EU-MKT, HQ-General');
  });
});
