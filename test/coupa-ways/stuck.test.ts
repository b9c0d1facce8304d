import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { ada, addressOf, bo, cy, rhea, said, startWays, type Ways } from '../support/coupa-ways.ts';
import { until } from '../support/until.ts';

let ways: Ways;
beforeAll(async () => {
  ways = await startWays();
});
afterEach(() => ways.reset());
afterAll(() => ways.stop());

/** Waits until an approval is stuck for this reason, and is listed among those. */
async function stuckFor(approvalId: number, reason: string): Promise<void> {
  const shown = await ways.api.waitFor(approvalId, { state: 'stuck' });
  expect(shown['stuckReason']).toBe(reason);
  await until(`approval ${approvalId} in the list of the stuck`, async () => {
    const { body } = await ways.api.request('GET', '/approvals?state=stuck&limit=100');
    return (body['data'] as { id: number }[]).some(({ id }) => id === approvalId);
  });
}

const shared = 'two active users have the address of the approver';
const nobody = 'nobody of the group may decide it';
const board = { name: 'Finance Board', userIds: [bo], active: true };

/** Why nobody of a group may decide, and the change after which Bo may. */
const groups: readonly [name: string, group: object, before: () => Promise<unknown>, after: object][] = [
  ['without members', { ...board, userIds: [] }, () => Promise.resolve(), board],
  [
    'whose members are all inactive',
    { ...board, userIds: [cy] },
    () => ways.person(cy, { active: false }),
    { ...board, userIds: [bo, cy] },
  ],
  ['that is inactive itself', { ...board, active: false }, () => Promise.resolve(), board],
  [
    'of the requester alone',
    { ...board, userIds: [rhea] },
    () => Promise.resolve(),
    { ...board, userIds: [bo, rhea] },
  ],
];

describe('a row that nobody may decide is stuck, listed as that, and goes on once somebody may (P7):', () => {
  it.each(groups)('of a group %s', async (name, group, before, after) => {
    const groupId = 60 + groups.findIndex(([each]) => each === name);
    await before();
    await ways.coupa.group(groupId, group as typeof board);
    const { approvalId } = await ways.submit({ requesterId: rhea, chain: [{ group: groupId }] });
    await stuckFor(approvalId, nobody);
    expect(await ways.holders(approvalId)).toEqual([]);
    await ways.coupa.group(groupId, after as typeof board);
    await ways.looked(approvalId);
    expect(await ways.holders(approvalId)).toEqual([bo]);
    expect(said(await ways.api.press(await ways.card(approvalId, bo)))).toBe('200 approved');
  });

  it('of an approver whose account is inactive, whose delegates have no right of theirs to use', async () => {
    await ways.person(ada, { active: false });
    await ways.delegate({ delegatorId: ada, delegateId: bo });
    const { approvalId } = await ways.submit({ chain: [ada] });
    await stuckFor(approvalId, 'approver is inactive');
    expect(said(await ways.api.press(await ways.referenceFor(approvalId, bo)))).toBe('403 forbidden');
    await ways.expectUnwritten(approvalId);
    expect(await ways.holders(approvalId)).toEqual([]);
    await ways.person(ada, { active: true });
    await ways.looked(approvalId);
    expect(await ways.holders(approvalId)).toEqual([ada, bo]);
  });
});

describe('two active users with one address', () => {
  it('get no card for it, may not decide by it, and the approval goes on once one of them is inactive', async () => {
    await ways.person(cy, { email: addressOf(ada) });
    const { approvalId } = await ways.submit({ chain: [ada] });
    await stuckFor(approvalId, shared);
    expect(await ways.holders(approvalId)).toEqual([]);
    for (const who of [ada, cy]) {
      expect(said(await ways.api.press(await ways.referenceFor(approvalId, who)))).toBe('403 forbidden');
    }
    // Nobody was shown anything yet, except by these look-ups.
    expect(said(await ways.api.press(approvalId, { email: addressOf(ada) }))).toBe('403 forbidden');
    await ways.expectUnwritten(approvalId);

    await ways.person(cy, { active: false });
    await ways.looked(approvalId);
    expect(await ways.holders(approvalId)).toEqual([ada]);
    expect(said(await ways.api.press(await ways.card(approvalId, ada)))).toBe('200 approved');
  });

  it('that came to have one after the card went out may not decide either, by card or by address (P4)', async () => {
    const { approvalId } = await ways.submit({ chain: [ada] });
    const reference = await ways.card(approvalId, ada);
    await ways.person(cy, { email: addressOf(ada).toUpperCase() });
    expect(said(await ways.api.press(reference))).toBe('403 forbidden');
    await stuckFor(approvalId, shared);
    expect(said(await ways.api.press(approvalId, { email: addressOf(ada) }))).toBe('403 forbidden');
    await ways.expectUnwritten(approvalId);

    await ways.person(cy, { email: addressOf(cy) });
    await ways.looked(approvalId);
    expect(said(await ways.api.press(await ways.card(approvalId, ada, 2)))).toBe('200 approved');
  });

  it('leave the others of a group asked, who may decide', async () => {
    await ways.person(rhea, { email: addressOf(bo) });
    await ways.coupa.group(70, { ...board, userIds: [bo, cy] });
    const { approvalId } = await ways.submit({ requesterId: ada, chain: [{ group: 70 }] });
    const reference = await ways.card(approvalId, cy);
    expect(await ways.pressOf(approvalId, bo)).toEqual(['403 forbidden', '403 forbidden']);
    await ways.expectUnwritten(approvalId);
    expect(await ways.holders(approvalId)).toEqual([cy]);
    expect(said(await ways.api.press(reference))).toBe('200 approved');
  });
});
