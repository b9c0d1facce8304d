import { describe, expect, it } from 'vitest';
import type { CoupaClient } from '../../connectors/coupa/client.ts';
import type { PendingApprovalRow } from '../../connectors/coupa/types.ts';
import { failureOf } from '../../connectors/http/test-server.ts';
import { highestOf, newestPage, pendingPages, type Page } from './pages.ts';

type List = CoupaClient['listPendingRequisitionApprovals'];

const { signal } = new AbortController();

const rowOf = (id: number, differing: Partial<PendingApprovalRow> = {}): PendingApprovalRow => ({
  id,
  status: 'pending_approval',
  approvableType: 'RequisitionHeader',
  approvableId: id,
  updatedAt: null,
  ...differing,
});
const rowsFrom = (first: number, count: number) =>
  Array.from({ length: count }, (_, index) => rowOf(first + index));

async function pagesOf(list: List, afterId = 0): Promise<Page[]> {
  const coupa = { listPendingRequisitionApprovals: list } as CoupaClient;
  const pages: Page[] = [];
  for await (const page of pendingPages(coupa, { afterId, maxPages: 10, signal })) pages.push(page);
  return pages;
}

describe('pages of everything pending (P10)', () => {
  it('go on by id, however many rows are nobody’s turn or another document’s', async () => {
    const rows = rowsFrom(1, 120).map((row) => {
      if (row.id === 50) return rowOf(50, { status: 'approved' });
      return row.id === 51 ? rowOf(51, { approvableType: 'ExpenseReport' }) : row;
    });
    const pages = await pagesOf(({ afterId = 0 }) =>
      Promise.resolve(rows.filter(({ id }) => id > afterId).slice(0, 50)),
    );
    expect(pages.map(({ after, upTo }) => [after, upTo])).toEqual([
      [0, 50],
      [50, 100],
      [100, undefined],
    ]);
    const ids = pages.flatMap((page) => page.rows.map(({ id }) => id));
    expect(ids).toHaveLength(118);
    expect(ids).not.toContain(50);
    expect(ids).not.toContain(51);
  });

  it.each<[string, List]>([
    ['the order', ({ afterId = 0 }) => Promise.resolve(rowsFrom(afterId + 1, 50).reverse())],
    ['the bound', () => Promise.resolve(rowsFrom(1, 50))],
  ])('fail loudly where a tenant ignores %s: going on would leave rows out for ever', async (_, list) => {
    expect(await failureOf(pagesOf(list))).toMatchObject({ name: 'TerminalError' });
  });

  it('bear a row that comes twice', async () => {
    const twice = [...rowsFrom(1, 49), rowOf(49)];
    const pages = await pagesOf(({ afterId = 0 }) => Promise.resolve(afterId === 0 ? twice : []));
    expect(pages.map(({ upTo }) => upTo)).toEqual([49, undefined]);
  });
});

describe('the highest id seen', () => {
  it('only grows until the end of the list, which says what it is', () => {
    expect(highestOf(900, { rows: rowsFrom(1, 50), after: 0, upTo: 50 })).toBe(900);
    expect(highestOf(20, { rows: rowsFrom(1, 50), after: 0, upTo: 50 })).toBe(50);
    expect(highestOf(900, { rows: rowsFrom(51, 3), after: 50, upTo: undefined })).toBe(53);
    expect(highestOf(900, { rows: [], after: 50, upTo: undefined })).toBe(50);
  });
});

describe('the newest pages', () => {
  it('end where a tenant ignores the bound, instead of giving one page over and over', async () => {
    const coupa = {
      listPendingRequisitionApprovals: () => Promise.resolve(rowsFrom(1, 50).reverse()),
    } as unknown as CoupaClient;
    const first = await newestPage(coupa, { afterId: 0 }, signal);
    expect(first.next).toEqual({ afterId: 0, beforeId: 1 });
    const second = await newestPage(coupa, first.next ?? {}, signal);
    expect(second.next).toBeUndefined();
  });
});
