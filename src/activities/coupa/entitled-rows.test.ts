import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { startTestServer } from '../../connectors/http/test-server.ts';
import type { CoupaApproval, CoupaApprover } from '../../connectors/coupa/types.ts';
import { approversCarried } from '../../contract/observation.ts';
import { deciderOf } from './decider.ts';
import { entitledTo, type Entitled } from './entitled.ts';
import { findEntitled } from './find-entitled.ts';
import { approvalRow, requisition } from './fixtures/samples.ts';
import { clientOf, decisionOf, lookingAt, usualPolicy } from './fixtures/tenant.ts';
import type { Question } from './question.ts';

interface User {
  readonly id: number;
  readonly email?: string;
  readonly active?: boolean;
}

/** A row on the sample requisition, in a tenant of these users and groups. `refused`: paths that need a right. */
async function question(
  row: Partial<CoupaApproval> & { readonly approver: CoupaApprover },
  world: { users?: User[]; groups?: object[]; refused?: string; policy?: object } = {},
): Promise<Question> {
  const { users = [], groups = [], refused, policy } = world;
  const url = await startTestServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://tenant');
    const ids = searchParams.get('id[in]')?.split(',').map(Number);
    const answers: Record<string, unknown> = {
      '/oauth2/token': { access_token: 't', expires_in: 86_399 },
      '/api/delegations': [],
      '/api/users': users.filter(({ id, email }) => ids?.includes(id) ?? email === searchParams.get('email')),
      ...Object.fromEntries(groups.map((group) => ['/api/user_groups/31', group])),
    };
    const status = pathname === refused ? 403 : pathname in answers ? 200 : 404;
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(answers[pathname] ?? {}));
  });
  const { directory } = lookingAt(clientOf(url));
  return {
    row: { ...approvalRow(70002), ...row },
    requisition: requisition('requisition-pending'),
    policy: { ...usualPolicy, ...policy },
    directory,
    now: new Date('2026-03-02T17:00:00Z'),
  };
}

const ask = async (...given: Parameters<typeof question>): Promise<Entitled> => {
  const asked = await question(...given);
  return entitledTo(asked, { submittedAt: null, updatedAt: null });
};

const address = (id: number) => `user.${id}@example.test`;
const person = (id: number) => ({ id, fullname: `User ${id}`, email: address(id) });
const ada = { kind: 'user', person: { id: 201, fullname: 'Ada Prover' } } as const;
const group = { kind: 'group', id: 31, name: 'Committee' } as const;
const user = (id: number): User => ({ id, email: address(id), active: true });

describe('an approver of whom the row says little', () => {
  it('is asked under the address that Coupa’s users know', async () => {
    const found = await ask({ approver: ada }, { users: [user(201)] });
    expect(found).toMatchObject({ approvers: [{ id: 201, address: address(201) }], asks: [201] });
  });

  it('may decide without an address, though nobody can be asked', async () => {
    expect(await ask({ approver: ada })).toEqual({
      approvers: [{ id: 201, name: 'Ada Prover' }],
      asks: [],
      unreachable: 'approver has no address',
    });
    const asked = await question({ approver: ada });
    expect(await findEntitled(asked, { userId: 201 })).toEqual({ id: 201, name: 'Ada Prover' });
    expect(await findEntitled(asked, { userId: 201, address: address(201) })).toBeUndefined();
    expect(await findEntitled(asked, { address: '' })).toBeUndefined();
    expect(await findEntitled(asked, {})).toBeUndefined();
  });

  it('is found by the address that only Coupa’s users know', async () => {
    const asked = await question({ approver: ada }, { users: [user(201)] });
    expect(await findEntitled(asked, { address: address(201) })).toMatchObject({ id: 201 });
  });

  it('is inactive when Coupa’s users say so', async () => {
    expect(await ask({ approver: ada }, { users: [{ id: 201, active: false }] })).toEqual({
      approvers: [],
      asks: [],
      unreachable: 'approver is inactive',
    });
  });

  it('entitles nobody where their kind is unknown, and says so (P7)', async () => {
    expect(await ask({ approver: { kind: 'unknown' }, delegates: [person(202)] })).toEqual({
      approvers: [],
      asks: [],
      unreachable: 'approver is of an unknown kind',
    });
  });
});

describe('a requisition that names neither requester nor creator', () => {
  it('is nobody’s to decide: whoever approves must be seen to be another (P6)', async () => {
    const asked = await question({ approver: { kind: 'user', person: person(201) } });
    const { requestedBy, createdBy, ...unnamed } = asked.requisition;
    expect([requestedBy?.id, createdBy?.id]).toEqual([101, 101]);
    const open = { ...asked, requisition: unnamed };
    expect(await entitledTo(open, { submittedAt: null, updatedAt: null })).toEqual({
      approvers: [],
      asks: [],
      unreachable: 'requester and creator are unknown',
    });
    expect(await findEntitled(open, { userId: 201 })).toBeUndefined();
    const lenient = { ...open, policy: { ...open.policy, allowSelfApproval: true } };
    expect(await findEntitled(lenient, { userId: 201 })).toMatchObject({ id: 201 });
  });
});

