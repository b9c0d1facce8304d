import { describe, expect, it } from 'vitest';
import { approvalRow, requisition } from './fixtures/samples.ts';
import { turnOf } from './look.ts';

const pending = requisition('requisition-pending');
const draft = requisition('requisition-draft-with-pending-approval-row');
const current = approvalRow(70002);
const later = approvalRow(70006);

describe('turnOf', () => {
  it('sees whose turn it is, with everything that a card shows', () => {
    expect(turnOf(current, pending)).toMatchObject({
      kind: 'itsTurn',
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
    expect(turnOf(current, parallel).kind).toBe('itsTurn');
    expect(turnOf(later, parallel).kind).toBe('itsTurn');
  });

  it('waits for a row that Coupa lists as pending before its turn', () => {
    expect(turnOf(later, pending)).toMatchObject({
      kind: 'notYet',
      sheet: { requisitionId: 5001 },
    });
  });

  it('asks nobody about the pending row of a draft that was never submitted', () => {
    expect(turnOf(approvalRow(70005), draft)).toMatchObject({
      kind: 'notSubmitted',
      requisitionStatus: 'draft',
      sheet: { requisitionId: 5003, submittedAt: null },
    });
  });

  it('asks nobody about a withdrawn requisition, even if it still names the row as current', () => {
    const withdrawn = { ...pending, status: 'withdrawn' };
    expect(turnOf(current, withdrawn)).toMatchObject({
      kind: 'notSubmitted',
      requisitionStatus: 'withdrawn',
    });
  });

  it('sees a row replaced when the chain no longer has it and it is nobody’s turn by it', () => {
    const restarted = { ...pending, approvals: [approvalRow(70006)], currentApprovalId: 70006 };
    expect(turnOf(current, restarted)).toEqual({ kind: 'replaced' });
  });

  it('does not take a chain that Coupa left out, or left the current row out of, for a new one', () => {
    expect(turnOf(current, { ...pending, approvals: [] }).kind).toBe('itsTurn');
    expect(turnOf(current, { ...pending, approvals: [later] }).kind).toBe('itsTurn');
  });

  it('sees a row without its requisition as replaced, because the row itself is still there', () => {
    expect(turnOf(current, undefined)).toEqual({ kind: 'replaced' });
  });

  it.each(['approved', 'rejected', 'escalated', 'some status of tomorrow'])(
    'takes a row that is %s for ended, whatever its requisition says',
    (status) => {
      const row = { ...current, status };
      expect(turnOf(row, pending)).toEqual({ kind: 'ended', status, ours: false });
      expect(turnOf(row, undefined)).toEqual({ kind: 'ended', status, ours: false });
    },
  );

  it('tells an end of our own by the marker in the note', () => {
    const row = { ...current, status: 'approved', note: '[cs 0b1d2c3e4f56] Ada Prover' };
    expect(turnOf(row, pending)).toEqual({
      kind: 'ended',
      status: 'approved',
      ours: true,
    });
  });
});
