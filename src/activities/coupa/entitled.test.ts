import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startCoupaSandbox } from '../../../sandbox/index.ts';
import { coupaControl } from '../../../test/support/sandbox-control.ts';
import { clientOf, lookingAt, tenantCredential, usualPolicy } from './fixtures/tenant.ts';
import { lookAt } from './look.ts';
import type { AskPolicy } from './policy.ts';

let sandbox: Awaited<ReturnType<typeof startCoupaSandbox>>;
let coupa: ReturnType<typeof coupaControl>;
beforeAll(async () => {
  sandbox = await startCoupaSandbox({ ...tenantCredential, requestsPerSecond: 0 });
  coupa = coupaControl(sandbox.url);
});
afterAll(() => sandbox.close());

const ada = { id: 201, name: 'Ada Prover', address: 'ada.prover@example.test' };
const bo = { id: 202, name: 'Bo Ss', address: 'bo.ss@example.test' };
const cy = { id: 203, name: 'Cy Nod', address: 'cy.nod@example.test' };
const di = { id: 204, name: 'Di Rector', address: 'di.rector@example.test' };
const forAda = { as: { kind: 'delegate', of: 'Ada Prover' } };
const ofGroup = { as: { kind: 'member', of: 'Capex Committee' } };

interface Setting {
  readonly submit?: object;
  readonly policy?: Partial<AskPolicy>;
  /** What is changed in Coupa before the look; what it returns is done afterwards. */
  readonly given?: (approvalId: number) => Promise<unknown>;
  readonly after?: () => Promise<unknown>;
}

/** One look with nothing known from before, as far as it says who may decide. */
async function seen({ submit, policy, given, after }: Setting) {
  const { approvalId } = await coupa.submit({ chain: [201], ...submit });
  await given?.(approvalId);
  try {
    const deps = lookingAt(clientOf(sandbox.url), { ...usualPolicy, ...policy });
    const observation = await lookAt(deps, approvalId, { now: new Date() });
    if (observation.kind !== 'actionable') throw new Error(`not actionable but ${observation.kind}`);
    const { approvers, asks, group, unreachable } = observation;
    return { approvers, asks, ...(group && { group }), ...(unreachable && { unreachable }) };
  } finally {
    await after?.();
  }
}

/** A delegation that lasts as long as one test. */
function delegated(body: Parameters<typeof coupa.delegate>[0]): Required<Pick<Setting, 'given' | 'after'>> {
  let id = 0;
  return {
    given: async () => {
      id = await coupa.delegate(body);
    },
    after: () => coupa.undelegate(id),
  };
}

const group = { id: 31, name: 'Capex Committee', userIds: [202, 203] };
const asGroup = (userIds = group.userIds) => ({
  given: (approvalId: number) => coupa.patchApproval(approvalId, { group: { ...group, userIds } }),
});

describe('a row of one approver', () => {
  it('is the approver’s to decide', async () => {
    expect(await seen({})).toEqual({ approvers: [ada], asks: [201] });
  });

  it.each([
    ['requester', { requesterId: 201 }],
    ['creator', { requesterId: 101, createdById: 201 }],
  ])('is nobody’s when the approver is its %s, unless policy allows it (P6)', async (_, submit) => {
    expect(await seen({ submit })).toEqual({
      approvers: [],
      asks: [],
      unreachable: 'approver is the requester or creator',
    });
    const lenient = await seen({ submit, policy: { allowSelfApproval: true } });
    expect(lenient).toEqual({ approvers: [ada], asks: [201] });
  });

  it('is nobody’s when the approver’s account is inactive, delegates or not', async () => {
    const { given, after } = delegated({ delegatorId: 201, delegateId: 203 });
    const found = await seen({
      given: async (approvalId) => {
        await given(approvalId);
        await coupa.person(201, { active: false });
      },
      after: async () => {
        await coupa.person(201, { active: true });
        await after();
      },
    });
    expect(found).toEqual({ approvers: [], asks: [], unreachable: 'approver is inactive' });
  });

  it('is nobody’s while another active user has the approver’s address', async () => {
    const shared = {
      given: () => coupa.person(204, { email: 'Ada.Prover@example.test' }),
      after: () => coupa.person(204, { email: di.address, active: true }),
    };
    expect(await seen(shared)).toEqual({
      approvers: [],
      asks: [],
      unreachable: 'two active users have the address of the approver',
    });
    const given = async () => {
      await shared.given();
      await coupa.person(204, { active: false });
    };
    expect(await seen({ ...shared, given })).toEqual({ approvers: [ada], asks: [201] });
  });
});

