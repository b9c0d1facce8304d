import { describe, expect, it } from 'vitest';
import type { CoupaClient } from '../../connectors/coupa/client.ts';
import { countOthers, noneCounted } from './other-documents.ts';

const { signal } = new AbortController();

/** Coupa's list of these types, one row each, by ascending id from 1 on; and how many pages were asked for. */
function tenant(types: readonly string[]) {
  let asked = 0;
  const list: CoupaClient['listPendingOtherDocuments'] = ({ afterId = 0, limit = 50 }) => {
    asked += 1;
    const rows = types.map((approvableType, index) => ({
      id: index + 1,
      status: 'pending_approval',
      approvableType,
      approvableId: 1,
      updatedAt: null,
    }));
    return Promise.resolve(rows.filter(({ id }) => id > afterId).slice(0, limit));
  };
  const count = (before = noneCounted, most = 100) => {
    let left = most;
    const coupa = { listPendingOtherDocuments: list } as CoupaClient;
    return countOthers(coupa, before, { spend: () => left-- > 0, signal });
  };
  return { count, asked: () => asked };
}

const many = (count: number, type: string) => Array.from({ length: count }, () => type);

describe('other documents', () => {
  it('are counted by type', async () => {
    const { count } = tenant([...many(60, 'InvoiceHeader'), ...many(3, 'ExpenseReport')]);
    expect(await count()).toEqual({
      ...noneCounted,
      counts: { InvoiceHeader: 60, ExpenseReport: 3 },
    });
  });

  it('are counted from where the run before stopped, whose last whole count stands meanwhile', async () => {
    const { count, asked } = tenant(many(120, 'InvoiceHeader'));
    const first = await count({ ...noneCounted, counts: { InvoiceHeader: 7 } }, 1);
    expect(first).toEqual({ cursor: 50, counting: { InvoiceHeader: 50 }, counts: { InvoiceHeader: 7 } });
    expect(await count(first, 2)).toEqual({ ...noneCounted, counts: { InvoiceHeader: 120 } });
    expect(asked()).toBe(3);
  });

  it('are nobody’s business where a tenant ignores the filter', async () => {
    const { count, asked } = tenant([...many(3, 'InvoiceHeader'), ...many(200, 'RequisitionHeader')]);
    expect(await count()).toBeUndefined();
    expect(asked()).toBe(1);
  });

  it('are not counted over and over where a tenant gives the same page again', async () => {
    const page = many(50, 'InvoiceHeader').map((approvableType, index) => ({
      id: index + 1,
      status: 'pending_approval',
      approvableType,
      approvableId: 1,
      updatedAt: null,
    }));
    const coupa = { listPendingOtherDocuments: () => Promise.resolve(page) } as unknown as CoupaClient;
    let left = 10;
    expect(await countOthers(coupa, noneCounted, { spend: () => left-- > 0, signal })).toBeUndefined();
  });

  it('are told apart as to 20 types, so that the result of a run stays small', async () => {
    const types = Array.from({ length: 200 }, (_, n) => `Type${n}`.padEnd(500, 'x'));
    const counts = (await tenant(types).count())?.counts ?? {};
    expect(Object.keys(counts)).toHaveLength(21);
    expect(counts['further types']).toBe(180);
    expect(JSON.stringify(counts).length).toBeLessThan(2_000);
  });
});
