import { describe, expect, it } from 'vitest';
import { createHttp } from '../http/request.ts';
import { failureOf, startTestServer } from '../http/test-server.ts';
import { groupsOfUser } from './groups-of-user.ts';

async function read(body: unknown, status = 200): Promise<number[]> {
  const baseUrl = await startTestServer((request, response) => {
    const shown = request.url?.startsWith('/api/users/201?fields=') ? status : 500;
    response.writeHead(shown, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  });
  const http = createHttp({ vendor: 'coupa', baseUrl, timeoutMs: 5_000, maxBodyBytes: 100_000 });
  return groupsOfUser(http, 201);
}

describe('groupsOfUser', () => {
  it('gives approval groups and user groups, each once', async () => {
    const user = { id: 201, 'approval-groups': [{ id: 31 }, { id: 32 }], 'user-groups': [{ id: '32' }] };
    expect(await read(user)).toEqual([31, 32]);
  });

  it('passes over what it cannot read', async () => {
    expect(
      await read({ id: 201, 'approval-groups': [{ name: 'x' }, { id: 31 }], 'user-groups': 'x' }),
    ).toEqual([31]);
    expect(await read({ id: 201, 'approval-groups': null })).toEqual([]);
  });

  it('knows no groups of somebody unknown', async () => {
    expect(await read({}, 404)).toEqual([]);
  });

  it('throws where Coupa does not let it read users', async () => {
    expect(await failureOf(read({}, 403))).toMatchObject({ name: 'TerminalError', status: 403 });
  });
});
