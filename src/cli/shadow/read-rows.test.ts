import { describe, expect, it } from 'vitest';
import type { CoupaAudit } from '../../connectors/coupa/audit/audit.ts';
import type { AuditRow, AuditRowsOptions } from '../../connectors/coupa/audit/rows.ts';
import { readRows } from './read-rows.ts';

const since = new Date('2026-11-02T00:00:00Z');

const rowOf = (id: number, approvableType = 'RequisitionHeader'): AuditRow => ({
  id,
  approvableType,
  requisitionId: id + 1_000,
  status: 'approved',
  type: null,
  approverType: null,
  parallelGroup: false,
  createdAt: null,
  updatedAt: '2026-11-02T01:00:00Z',
  approvalDate: null,
  hasNote: false,
});

/** A tenant's answers to the report's lists; what is not asked here is never called. */
function tenant(answer: (options: AuditRowsOptions) => AuditRow[]) {
  let asked = 0;
  const audit = {
    rows: (options: AuditRowsOptions) => {
      asked += 1;
      return Promise.resolve(answer(options));
    },
  } as unknown as CoupaAudit;
  return { audit, asked: () => asked };
}

describe('rows of the period', () => {
  it('are read to the end past rows of other documents, which are left out', async () => {
    const rows = Array.from({ length: 60 }, (_, n) => rowOf(n + 1, n === 7 ? 'InvoiceHeader' : undefined));
    const { audit } = tenant(({ afterId = 0 }) => rows.filter(({ id }) => id > afterId).slice(0, 50));
    const read = await readRows(audit, since, []);
    expect(read).toMatchObject({ truncated: false });
    expect(read.rows.size).toBe(59);
    expect(read.rows.has(8)).toBe(false);
  });

  it('are said to be cut off where a tenant gives the same page again', async () => {
    const { audit, asked } = tenant(() => Array.from({ length: 50 }, (_, n) => rowOf(n + 1)));
    const read = await readRows(audit, since, []);
    expect(read.truncated).toBe(true);
    expect(read.rows.size).toBe(50);
    expect(asked()).toBe(2);
  });
});