describe('a delegation of approvals that is in force', () => {
  it('lets approver and delegate decide, and both are asked', async () => {
    expect(await seen(delegated({ delegatorId: 201, delegateId: 203 }))).toEqual({
      approvers: [ada, { ...cy, ...forAda }],
      asks: [201, 203],
    });
  });

  it('lets the delegate decide while it has no end', async () => {
    const open = delegated({ delegatorId: 201, delegateId: 203, endsInS: null });
    expect((await seen(open)).asks).toEqual([201, 203]);
  });

  it.each([
    ['has ended', { startsInS: -60, endsInS: -5 }],
    ['has not begun', { startsInS: 60 }],
    ['does not say when it begins', { startsInS: null }],
    ['is of another kind than approvals', { approvals: false }],
    ['is somebody else’s', { delegatorId: 204 }],
  ])('is not one that %s', async (_, more) => {
    const other = delegated({ delegatorId: 201, delegateId: 203, ...more });
    expect(await seen(other)).toEqual({ approvers: [ada], asks: [201] });
  });

  it('does not let the requester decide for the approver (P6)', async () => {
    const own = delegated({ delegatorId: 201, delegateId: 101 });
    expect(await seen(own)).toEqual({ approvers: [ada], asks: [201] });
  });

  it('lets the delegate decide what the approver has asked for', async () => {
    const { given, after } = delegated({ delegatorId: 201, delegateId: 203 });
    expect(await seen({ submit: { requesterId: 201 }, given, after })).toEqual({
      approvers: [{ ...cy, ...forAda }],
      asks: [203],
    });
  });

  it('goes no further than one step', async () => {
    const [first, second] = [
      delegated({ delegatorId: 201, delegateId: 203 }),
      delegated({ delegatorId: 203, delegateId: 204 }),
    ];
    const found = await seen({
      given: async (id) => {
        await first.given(id);
        await second.given(id);
      },
      after: async () => {
        await first.after();
        await second.after();
      },
    });
    expect(found.asks).toEqual([201, 203]);
  });

  it('gives an inactive delegate nothing', async () => {
    const { given, after } = delegated({ delegatorId: 201, delegateId: 203 });
    const found = await seen({
      given: async (id) => {
        await given(id);
        await coupa.person(203, { active: false });
      },
      after: async () => {
        await coupa.person(203, { active: true });
        await after();
      },
    });
    expect(found).toEqual({ approvers: [ada], asks: [201] });
  });
});

describe('what the row says of delegates', () => {
  it('counts as its `delegates`', async () => {
    const given = (id: number) => coupa.patchApproval(id, { delegates: [203, 101] });
    expect(await seen({ given })).toEqual({ approvers: [ada, { ...cy, ...forAda }], asks: [201, 203] });
  });

  it('does not count as its `delegate`: no document says whom that names', async () => {
    const given = (id: number) => coupa.patchApproval(id, { delegateId: 203 });
    expect(await seen({ given })).toEqual({ approvers: [ada], asks: [201] });
  });
});

describe('a row of a group', () => {
  it('is any member’s to decide', async () => {
    expect(await seen(asGroup())).toEqual({
      approvers: [
        { ...bo, ...ofGroup },
        { ...cy, ...ofGroup },
      ],
      asks: [202, 203],
      group: { id: 31, size: 2 },
    });
  });

  it('is not for members who asked for it, nor for inactive ones', async () => {
    const found = await seen({
      submit: { requesterId: 202 },
      given: async (id) => {
        await asGroup([202, 203, 204]).given(id);
        await coupa.person(204, { active: false });
      },
      after: () => coupa.person(204, { active: true }),
    });
    expect(found).toEqual({
      approvers: [{ ...cy, ...ofGroup }],
      asks: [203],
      group: { id: 31, size: 1 },
    });
  });

  it('leaves out a member whose address another active user has', async () => {
    const found = await seen({
      ...asGroup(),
      after: () => coupa.person(101, { email: 'rhea.quester@example.test' }),
      given: async (id) => {
        await asGroup().given(id);
        await coupa.person(101, { email: bo.address });
      },
    });
    expect(found).toMatchObject({ asks: [203], group: { size: 1 } });
    expect(found.approvers.map(({ id }) => id)).toEqual([203]);
  });

  it('asks no more members than policy names, and carries the others', async () => {
    const found = await seen({ ...asGroup([202, 203, 204]), policy: { groupAskMax: 2 } });
    expect(found).toMatchObject({ asks: [202, 203], group: { id: 31, size: 3 } });
    expect(found.approvers.map(({ id }) => id)).toEqual([202, 203, 204]);
  });

  it('asks nobody where groups are only listed', async () => {
    const found = await seen({ ...asGroup(), policy: { skipGroups: true } });
    expect(found).toMatchObject({ asks: [], approvers: [{ id: 202 }, { id: 203 }] });
    expect(found.unreachable).toBeUndefined();
  });

  it('is stuck when nobody of the group may decide it (P7)', async () => {
    expect(await seen({ ...asGroup([202]), submit: { requesterId: 202 } })).toEqual({
      approvers: [],
      asks: [],
      group: { id: 31, size: 0 },
      unreachable: 'nobody of the group may decide it',
    });
  });

  it('is not for those to whom a member delegated, but for the delegates that the row names', async () => {
    const { given, after } = delegated({ delegatorId: 202, delegateId: 205 });
    const found = await seen({
      given: async (id) => {
        await asGroup().given(id);
        await given(id);
        await coupa.patchApproval(id, { delegates: [204] });
      },
      after,
    });
    expect(found.asks).toEqual([202, 203, 204]);
    expect(found.approvers[2]).toEqual({ ...di, as: { kind: 'delegate', of: 'Capex Committee' } });
  });
});
