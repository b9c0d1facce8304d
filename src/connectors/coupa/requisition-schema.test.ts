import { describe, expect, it } from 'vitest';
import { checkBody } from '../http/check.ts';
import { requisitionSchema } from './requisition-schema.ts';

const call = { vendor: 'coupa', operation: 'GET /api/requisitions/:id' };
const answer = (body: unknown) => ({ status: 200, headers: new Headers(), requestId: 'r-1', body });

describe('requisitionSchema', () => {
  it('takes a document in which everything optional is null or absent', () => {
    expect(requisitionSchema.parse({ id: 5, status: 'draft', currency: null, approvals: null })).toEqual({
      id: 5,
      status: 'draft',
      title: '',
      justification: '',
      submittedAt: null,
      needByDate: null,
      total: null,
      currency: null,
      lines: [],
      approvals: [],
      currentApprovalId: null,
      currentParallelApprovalIds: [],
      currentApproverIds: {},
    });
  });

  it('keeps decimals as the strings they are, beyond what a number can hold', () => {
    const line = { id: 1, quantity: '0.10', 'unit-price': '12345678901234567.89', total: 5 };
    const { lines } = requisitionSchema.parse({ id: 5, status: 'draft', 'requisition-lines': [line] });
    expect(lines).toMatchObject([{ quantity: '0.10', unitPrice: '12345678901234567.89', total: '5' }]);
  });

  it('fills in the document of a nested approval that does not repeat it', () => {
    const body = {
      id: 5,
      status: 'pending_approval',
      approvals: [{ id: 7, status: 'pending_approval' }],
      'current-approval': { id: 7 },
      'current-parallel-approvals': [{ id: 7 }, { id: 8 }],
    };
    expect(requisitionSchema.parse(body)).toMatchObject({
      approvals: [{ id: 7, approvableType: 'RequisitionHeader', approvableId: 5 }],
      currentApprovalId: 7,
      currentParallelApprovalIds: [7, 8],
    });
  });

  it('names each account once, by its code where it has no name, and none for split billing', () => {
    const lines = [
      { id: 1, account: { name: 'HQ-IT', code: 'HQ-1' } },
      { id: 2, account: { name: 'HQ-IT' } },
      { id: 3, account: null, 'account-allocations': [{ id: 9 }] },
      { id: 4, account: { name: null, code: 'EU-7' } },
      { id: 5, account: 'unreadable' },
    ];
    const parse = (some: unknown[]) =>
      requisitionSchema.parse({ id: 5, status: 'draft', 'requisition-lines': some });
    expect(parse(lines).costCentre).toBe('HQ-IT, EU-7');
    expect(parse(lines).lines.map(({ id }) => id)).toEqual([1, 2, 3, 4, 5]);
    expect(parse(lines.slice(2, 3))).not.toHaveProperty('costCentre');
    const many = Array.from({ length: 100 }, (_, id) => ({ id, account: { name: `Account 🏢 ${id}` } }));
    expect(Array.from(parse(many).costCentre ?? '')).toHaveLength(200);
  });

  it('reports the paths that do not fit, in a TerminalError without their values (P9)', () => {
    const body = { id: 's3cret', status: 'draft', approvals: [] };
    expect(() => checkBody(requisitionSchema, answer(body), call)).toThrow(
      'coupa GET /api/requisitions/:id: the answer has not the expected shape at id; report this',
    );
    const nested = { id: 5, status: 'draft', approvals: [{ id: 7, status: 's3cret' }, { id: 8 }] };
    expect(() => checkBody(requisitionSchema, answer(nested), call)).toThrow(/at approvals\.1\.status;/);
  });
});
