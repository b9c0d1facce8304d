import { describe, expect, it } from 'vitest';
import type { DocumentRow, DocumentsRequest } from './deps.ts';
import { testApi } from './test-api.ts';

const rowOf = (id: number): DocumentRow => ({
  id,
  'approvable-id': id + 1_000,
  'approvable-type': 'ExpenseReport',
  status: 'pending_approval',
  'updated-at': null,
});

function listing(rows: readonly DocumentRow[]) {
  const asked: DocumentsRequest[] = [];
  const api = testApi({
    documents: (request) => {
      asked.push(request);
      return Promise.resolve(rows.slice(0, request.limit));
    },
  });
  api.engine.open(70002);
  return { ...api, asked };
}

describe('GET /approvals?type=', () => {
  it('answers one page straight from Coupa, with Coupa’s keys alone, and records nothing', async () => {
    const { send, asked, engine } = listing([rowOf(81), rowOf(82), rowOf(83)]);
    const got = await send('GET', '/approvals?type=ExpenseReport&approver=201&limit=2');
    expect(got.json()).toEqual({ data: [rowOf(81), rowOf(82)], next: '82' });
    expect(asked).toEqual([{ type: 'ExpenseReport', approverUserId: 201, limit: 2 }]);
    expect(engine.listRequests).toEqual([]);
    expect(engine.lookUps).toEqual([]);
  });

  it('goes on behind the last id, and names no next page after a short one', async () => {
    const { send, asked } = listing([rowOf(83)]);
    const got = await send('GET', '/approvals?type=ExpenseReport&limit=100&cursor=82');
    expect(got.json()).toEqual({ data: [rowOf(83)] });
    expect(asked).toEqual([{ type: 'ExpenseReport', afterId: 82, limit: 50 }]);
  });

  it.each([
    ['type=ExpenseReport&state=asked', 'state'],
    ['type=ExpenseReport&cursor=abc', 'cursor'],
    ['type=Expense%20Report', 'type'],
    ['type=', 'type'],
  ])('answers 422 for ?%s, with its place', async (query, parameter) => {
    const { send, asked } = listing([]);
    const got = await send('GET', `/approvals?${query}`);
    expect(got.problem()).toMatchObject({ status: 422, errors: [{ parameter }] });
    expect(asked).toEqual([]);
  });

  it('takes the type of requisitions as the list without a type', async () => {
    const { send, asked, engine } = listing([]);
    const got = await send('GET', '/approvals?type=RequisitionHeader&state=asked');
    expect(got.json()).toMatchObject({ data: [{ id: 70002 }] });
    expect(engine.listRequests).toEqual([{ state: 'asked', limit: 20 }]);
    expect(asked).toEqual([]);
  });

  it('answers 503 with Retry-After when Coupa cannot say', async () => {
    const { send } = testApi({ documents: () => Promise.reject(new Error('no right for key-1')) });
    const got = await send('GET', '/approvals?type=ExpenseReport');
    expect(got.problem().status).toBe(503);
    expect(got.header('retry-after')).toBe('15');
    expect(got.text).not.toContain('key-1');
  });

  it('lists what nobody can decide here: a press on its id is 404', async () => {
    const { send, postJson, engine } = listing([rowOf(81)]);
    await send('GET', '/approvals?type=ExpenseReport&approver=201');
    const got = await postJson('/approvals/81/approve', { approver_email: 'jamie@example.com' });
    expect(got.problem()).toMatchObject({ status: 404, type: 'urn:countersign:problem:not-found' });
    expect(engine.decisions).toEqual([]);
  });
});
