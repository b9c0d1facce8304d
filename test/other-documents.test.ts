import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startStack, type Stack } from './support/stack.ts';

let stack: Stack;
beforeAll(async () => {
  stack = await startStack();
});
afterAll(async () => {
  await stack.stop();
});

describe('documents that are no requisitions', () => {
  it('are listed from Coupa, a page at a time, and nobody decides them here', async () => {
    const { coupa, api } = stack;
    const { approvals } = await coupa.documents({ type: 'ExpenseReport', count: 3, approverId: 201 });
    await coupa.documents({ type: 'ExpenseReport', approverId: 202 });
    await coupa.documents({ type: 'InvoiceHeader', approverId: 201 });
    const ids = approvals.map(({ approvalId }) => approvalId);

    const path = '/approvals?type=ExpenseReport&approver=201&limit=2';
    const first = await api.request('GET', path);
    const [one, two, three] = ids;
    expect(first.body['data']).toMatchObject([{ id: one, 'approvable-type': 'ExpenseReport' }, { id: two }]);
    expect(first.body['next']).toBe(String(two));
    const second = await api.request('GET', `${path}&cursor=${String(first.body['next'])}`);
    expect(second.body['data']).toMatchObject([{ id: three, status: 'pending_approval' }]);
    expect(second.body['next']).toBeUndefined();

    const pressed = await api.press(ids[0] ?? 0, { email: 'ada.prover@example.test' });
    expect(pressed).toMatchObject({ status: 404, body: { type: 'urn:countersign:problem:not-found' } });
    expect((await coupa.requests()).filter(({ method }) => method === 'PUT')).toEqual([]);
  });

  it('are answered with 503 when Coupa does not let them be read', async () => {
    const { coupa, api } = stack;
    await coupa.fault({ route: 'approvals', kind: 'status', status: 403, times: 20 });
    const got = await api.request('GET', '/approvals?type=ExpenseReport');
    await coupa.clearFaults();
    expect(got.status).toBe(503);
    expect(got.headers.get('retry-after')).toBe('15');
  });
});
