import { describe, expect, it } from 'vitest';
import type { AuditRow } from '../../connectors/coupa/audit/rows.ts';
import { compare, type Comparison } from './compare.ts';
import type { Watched } from './watched.ts';

const since = new Date('2026-11-02T00:00:00Z');

function rowOf(id: number, differing: Partial<AuditRow> = {}): AuditRow {
  return {
    id,
    approvableType: 'RequisitionHeader',
    requisitionId: id + 1_000,
    status: 'approved',
    type: 'ApprovalChainApproval',
    approverType: 'User',
    parallelGroup: false,
    createdAt: '2026-11-02T01:00:00-08:00',
    updatedAt: '2026-11-02T04:00:00-08:00',
    approvalDate: '2026-11-02T04:00:00-08:00',
    hasNote: false,
    approvedBy: { id: 201 },
    ...differing,
  };
}

function watchedOf(approvalId: number, differing: Partial<Watched> = {}): Watched {
  return {
    approvalId,
    requisitionId: approvalId + 1_000,
    state: 'closed',
    whole: true,
    entitled: [201],
    asks: [{ userId: 201, at: '2026-11-02T09:00:30.000Z' }],
    waited: false,
    ...differing,
  };
}

function comparing(rows: AuditRow[], watched: Watched[], lateMs = 300_000): Comparison {
  return compare({
    rows: new Map(rows.map((row) => [row.id, row])),
    watched: new Map(watched.map((each) => [each.approvalId, each])),
    since,
    lateMs,
    isService: ({ id }) => id === 900,
  });
}

describe('what was decided in Coupa', () => {
  it('by whoever would have been asked needs no word', () => {
    expect(comparing([rowOf(1)], [watchedOf(1)])).toMatchObject({
      decided: { rows: 1, asAsked: 1, byUnknown: 0 },
      missed: [],
      askedWrongly: [],
      late: [],
    });
  });

  it.each([
    ['it was never seen waiting', []],
    ['Listed: policy messages nobody', [watchedOf(1, { asks: [], why: 'Listed: policy messages nobody' })]],
    ['it was decided before it was looked at', [watchedOf(1, { asks: [] })]],
    ['its record cannot be read', [watchedOf(1, { asks: [], whole: false })]],
    [
      'it was decided before anybody would have been asked',
      [watchedOf(1, { asks: [{ userId: 201, at: '2026-11-02T12:00:01.000Z' }] })],
    ],
  ])('is missed where nobody would have been asked before, and says why: %s', (reason, watched) => {
    expect(comparing([rowOf(1)], watched).missed).toEqual([{ approvalId: 1, requisitionId: 1_001, reason }]);
  });

  it('within the second of the question came after it: Coupa’s dates have whole seconds', () => {
    const asks = [{ userId: 201, at: '2026-11-02T12:00:00.900Z' }];
    expect(comparing([rowOf(1)], [watchedOf(1, { asks })]).missed).toEqual([]);
  });

  it('by somebody else shows a wrong question, and whether that person may decide', () => {
    const rows = [rowOf(1, { approvedBy: { id: 205 } }), rowOf(2, { approvedBy: { id: 202 } })];
    const { askedWrongly, byService } = comparing(rows, [
      watchedOf(1),
      watchedOf(2, { entitled: [201, 202] }),
    ]);
    expect(askedWrongly).toEqual([
      { approvalId: 1, requisitionId: 1_001, asked: [201], by: 205, entitled: false },
      { approvalId: 2, requisitionId: 1_002, asked: [201], by: 202, entitled: true },
    ]);
    expect(byService).toEqual([]);
  });

  it('by the user of an API client, by nobody named, or by Coupa itself is told apart', () => {
    const { approvedBy, ...unnamed } = rowOf(2);
    const rows = [
      rowOf(1, { approvedBy: { id: 900 } }),
      unnamed,
      rowOf(3, { type: 'SelfApproval' }),
      rowOf(4, { status: 'escalated' }),
    ];
    const got = comparing(rows, [watchedOf(1), watchedOf(2)]);
    expect(approvedBy).toBeDefined();
    expect(got.byService).toMatchObject([{ approvalId: 1, by: 900 }]);
    expect(got.decided).toEqual({ rows: 2, asAsked: 0, byUnknown: 1 });
    expect(got.automatic).toBe(1);
    expect(got.escalated).toEqual([{ approvalId: 4, requisitionId: 1_004 }]);
    expect(got.missed).toEqual([]);
    expect(got.askedWrongly).toEqual([]);
  });

  it('before the period is left out, though the row was touched in it', () => {
    const row = rowOf(1, { approvalDate: '2026-11-01T04:00:00-08:00' });
    expect(comparing([row], []).missed).toEqual([]);
  });
});

