import { describe, expect, it } from 'vitest';
import { testApi } from './test-api.ts';

function grouped(answer: () => Promise<readonly number[]>) {
  const asked: number[] = [];
  let now = new Date('2026-11-02T10:00:00Z');
  const api = testApi({
    now: () => now,
    resolveUser: () => Promise.resolve({ kind: 'found', userId: 201 }),
    groupsOf: (userId) => {
      asked.push(userId);
      return answer();
    },
  });
  const pass = (minutes: number) => {
    now = new Date(now.getTime() + minutes * 60_000);
  };
  return { ...api, asked, pass };
}

describe('GET /approvals?approver= for a member of a group', () => {
  it.each(['201', 'jamie@example.com'])('asks for rows of the person’s groups as well (%s)', async (whom) => {
    const { send, engine } = grouped(() => Promise.resolve([31, 32]));
    expect((await send('GET', `/approvals?approver=${whom}`)).status).toBe(200);
    expect(engine.listRequests).toEqual([{ approverUserId: 201, approverGroups: [31, 32], limit: 20 }]);
  });

  it('asks Coupa once in 10 minutes for the groups', async () => {
    const { send, asked, pass } = grouped(() => Promise.resolve([31]));
    await send('GET', '/approvals?approver=201');
    pass(9);
    await send('GET', '/approvals?approver=201');
    expect(asked).toEqual([201]);
    pass(1);
    await send('GET', '/approvals?approver=201');
    expect(asked).toEqual([201, 201]);
  });

  it('lists the person’s own rows while Coupa cannot name the groups, and soon asks again', async () => {
    const { send, engine, asked, pass } = grouped(() => Promise.reject(new Error('403')));
    expect((await send('GET', '/approvals?approver=201')).status).toBe(200);
    await send('GET', '/approvals?approver=201');
    expect(engine.listRequests[0]).toEqual({ approverUserId: 201, approverGroups: [], limit: 20 });
    expect(asked).toHaveLength(1);
    pass(1);
    await send('GET', '/approvals?approver=201');
    expect(asked).toHaveLength(2);
  });
});
