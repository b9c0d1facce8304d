import { describe, expect, it } from 'vitest';
import { createHttp } from '../http/request.ts';
import { failureOf, startTestServer } from '../http/test-server.ts';
import { listDocuments } from './list-documents.ts';

const report = (id: number, type = 'ExpenseReport') => ({
  id,
  status: 'pending_approval',
  'approvable-type': type,
  'approvable-id': id + 1_000,
  'updated-at': null,
});

/** A tenant that pages by id as asked and lets every type through. */
async function unfiltered(rows: readonly { readonly id: number }[]) {
  let asked = 0;
  const baseUrl = await startTestServer((request, response) => {
    asked += 1;
    const { searchParams } = new URL(request.url ?? '', 'http://x.test');
    const page = rows
      .filter(({ id }) => id > Number(searchParams.get('id[gt]') ?? 0))
      .slice(0, Number(searchParams.get('limit')));
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(page));
  });
  const http = createHttp({ vendor: 'coupa', baseUrl, timeoutMs: 5_000, maxBodyBytes: 100_000 });
  const list = (limit: number, afterId?: number) =>
    listDocuments(http, { approvableType: 'ExpenseReport', limit, afterId });
  return { list, asked: () => asked };
}

describe('listDocuments', () => {
  it('fills a page across rows of other types, since a short page ends the list', async () => {
    const types = ['ExpenseReport', 'InvoiceHeader', 'InvoiceHeader', 'ExpenseReport', 'ExpenseReport'];
    const { list } = await unfiltered(types.map((type, index) => report(index + 1, type)));
    expect((await list(2)).map(({ id }) => id)).toEqual([1, 4]);
    expect((await list(2, 4)).map(({ id }) => id)).toEqual([5]);
  });

  it('fails rather than end early where a tenant gives anything but the type', async () => {
    const rows = Array.from({ length: 100 }, (_, index) => report(index + 1, 'InvoiceHeader'));
    const { list, asked } = await unfiltered(rows);
    expect(await failureOf(list(5))).toMatchObject({ name: 'TerminalError' });
    expect(asked()).toBe(4);
  });

  it('asks for one page of one type by ascending id, and takes no other type for it', async () => {
    const urls: URL[] = [];
    const baseUrl = await startTestServer((request, response) => {
      urls.push(new URL(request.url ?? '', 'http://x.test'));
      const rows = [report(81), report(82, 'RequisitionHeader')];
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(rows));
    });
    const http = createHttp({ vendor: 'coupa', baseUrl, timeoutMs: 5_000, maxBodyBytes: 100_000 });
    const rows = await listDocuments(http, {
      approvableType: 'ExpenseReport',
      approverId: 201,
      afterId: 80,
      limit: 100,
    });
    expect(rows.map(({ id }) => id)).toEqual([81]);
    expect(Object.fromEntries(urls[0]?.searchParams ?? [])).toMatchObject({
      status: 'pending_approval',
      approvable_type: 'ExpenseReport',
      approver_id: '201',
      'id[gt]': '80',
      order_by: 'id',
      dir: 'asc',
      limit: '50',
    });
  });
});
