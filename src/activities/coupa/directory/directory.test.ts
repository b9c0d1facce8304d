import { expect, it } from 'vitest';
import { failureOf, startTestServer } from '../../../connectors/http/test-server.ts';
import { clientOf } from '../fixtures/tenant.ts';
import { createDirectory } from './directory.ts';

/** A tenant that answers one path with one status and body, and says what it was asked. */
async function tenant(answers: Record<string, { status?: number; body?: unknown }>) {
  const asked: URL[] = [];
  const told: string[] = [];
  const url = await startTestServer((request, response) => {
    const target = new URL(request.url ?? '', 'http://tenant');
    const isToken = target.pathname === '/oauth2/token';
    if (!isToken) asked.push(target);
    const answer = isToken
      ? { body: { access_token: 't', expires_in: 86_399 } }
      : (answers[target.pathname] ?? { status: 404, body: {} });
    response.writeHead(answer.status ?? 200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(answer.body ?? []));
  });
  const directory = createDirectory({ coupa: clientOf(url), warn: (message) => told.push(message) });
  return { directory, told, asked };
}

const now = new Date('2026-03-05T12:00:00Z');
const bo = { id: 202, login: 'bo.ss', fullname: 'Bo Ss', email: 'bo.ss@example.test', active: true };
const delegation = {
  id: 1,
  'delegator-id': 201,
  'delegate-id': 202,
  'start-date': '2026-03-01T00:00:00-08:00',
  'end-date': '2026-03-10T00:00:00-07:00',
  'approval-delegate': true,
  delegator: { id: 201 },
  delegate: bo,
};

it('reads all delegations in one go and then remembers them', async () => {
  const { directory, asked } = await tenant({ '/api/delegations': { body: [delegation] } });
  expect(await directory.delegatesOf(201, now)).toMatchObject([{ id: 202, email: 'bo.ss@example.test' }]);
  expect(await directory.delegatesOf(999, now)).toEqual([]);
  expect(asked).toHaveLength(1);
});

it.each([401, 403])(
  'names nobody as a delegate without the right to read delegations (%i)',
  async (status) => {
    const { directory, asked, told } = await tenant({ '/api/delegations': { status, body: {} } });
    expect(await directory.delegatesOf(201, now)).toEqual([]);
    expect(await directory.delegatesOf(202, now)).toEqual([]);
    expect(asked).toHaveLength(1);
    expect(told).toHaveLength(1);
    expect(told[0]).toContain('GET /api/delegations');
    expect(told[0]).toContain('Coupa documents no scope');
  },
);

it('tells all delegations in force by ids, out of the same answer, and nothing without the right', async () => {
  const { directory, asked } = await tenant({ '/api/delegations': { body: [delegation] } });
  expect(await directory.delegationsInForce(now)).toEqual(new Map([[201, [202]]]));
  await directory.delegatesOf(201, now);
  expect(asked).toHaveLength(1);
  const refused = await tenant({ '/api/delegations': { status: 403, body: {} } });
  expect(await refused.directory.delegationsInForce(now)).toBeUndefined();
});

it('says which scope users need, once for everything that needs it', async () => {
  const { directory, told } = await tenant({ '/api/users': { status: 403, body: {} } });
  expect(await directory.holdersOf('bo.ss@example.test')).toBeUndefined();
  expect(await directory.users([202])).toEqual(new Map());
  expect(told).toHaveLength(1);
  expect(told[0]).toContain('core.user.read');
  expect(told[0]).not.toContain('bo.ss');
});

it('says which scope groups need, and goes on without a group', async () => {
  const { directory, told } = await tenant({ '/api/user_groups/31': { status: 403, body: {} } });
  expect(await directory.group(31)).toBeUndefined();
  expect(told[0]).toContain('core.user_group.read');
});

it('does not take an outage for a missing right', async () => {
  const { directory, told } = await tenant({ '/api/delegations': { status: 503, body: {} } });
  expect(await failureOf(directory.delegatesOf(201, now))).toMatchObject({
    name: 'RetryableError',
    status: 503,
  });
  expect(told).toEqual([]);
});

it('remembers an address however it is written', async () => {
  const { directory, asked } = await tenant({ '/api/users': { body: [bo] } });
  expect(await directory.holdersOf(' Bo.SS@example.test')).toHaveLength(1);
  expect(await directory.holdersOf('bo.ss@EXAMPLE.test ')).toHaveLength(1);
  expect(asked).toHaveLength(1);
});

it('asks for users fifty at a time, each once', async () => {
  const { directory, asked } = await tenant({ '/api/users': { body: [bo] } });
  const ids = Array.from({ length: 60 }, (_, index) => 240 - index);
  expect([...(await directory.users([...ids, ...ids])).keys()]).toEqual([202]);
  await directory.users(ids);
  expect(asked.map((url) => url.searchParams.get('id[in]')?.split(',').length)).toEqual([50, 10]);
});
