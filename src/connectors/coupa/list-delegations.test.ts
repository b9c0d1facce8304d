import { describe, expect, it } from 'vitest';
import { createHttp } from '../http/request.ts';
import { failureOf, startTestServer } from '../http/test-server.ts';
import { readDelegation } from './delegation-schema.ts';
import { listDelegations } from './list-delegations.ts';

const row = {
  id: 1,
  'delegator-id': 201,
  'delegate-id': 202,
  'start-date': '2026-03-01T00:00:00-08:00',
  'end-date': '2026-03-10T00:00:00-07:00',
  reason: 'PTO',
  'approval-delegate': true,
  'receiving-delegate': false,
  delegator: { id: 201, login: 'ada.prover' },
  delegate: { id: 202, login: 'bo.ss', fullname: 'Bo Ss', email: 'bo.ss@example.test' },
};
const read = {
  delegatorId: 201,
  delegate: { id: 202, login: 'bo.ss', fullname: 'Bo Ss', email: 'bo.ss@example.test' },
  startsAt: '2026-03-01T00:00:00-08:00',
  endsAt: '2026-03-10T00:00:00-07:00',
  approvals: true,
};

/** A tenant that answers each request for a page by `page`. */
async function tenant(page: (afterId: number) => unknown) {
  const asked: URLSearchParams[] = [];
  const baseUrl = await startTestServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://tenant');
    asked.push(searchParams);
    response.writeHead(pathname === '/api/delegations' ? 200 : 404, { 'content-type': 'application/json' });
    response.end(JSON.stringify(page(Number(searchParams.get('id[gt]')))));
  });
  const http = createHttp({ vendor: 'coupa', baseUrl, timeoutMs: 5_000, maxBodyBytes: 1_000_000 });
  return { asked, list: () => listDelegations(http) };
}

const rows = (from: number, count: number) =>
  Array.from({ length: count }, (_, index) => ({ ...row, id: from + index }));

describe('the list of delegations', () => {
  it('is read to its end, page after page by ascending id, and slim', async () => {
    const all = rows(1, 120);
    const { asked, list } = await tenant((afterId) => all.filter(({ id }) => id > afterId).slice(0, 50));
    expect(await list()).toHaveLength(120);
    expect(asked.map((query) => query.get('id[gt]'))).toEqual(['0', '50', '100']);
    expect(Object.fromEntries(asked[0] ?? [])).toMatchObject({ order_by: 'id', dir: 'asc', limit: '50' });
    expect(asked[0]?.get('fields')).toContain('"approval-delegate"');
  });

  it('leaves out what cannot be read, and keeps the others', async () => {
    const { list } = await tenant(() => [row, { id: 2 }, { ...row, id: 3, 'start-date': null }]);
    expect(await list()).toEqual([read]);
  });

  it.each([
    ['comes again from the start', () => rows(1, 50)],
    ['is not in the order asked for', () => rows(1, 50).reverse()],
    ['never ends', (afterId: number) => rows(afterId + 1, 50)],
  ])('does not pass for whole when it %s', async (_, page) => {
    const { asked, list } = await tenant(page);
    expect(await failureOf(list())).toMatchObject({
      name: 'TerminalError',
      operation: 'GET /api/delegations',
    });
    expect(asked.length).toBeLessThanOrEqual(400);
  });
});

describe('one delegation', () => {
  it('says who acts for whom, and when', () => {
    expect(readDelegation(row)).toEqual(read);
  });

  it('may be told by ids alone, or by people alone', () => {
    const { delegator, delegate, ...byIds } = row;
    expect(readDelegation(byIds)).toEqual({ ...read, delegate: { id: 202, fullname: 'user 202' } });
    expect(
      readDelegation({ ...byIds, delegator, delegate, 'delegator-id': null, 'delegate-id': null }),
    ).toEqual(read);
  });

  it('has no end when Coupa names none', () => {
    expect(readDelegation({ ...row, 'end-date': null })).toEqual({ ...read, endsAt: null });
  });

  it.each([
    ['approvals are not delegated', { 'approval-delegate': false }],
    ['Coupa does not say what is delegated', { 'approval-delegate': null }],
  ])('gives no right to decide when %s', (_, changed) => {
    expect(readDelegation({ ...row, ...changed })).toEqual({ ...read, approvals: false });
  });

  it.each([
    ['has no start', { 'start-date': null }],
    ['starts at no readable time', { 'start-date': 'soon' }],
    ['starts at a time without a zone', { 'start-date': '2026-03-01T00:00:00' }],
    ['ends at no readable time', { 'end-date': '2026-99-01T00:00:00Z' }],
    ['names nobody who delegates', { 'delegator-id': null, delegator: null }],
    ['names nobody to whom', { 'delegate-id': null, delegate: null }],
    ['names a group to whom', { delegate: { id: 202, name: 'Committee', active: true } }],
    ['shows nothing of a person to whom', { delegate: { id: 202, active: true } }],
    ['contradicts itself about who delegates', { 'delegator-id': 205 }],
    ['contradicts itself about to whom', { 'delegate-id': 205 }],
  ])('counts for nothing when it %s', (_, changed) => {
    expect(readDelegation({ ...row, ...changed })).toBeUndefined();
  });
});
