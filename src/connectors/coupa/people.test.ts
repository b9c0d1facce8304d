import { describe, expect, it } from 'vitest';
import { createHttp } from '../http/request.ts';
import { failureOf, startTestServer } from '../http/test-server.ts';
import { groupMembers } from './group-members.ts';
import { usersById } from './users-by-id.ts';

const user = (id: number) => ({ id, login: `user.${id}`, email: `user.${id}@example.test`, active: true });

async function tenant(body: unknown, status = 200) {
  const asked: URL[] = [];
  const baseUrl = await startTestServer((request, response) => {
    asked.push(new URL(request.url ?? '', 'http://tenant'));
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  });
  const http = createHttp({ vendor: 'coupa', baseUrl, timeoutMs: 5_000, maxBodyBytes: 1_000_000 });
  return { http, asked };
}

describe('users by id', () => {
  it('are asked for together, and slim', async () => {
    const { http, asked } = await tenant([user(201), { ...user(202), active: false }]);
    expect(await usersById(http, [202, 201])).toMatchObject([
      { id: 201, email: 'user.201@example.test', active: true },
      { id: 202, active: false },
    ]);
    const query = asked[0]?.searchParams;
    expect(asked).toHaveLength(1);
    expect(asked[0]?.pathname).toBe('/api/users');
    expect(query?.get('id[in]')).toBe('202,201');
    expect(query?.get('fields')).toContain('"active"');
  });

  it('are nobody else where Coupa ignores the filter (P6)', async () => {
    const { http } = await tenant([user(1), user(2), user(201)]);
    expect((await usersById(http, [201])).map(({ id }) => id)).toEqual([201]);
  });

  it('are no more than Coupa gives at once, and none without a question', async () => {
    const { http, asked } = await tenant([]);
    await usersById(
      http,
      Array.from({ length: 60 }, (_, n) => n + 1),
    );
    expect(await usersById(http, [])).toEqual([]);
    expect(asked.map((url) => url.searchParams.get('id[in]')?.split(',').length)).toEqual([50]);
  });
});

describe('the members of a group', () => {
  it('come with the group’s name and whether it is active', async () => {
    const { http, asked } = await tenant({ id: 31, name: 'Committee', active: true, users: [user(202)] });
    expect(await groupMembers(http, 31)).toMatchObject({
      id: 31,
      name: 'Committee',
      active: true,
      members: [{ id: 202, active: true }],
    });
    expect(asked[0]?.pathname).toBe('/api/user_groups/31');
  });

  it('are unknown where Coupa has no such group, or answers with another one (P6)', async () => {
    expect(await groupMembers((await tenant({ errors: 'gone' }, 404)).http, 31)).toBeUndefined();
    expect(await groupMembers((await tenant({ id: 32, users: [user(202)] })).http, 31)).toBeUndefined();
  });

  it('are not taken for nobody where the answer names no users', async () => {
    const { http } = await tenant({ id: 31, name: 'Committee' });
    expect(await failureOf(groupMembers(http, 31))).toMatchObject({ name: 'TerminalError' });
  });
});
