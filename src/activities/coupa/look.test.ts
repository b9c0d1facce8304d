import { describe, expect, it } from 'vitest';
import { approvalRow, requisition } from './fixtures/samples.ts';
import { observationOf } from './look.ts';

const policy = {
  allowSelfApproval: false,
  askMaxAgeMs: 30 * 24 * 60 * 60_000,
  groupAskMax: 10,
  skipGroups: false,
};
const now = new Date('2026-03-02T17:00:00Z');
const pending = requisition('requisition-pending');
const draft = requisition('requisition-draft-with-pending-approval-row');
const current = approvalRow(70002);
const later = approvalRow(70006);

describe('observationOf', () => {
  it('sees whose turn it is, with everything that a card shows', () => {
    expect(observationOf(current, pending, policy, now)).toMatchObject({
      kind: 'actionable',
      asks: [201],
      approvers: [{ id: 201, name: 'Ada Prover', address: 'ada.prover@example.test' }],
      sheet: {
        requisitionId: 5001,
        title: 'Laptops for new hires',
        status: 'pending_approval',
        justification: 'Four starters in April',
        submittedAt: '2026-03-02T08:15:03-08:00',
        needByDate: null,
        department: 'Engineering',
        costCentre: 'HQ-IT-Equipment',
        requester: { id: 101, name: 'Rhea Quester', address: 'rhea.quester@example.test' },
        createdBy: { id: 101 },
        facts: { total: '14060.41', currency: 'USD' },
        updatedAt: '2026-03-02T08:15:04-08:00',
      },
    });
  });

  it('takes a row among the current parallel approvals for actionable too', () => {
    const parallel = { ...pending, currentApprovalId: null, currentParallelApprovalIds: [70002, 70006] };
    expect(observationOf(current, parallel, policy, now).kind).toBe('actionable');
    expect(observationOf(later, parallel, policy, now).kind).toBe('actionable');
  });

  it('waits for a row that Coupa lists as pending before its turn', () => {
    expect(observationOf(later, pending, policy, now)).toMatchObject({
      kind: 'notYet',
      sheet: { requisitionId: 5001 },
    });
  });

  it('asks nobody about the pending row of a draft that was never submitted', () => {
    expect(observationOf(approvalRow(70005), draft, policy, now)).toMatchObject({
      kind: 'notSubmitted',
      requisitionStatus: 'draft',
      sheet: { requisitionId: 5003, submittedAt: null },
    });
  });

  it('asks nobody about a withdrawn requisition, even if it still names the row as current', () => {
    const withdrawn = { ...pending, status: 'withdrawn' };
    expect(observationOf(current, withdrawn, policy, now)).toMatchObject({
      kind: 'notSubmitted',
      requisitionStatus: 'withdrawn',
    });
  });

  it('sees a row replaced when the chain no longer has it and it is nobody’s turn by it', () => {
    const restarted = { ...pending, approvals: [approvalRow(70006)], currentApprovalId: 70006 };
    expect(observationOf(current, restarted, policy, now)).toEqual({ kind: 'replaced' });
  });

  it('does not take a chain that Coupa left out, or left the current row out of, for a new one', () => {
    expect(observationOf(current, { ...pending, approvals: [] }, policy, now).kind).toBe('actionable');
    expect(observationOf(current, { ...pending, approvals: [later] }, policy, now).kind).toBe('actionable');
  });

  it('sees a row without its requisition as replaced, because the row itself is still there', () => {
    expect(observationOf(current, undefined, policy, now)).toEqual({ kind: 'replaced' });
  });

  it.each(['approved', 'rejected', 'escalated', 'some status of tomorrow'])(
    'takes a row that is %s for ended, whatever its requisition says',
    (status) => {
      const row = { ...current, status };
      expect(observationOf(row, pending, policy, now)).toEqual({ kind: 'ended', status, ours: false });
      expect(observationOf(row, undefined, policy, now)).toEqual({ kind: 'ended', status, ours: false });
    },
  );

  it('tells an end of our own by the marker in the note', () => {
    const row = { ...current, status: 'approved', note: '[cs 0b1d2c3e4f56] Ada Prover' };
    expect(observationOf(row, pending, policy, now)).toEqual({
      kind: 'ended',
      status: 'approved',
      ours: true,
    });
  });

  it('says why nobody can be asked on a group’s row (P7)', () => {
    const group = { ...approvalRow(70003), id: 70002 };
    expect(observationOf(group, pending, policy, now)).toMatchObject({
      kind: 'actionable',
      approvers: [],
      unreachable: 'nobody of the group may decide it',
    });
  });

  it('lists without asking what policy messages nobody about', () => {
    const late = new Date('2026-06-01T00:00:00Z');
    expect(observationOf(current, pending, policy, late)).toMatchObject({ kind: 'actionable', asks: [] });
  });
});