describe('a group whose row does not name its members', () => {
  const listed = { id: 31, name: 'Committee', active: true, users: [person(203), person(202)] };

  it('has those of Coupa’s list of groups', async () => {
    expect(await ask({ approver: group }, { groups: [listed] })).toMatchObject({
      approvers: [{ id: 202, as: { kind: 'member', of: 'Committee' } }, { id: 203 }],
      asks: [202, 203],
      group: { id: 31, size: 2 },
    });
  });

  it.each([
    ['inactive', { groups: [{ ...listed, active: false }] }],
    ['another one by its name', { groups: [{ ...listed, name: 'Buyers' }] }],
    ['perhaps another one, without a name', { groups: [{ ...listed, name: null }] }],
    ['unknown there', {}],
    ['not to be read', { groups: [listed], refused: '/api/user_groups/31' }],
  ])('has nobody when it is %s', async (_, world) => {
    expect(await ask({ approver: group }, world)).toMatchObject({
      approvers: [],
      group: { id: 31, size: 0 },
      unreachable: 'nobody of the group may decide it',
    });
  });

  it('is the same group whatever blanks are around its name', async () => {
    const blank = { ...group, name: 'Committee ' };
    expect((await ask({ approver: blank }, { groups: [{ ...listed, name: 'Committee ' }] })).asks).toEqual([
      202, 203,
    ]);
  });

  it('cannot be asked when nobody of it has an address', async () => {
    const members = [{ id: 202, fullname: 'Bo Ss' }];
    expect(await ask({ approver: { ...group, members } })).toMatchObject({
      approvers: [{ id: 202 }],
      asks: [],
      unreachable: 'nobody of the group has an address',
    });
  });
});

describe('a large group', () => {
  const members = Array.from({ length: 400 }, (_, index) => person(1_000 + index));

  it('counts all, carries the first, and always those who are asked', async () => {
    const found = await ask(
      { approver: { ...group, members } },
      { policy: { pilot: [address(1_390)], groupAskMax: 3 } },
    );
    expect(found.group).toEqual({ id: 31, size: 400 });
    expect(found.approvers).toHaveLength(approversCarried);
    expect(found.asks).toEqual([1_390]);
    expect(found.approvers.at(-1)).toMatchObject({ id: 1_390 });
    expect(found.approvers[0]).toMatchObject({ id: 1_000 });
  });

  it('lets a member decide who is not carried', async () => {
    const asked = await question({ approver: { ...group, members } });
    expect(await findEntitled(asked, { userId: 1_399 })).toMatchObject({ id: 1_399 });
  });
});

describe('where users may not be read', () => {
  it('the row counts, and two of its people with one address are both left out (P6)', async () => {
    const shared = { id: 203, fullname: 'Cy Nod', email: ` ${address(202).toUpperCase()}` };
    const members = [person(202), shared, person(204)];
    const found = await ask({ approver: { ...group, members } }, { refused: '/api/users' });
    expect(found).toMatchObject({ asks: [204], group: { size: 1 } });
  });
});

describe('somebody with an old account beside the one they use', () => {
  const old = { ...person(202), active: false };
  const members = [old, { ...person(203), email: address(202) }];
  const users = [
    { id: 202, email: address(202), active: false },
    { id: 203, email: address(202), active: true },
  ];

  it('decides by their address, as the account that is active', async () => {
    const asked = await question({ approver: { ...group, members } }, { users });
    expect(await findEntitled(asked, { address: address(202) })).toMatchObject({ id: 203 });
    expect(await findEntitled(asked, { userId: 202 })).toBeUndefined();
  });

  it('does not decide by the new one what they asked for by the old one (P6)', async () => {
    const approver = { kind: 'user', person: { ...person(203), email: address(202) } } as const;
    const asked = await question({ approver }, { users });
    const own = { ...asked, requisition: { ...asked.requisition, requestedBy: person(202) } };
    expect(await findEntitled(own, { userId: 203 })).toBeUndefined();
    expect(await entitledTo(own, { submittedAt: null, updatedAt: null })).toEqual({
      approvers: [],
      asks: [],
      unreachable: 'approver is the requester or creator',
    });
  });
});

describe('the record of a decision that stands', () => {
  it.each([
    ['the approver', ada],
    ['a member', { ...group, members: [{ id: 201, fullname: 'Ada Prover' }] }],
  ] as const)('names %s who pressed by an address that only Coupa’s users know', async (_, approver) => {
    const asked = await question({ approver }, { users: [user(201)] });
    const by = await deciderOf(asked, decisionOf({ actor: { address: address(201) }, via: 'address' }));
    expect(by).toMatchObject({ id: 201, address: address(201) });
  });
});

describe('what was remembered of people', () => {
  it('turns nobody away who may decide by now: another process may have asked them', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    onTestFinished(() => void vi.useRealTimers());
    const groups = [{ id: 31, name: 'Committee', active: true, users: [person(202)] }];
    const asked = await question({ approver: group }, { groups });
    expect(await findEntitled(asked, { userId: 203 })).toBeUndefined();
    groups[0]?.users.push(person(203));
    vi.setSystemTime(Date.now() + 10_000);
    expect(await findEntitled(asked, { userId: 203 })).toMatchObject({ id: 203 });
  });
});
