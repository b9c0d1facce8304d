import { describe, expect, it } from 'vitest';
import { createHttp } from '../http/request.ts';
import { startTestServer } from '../http/test-server.ts';
import { listDocuments } from './list-documents.ts';

const report = (id: number, type = 'ExpenseReport') => ({
  id,
  status: 'pending_approval',
  'approvable-type': type,
  'approvable-id': id + 1_000,
  'updated-at': null,
});

describe('listDocuments', () => {
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
