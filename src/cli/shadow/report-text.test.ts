import { describe, expect, it } from 'vitest';
import type { ShadowReport } from './report.ts';
import { reportText } from './report-text.ts';

const report: ShadowReport = {
  since: '2026-11-01T00:00:00.000Z',
  until: '2026-11-02T00:00:00.000Z',
  mode: 'shadow',
  lateMs: 300_000,
  asked: { approvals: 1, messages: 2, hours: [{ hour: '2026-11-01T09:00Z', approvals: 1 }] },
  decided: { rows: 3, asAsked: 1, byUnknown: 0 },
  missed: [{ approvalId: 7, requisitionId: 5007, reason: 'it was never seen waiting' }],
  askedWrongly: [{ approvalId: 8, requisitionId: 5008, asked: [201], by: 205, entitled: false }],
  byService: [],
  escalated: [],
  automatic: 4,
  late: [
    {
      approvalId: 9,
      requisitionId: 5009,
      askedAt: '2026-11-01T09:10:00.000Z',
      possibleSince: '2026-11-01T09:00:00.000Z',
      lateMs: 600_000,
    },
  ],
  lateUnknown: 0,
  undecided: 1,
  notAsked: { 'Stuck: approver is inactive': 2 },
  tenant: {
    approverTypes: { User: 5, ApprovalGroup: 1 },
    approvalTypes: {},
    statuses: { approved: 6 },
    nullUpdatedAt: { rows: 1, of: 6 },
    decidedRows: { of: 6, note: 2, approvedBy: 6, approvalDate: 6 },
    readable: { delegations: 'no: HTTP 403', 'user groups': 'yes', users: 'yes', comments: 'yes' },
    idIn: { approvals: 'works', requisitions: 'works' },
    currentApproverFilter: { user: 'found', group: 'not found', parallel: 'not tried: no such row waits' },
  },
  remarks: ['Something is missing.'],
};

describe('the report for people', () => {
  it('lists what was missed, asked wrongly and late, by ids', () => {
    const text = reportText(report);
    expect(text).toContain('Missed: 1\n  approval 7, requisition 5007: it was never seen waiting\n');
    expect(text).toContain(
      'Asked wrongly: 1\n  approval 8, requisition 5008: decided by user 205; asked: user 201\n',
    );
    expect(text).toContain('Late by more than 5 min: 1\n  approval 9, requisition 5009: possible since');
    expect(text).toContain('asked 10 min later');
    expect(text).toContain('Waiting, and nobody is asked: 1\n  2  Stuck: approver is inactive');
  });

  it('says what the tenant answers, and what stands against trusting it', () => {
    const text = reportText(report);
    expect(text).toContain('approver-type: User 5, ApprovalGroup 1');
    expect(text).toContain('delegations readable: no: HTTP 403');
    expect(text).toContain('current_approver_association finds a group row: not found');
    expect(text).toContain('Note: Something is missing.');
  });

  it('names people only where it is given their names', () => {
    const text = reportText({ ...report, names: { 201: 'Ada Prover' } });
    expect(text).toContain('decided by user 205; asked: Ada Prover (201)');
  });

  it('cuts long lists and says so', () => {
    const missed = Array.from({ length: 60 }, (_, index) => ({
      approvalId: index + 1,
      requisitionId: index + 5_001,
      reason: 'x',
    }));
    const text = reportText({ ...report, missed });
    expect(text).toContain('Missed: 60\n');
    expect(text).toContain('  approval 50, ');
    expect(text).not.toContain('  approval 51, ');
    expect(text).toContain('and 10 more (--json has them)');
  });
});
