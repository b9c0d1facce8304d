import { describe, expect, it } from 'vitest';
import { createHttp } from '../../http/request.ts';
import { failureOf, startTestServer } from '../../http/test-server.ts';
import { createCoupaAudit } from './audit.ts';

async function auditing(body: unknown, status = 200) {
  const urls: URL[] = [];
  const baseUrl = await startTestServer((request, response) => {
    urls.push(new URL(request.url ?? '', 'http://x.test'));
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  });
  const http = createHttp({ vendor: 'coupa', baseUrl, timeoutMs: 5_000, maxBodyBytes: 100_000 });
  return { audit: createCoupaAudit(http, http), urls };
}

const decided = {
  id: 7,
  status: 'approved',
  type: 'ApprovalChainApproval',
  'approvable-type': 'RequisitionHeader',
  'approvable-id': 5001,
  'approver-type': 'ApprovalGroup',
  'parallel-group-name': 'Both',
  'created-at': '2026-03-02T09:00:00-08:00',
  'updated-at': null,
  'approval-date': '2026-03-02T10:00:00-08:00',
  note: 'fine by me',
  'approved-by': { id: 201, login: 'ada' },
};

describe('rows for a comparison', () => {
  it('tell whether there is a note, and not what it says', async () => {
    const { audit } = await auditing([decided]);
    const rows = await audit.rows({});
    expect(rows).toMatchObject([
      { id: 7, requisitionId: 5001, parallelGroup: true, hasNote: true, updatedAt: null },
    ]);
    expect(JSON.stringify(rows)).not.toContain('fine by me');
  });

  it('are read slim, by ascending id, and by full UTC times', async () => {
    const { audit, urls } = await auditing([]);
    await audit.rows({ updatedSince: new Date('2026-03-02T09:00:00.123Z'), afterId: 6 });
    expect(Object.fromEntries(urls[0]?.searchParams ?? [])).toMatchObject({
      approvable_type: 'RequisitionHeader',
      'updated_at[gt_or_eq]': '2026-03-02T09:00:00Z',
      'id[gt]': '6',
      order_by: 'id',
      dir: 'asc',
      limit: '50',
    });
  });

  it('take a row of which Coupa says little', async () => {
    const bare = { id: '8', status: 'x', 'approvable-type': 'RequisitionHeader', 'approvable-id': 5002 };
    const { audit } = await auditing([bare]);
    expect(await audit.rows({ ids: [8] })).toEqual([
      {
        id: 8,
        approvableType: 'RequisitionHeader',
        requisitionId: 5002,
        status: 'x',
        type: null,
        approverType: null,
        parallelGroup: false,
        createdAt: null,
        updatedAt: null,
        approvalDate: null,
        hasNote: false,
      },
    ]);
  });
});

describe('users of API clients', () => {
  it('are told from people, and only those asked for', async () => {
    const users = [
      { id: 900, 'api-user': true },
      { id: 201, 'api-user': false },
      { id: 202 },
      { id: 901, 'api-user': true },
    ];
    const { audit, urls } = await auditing(users);
    expect(await audit.apiUsersAmong([900, 201, 202])).toEqual([900]);
    expect(urls[0]?.searchParams.get('id[in]')).toBe('900,201,202');
  });

  it('cost no request where nobody decided', async () => {
    const { audit, urls } = await auditing([]);
    expect(await audit.apiUsersAmong([])).toEqual([]);
    expect(urls).toEqual([]);
  });
});

describe('a probe', () => {
  const call = { path: '/api/delegations', operation: 'GET /api/delegations' };

  it('gives the ids of what it was shown', async () => {
    const { audit } = await auditing([{ id: 1 }, { name: 'no id' }, { id: '2' }]);
    expect(await audit.probe(call)).toEqual({ kind: 'ids', ids: [1, 2] });
  });

  it.each([400, 401, 403, 404])('takes %d for an answer', async (status) => {
    const { audit } = await auditing({}, status);
    expect(await audit.probe(call)).toEqual({ kind: 'refused', status });
  });

  it('takes an outage for none', async () => {
    const { audit } = await auditing({}, 503);
    expect(await failureOf(audit.probe(call))).toMatchObject({ name: 'RetryableError' });
  });
});