describe('what would have been asked', () => {
  it('is counted by approval, by person and by hour', () => {
    const asks = [
      { userId: 201, at: '2026-11-02T09:10:00.000Z' },
      { userId: 202, at: '2026-11-02T09:11:00.000Z' },
    ];
    const old = [{ userId: 201, at: '2026-11-01T09:10:00.000Z' }];
    const got = comparing(
      [],
      [
        watchedOf(1, { asks, state: 'asked' }),
        watchedOf(2, { state: 'asked' }),
        watchedOf(3, { asks: old, state: 'asked' }),
        watchedOf(4, { asks: [], state: 'stuck', stuckReason: 'approver is inactive' }),
        watchedOf(5, { asks: [], state: 'listed', why: 'Listed: policy messages nobody' }),
      ],
    );
    expect(got.asked).toEqual({
      approvals: 2,
      messages: 3,
      hours: [{ hour: '2026-11-02T09:00Z', approvals: 2 }],
    });
    expect(got.undecided).toBe(3);
    expect(got.notAsked).toEqual({ 'Stuck: approver is inactive': 1, 'Listed: policy messages nobody': 1 });
  });

  it('waits no more once its row is decided, though its workflow has not noticed yet', () => {
    const open = [
      watchedOf(1, { state: 'asked' }),
      watchedOf(2, { state: 'asked' }),
      watchedOf(3, { asks: [], state: 'listed', why: 'Listed: policy messages nobody' }),
    ];
    const rows = [
      rowOf(1),
      rowOf(2, { status: 'pending_approval', approvalDate: null }),
      rowOf(3, { status: 'skipped', approvalDate: null }),
    ];
    expect(comparing(rows, open)).toMatchObject({ undecided: 1, notAsked: {} });
  });
});

describe('whether somebody would have been asked late', () => {
  const asks = [{ userId: 201, at: '2026-11-02T09:10:00.000Z' }];
  const pending = { status: 'pending_approval', approvalDate: null, updatedAt: null } as const;

  it('counts from the making of the row', () => {
    const { late } = comparing([rowOf(1, pending)], [watchedOf(1, { asks, state: 'asked' })]);
    expect(late).toEqual([
      {
        approvalId: 1,
        requisitionId: 1_001,
        askedAt: '2026-11-02T09:10:00.000Z',
        possibleSince: '2026-11-02T09:00:00.000Z',
        lateMs: 600_000,
      },
    ]);
  });

  it('counts from the last change before the question, and not from a later one', () => {
    const row = rowOf(1, { ...pending, updatedAt: '2026-11-02T01:08:00-08:00' });
    expect(comparing([row], [watchedOf(1, { asks })]).late).toEqual([]);
    const later = rowOf(1, { ...pending, updatedAt: '2026-11-02T01:11:00-08:00' });
    expect(comparing([later], [watchedOf(1, { asks })]).late).toHaveLength(1);
  });

  it('counts from the decision on the same requisition that made it its turn', () => {
    const first = rowOf(2, { requisitionId: 1_001, approvalDate: '2026-11-02T01:09:00-08:00' });
    expect(comparing([rowOf(1, pending), first], [watchedOf(1, { asks })]).late).toEqual([]);
  });

  it('cannot be told of a row without dates, or that waited for a turn that Coupa does not date', () => {
    const rows = [rowOf(1, { ...pending, createdAt: null }), rowOf(2, pending)];
    const got = comparing(rows, [watchedOf(1, { asks }), watchedOf(2, { asks, waited: true })]);
    expect(got).toMatchObject({ late: [], lateUnknown: 2 });
  });

  it('leaves out what could be asked about before the period: a first start finds everything late', () => {
    const row = rowOf(1, { ...pending, createdAt: '2026-11-01T01:00:00-08:00' });
    expect(comparing([row], [watchedOf(1, { asks })]).late).toEqual([]);
  });
});
