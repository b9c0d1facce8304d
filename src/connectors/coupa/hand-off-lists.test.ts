import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createHttp } from '../http/request.ts';
import { TerminalError } from '../http/errors.ts';
import { failureOf, startTestServer } from '../http/test-server.ts';
import { addComment, listComments } from './comments.ts';
import { getOrderable } from './get-orderable.ts';
import { listApproved } from './list-approved.ts';

/** Coupa as one function of the query; what it was asked. */
async function coupaOf(answer: (query: URLSearchParams) => unknown) {
  const asked: { path: string; query: URLSearchParams }[] = [];
  const baseUrl = await startTestServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://coupa.test');
    asked.push({ path: pathname, query: searchParams });
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(answer(searchParams)));
  });
  const http = createHttp({ vendor: 'coupa', baseUrl, timeoutMs: 5_000, maxBodyBytes: 1_000_000 });
  return { http, asked };
}

const range = (from: number, count: number) => Array.from({ length: count }, (_, index) => from + index);

describe('a requisition to order', () => {
  it('is read from a document in Coupa’s own shape', async () => {
    const sample = new URL('../../activities/coupa/fixtures/requisition-pending.json', import.meta.url);
    const document: unknown = JSON.parse(readFileSync(sample, 'utf8'));
    const { http } = await coupaOf(() => document);
    expect(await getOrderable(http, 5001)).toMatchObject({
      id: 5001,
      status: 'pending_approval',
      currency: 'USD',
      total: '14060.41',
      requestedBy: { id: 101, email: 'rhea.quester@example.test' },
      lines: [
        {
          type: 'RequisitionQuantityLine',
          quantity: '4.0',
          unitPrice: '3500.00',
          currency: 'USD',
          supplier: { id: 9, name: 'Acme Test Supply' },
          commodity: 'IT Hardware',
          needByDate: '2026-03-20T00:00:00-08:00',
          supplierPartNumber: null,
        },
        { type: 'RequisitionAmountLine', quantity: null, total: '60.41' },
      ],
    });
  });

  it('may lack everything but its id and its status', async () => {
    const { http } = await coupaOf(() => ({ id: 5, status: 'approved', 'requisition-lines': [{}] }));
    expect(await getOrderable(http, 5)).toEqual({
      id: 5,
      status: 'approved',
      title: null,
      submittedAt: null,
      total: null,
      currency: null,
      requestedBy: null,
      lines: [
        {
          description: null,
          type: null,
          quantity: null,
          unitPrice: null,
          total: null,
          currency: null,
          supplier: null,
          commodity: null,
          needByDate: null,
          supplierPartNumber: null,
        },
      ],
    });
  });

  it('that is another one than was asked for is not taken', async () => {
    const { http } = await coupaOf(() => ({ id: 6, status: 'approved' }));
    expect(String(await failureOf(getOrderable(http, 5)))).toContain('about another id');
  });
});

describe('the list of approved requisitions', () => {
  it('is asked for by key and by date, in few fields', async () => {
    const { http, asked } = await coupaOf(() => [{ id: 7, status: 'approved' }]);
    const page = await listApproved(http, { afterId: 5, updatedSince: new Date('2026-03-02T10:00:00.500Z') });
    expect(page).toMatchObject({ rows: [{ id: 7 }] });
    expect(page).not.toHaveProperty('last');
    expect(Object.fromEntries(asked[0]?.query ?? [])).toMatchObject({
      status: 'approved',
      'id[gt]': '5',
      'updated_at[gt_or_eq]': '2026-03-02T10:00:00Z',
      order_by: 'id',
      dir: 'asc',
      limit: '50',
    });
    await listApproved(http, { afterId: 0 });
    expect(asked[1]?.query.has('updated_at[gt_or_eq]')).toBe(false);
  });

  it('goes on behind a full page, over rows that cannot be read', async () => {
    const rows = range(1, 50).map((id) => (id === 50 ? { id } : { id, status: 'approved' }));
    const { http } = await coupaOf(() => rows);
    const page = await listApproved(http, { afterId: 0 });
    expect(page.last).toBe(50);
    expect(page.rows).toHaveLength(49);
    expect(page.unreadable).toEqual([50]);
  });

  it.each([
    ['the same page again', range(1, 50), 50],
    ['rows in another order', [9, 8], 0],
    ['one row twice', [8, 8], 0],
  ])('that gives %s is refused', async (_, ids, afterId) => {
    const { http } = await coupaOf(() => ids.map((id) => ({ id, status: 'approved' })));
    expect(await failureOf(listApproved(http, { afterId }))).toBeInstanceOf(TerminalError);
  });

  it('none of whose rows can be read is of another shape, and is refused', async () => {
    const { http } = await coupaOf(() => range(1, 4).map((id) => ({ id })));
    expect(await failureOf(listApproved(http, { afterId: 0 }))).toBeInstanceOf(TerminalError);
  });
});

describe('comments', () => {
  it('are read to the last page', async () => {
    const all = range(1, 120).map((id) => ({ id, comments: id % 2 === 0 ? `text ${id}` : null }));
    const { http, asked } = await coupaOf((query) =>
      all.filter(({ id }) => id > Number(query.get('id[gt]') ?? 0)).slice(0, 50),
    );
    const comments = await listComments(http, 5001);
    expect(comments.map(({ id }) => id)).toEqual(range(1, 120));
    expect(comments.slice(0, 2)).toEqual([
      { id: 1, text: '' },
      { id: 2, text: 'text 2' },
    ]);
    expect(asked.map(({ path }) => path)).toEqual(range(0, 3).map(() => '/api/requisitions/5001/comments'));
  });

  it.each([
    ['pages that repeat', () => range(1, 50).map((id) => ({ id, comments: 'x' }))],
    [
      'another order',
      () => [
        { id: 2, comments: 'x' },
        { id: 1, comments: 'y' },
      ],
    ],
    ['a row without an id', () => [{ comments: 'x' }]],
    [
      'no end',
      (query: URLSearchParams) =>
        range(Number(query.get('id[gt]') ?? 0) + 1, 50).map((id) => ({ id, comments: 'x' })),
    ],
  ])('with %s are refused, since one of ours might be missed', async (_, answer) => {
    const { http, asked } = await coupaOf(answer);
    expect(await failureOf(listComments(http, 5001))).toBeInstanceOf(TerminalError);
    expect(asked.length).toBeLessThanOrEqual(20);
  });

  it('are written as Coupa takes them', async () => {
    let written = '';
    const baseUrl = await startTestServer((request, response) => {
      request.setEncoding('utf8').on('data', (part: string) => (written += part));
      request.on('end', () => {
        response.setHeader('content-type', 'application/json');
        response.statusCode = 201;
        response.end('{"id": 4}');
      });
    });
    const http = createHttp({ vendor: 'coupa', baseUrl, timeoutMs: 5_000, maxBodyBytes: 1_000 });
    await addComment(http, 5001, 'Why "four"?');
    expect(JSON.parse(written)).toEqual({ comments: 'Why "four"?' });
  });
});
