import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import {
  ada,
  addressOf,
  bo,
  cher,
  cy,
  di,
  neda,
  ollie,
  pat,
  rhea,
  said,
  startWays,
  type Ways,
} from '../support/coupa-ways.ts';

const groupAskMax = 5;

let ways: Ways;
beforeAll(async () => {
  ways = await startWays({ policy: { groupAskMax } });
});
afterEach(() => ways.reset());
afterAll(() => ways.stop());

let lastGroup = 40;
/** A requisition that waits for a group of these people. */
async function waitsFor(userIds: number[], body: object = {}) {
  lastGroup += 1;
  await ways.coupa.group(lastGroup, { name: 'Finance Board', userIds });
  const submitted = await ways.submit({ requesterId: rhea, chain: [{ group: lastGroup }], ...body });
  return { ...submitted, groupId: lastGroup };
}

describe('a group', () => {
  it('is asked whole, its first decision counts, and the others learn who decided', async () => {
    const { requisitionId, approvalId } = await waitsFor([bo, cy, di]);
    const [byBo, byCy] = [await ways.card(approvalId, bo), await ways.card(approvalId, cy)];
    const text = await ways.cardText(approvalId, di);
    expect(text).toContain('You are asked as a member of Finance Board.');
    expect(text).toContain('Bo Ss and Cy Nod may decide this as well: the first decision counts.');

    expect((await ways.api.press(byCy)).body).toMatchObject({ status: 'approved', decision: { by: cy } });
    expect(await ways.noteOn(requisitionId, approvalId)).toMatch(
      /^\[cs [0-9a-f]{12}\] Cy Nod cy\.nod@example\.test for Finance Board$/,
    );
    await ways.settled(approvalId);
    for (const other of [bo, di]) {
      expect(await ways.noticesTo(other, requisitionId)).toEqual([
        expect.stringContaining('Cy Nod approved this purchase requisition'),
      ]);
    }
    expect(await ways.noticesTo(cy, requisitionId)).toEqual([]);
    const late = await ways.api.press(byBo, { action: 'reject', reason: 'too late' });
    expect(said(late)).toBe('409 decided');
    expect(late.body.decision).toMatchObject({ action: 'approve', by: cy });
    expect(await ways.writes(approvalId)).toHaveLength(1);
    expect(await ways.holders(approvalId)).toEqual([bo, cy, di]);
  });

  it('whose members press at the same moment is decided once (P2)', async () => {
    const { requisitionId, approvalId } = await waitsFor([bo, cy]);
    const references = [await ways.card(approvalId, bo), await ways.card(approvalId, cy)];
    const answers = await Promise.all(references.map((reference) => ways.api.press(reference)));
    expect(answers.map(said).toSorted()).toEqual(['200 approved', '409 decided']);
    const [one, other] = answers.map(({ body }) => body.decision?.by);
    expect(one).toBe(other);
    expect(await ways.coupa.effects(approvalId)).toHaveLength(1);
    expect((await ways.coupa.requisition(requisitionId)).status).toBe('approved');
  });

  it('beyond the limit is asked in part: the cards name the others, and one of those decides by look-up', async () => {
    const members = [pat, ollie, neda, ada, bo, cy, di, cher];
    const { requisitionId, approvalId } = await waitsFor(members);
    const asked = members.slice(0, groupAskMax);
    for (const userId of asked) {
      const text = await ways.cardText(approvalId, userId);
      expect(text).toContain('Cy Nod, Di Rector and Cher Chief may decide this as well');
    }
    await ways.looked(approvalId);
    expect(await ways.holders(approvalId)).toEqual(asked);

    const { reference } = await ways.lookUp(approvalId, cher);
    expect((await ways.api.press(reference)).body).toMatchObject({
      status: 'approved',
      decision: { by: cher },
    });
    await ways.settled(approvalId);
    for (const userId of members) {
      const told = expect.stringContaining('Cher Chief approved this purchase requisition') as string;
      expect(await ways.noticesTo(userId, requisitionId)).toEqual(asked.includes(userId) ? [told] : []);
    }
  });

  it('lets a member whom the limit left unasked decide by a bare id', async () => {
    const { approvalId } = await waitsFor([pat, ollie, neda, ada, bo, cher]);
    await ways.card(approvalId, bo);
    const pressed = await ways.api.press(approvalId, { email: addressOf(cher) });
    expect(pressed.body).toMatchObject({ status: 'approved', decision: { by: cher } });
  });

  it('that somebody joins asks them as well, and whoever leaves it is told and may not decide', async () => {
    const { requisitionId, approvalId, groupId } = await waitsFor([bo, cy]);
    const stale = await ways.card(approvalId, bo);
    await ways.card(approvalId, cy);
    await ways.coupa.group(groupId, { name: 'Finance Board', userIds: [cy, di] });
    await ways.looked(approvalId);
    expect(await ways.holders(approvalId)).toEqual([bo, cy, di]);
    expect(await ways.noticesTo(bo, requisitionId)).toEqual([
      expect.stringContaining('is no longer waiting for your decision'),
    ]);
    expect(said(await ways.api.press(stale))).toBe('403 forbidden');
    await ways.expectUnwritten(approvalId);
    expect(said(await ways.api.press(await ways.card(approvalId, di)))).toBe('200 approved');
  });
});

/** Who is named where a group is, and has no right to decide. Bo is the member who has one. */
const nothings: readonly [name: string, userIds: number[], who: number, requisition?: object][] = [
  ['a stranger', [bo, cy], cher],
  ['a member whose account is inactive', [bo, cy, di], di],
  ['a member who is the requester', [bo, cy, di], di, { requesterId: di, createdById: rhea }],
  ['a member who is the creator', [bo, cy, di], di, { requesterId: rhea, createdById: di }],
  ['somebody to whom a member delegated', [bo, cy], di],
];

describe('of a group is neither asked nor entitled, by a bare id or by a reference (P6):', () => {
  it.each(nothings)('%s', async (name, userIds, who, requisition) => {
    if (name.endsWith('inactive')) await ways.person(who, { active: false });
    if (name.endsWith('delegated')) await ways.delegate({ delegatorId: bo, delegateId: who });
    const { approvalId } = await waitsFor(userIds, requisition);
    const reference = await ways.card(approvalId, bo);
    await ways.looked(approvalId);
    expect(await ways.holders(approvalId)).toEqual([bo, cy]);
    expect(await ways.pressOf(approvalId, who)).toEqual(['403 forbidden', '403 forbidden']);
    await ways.expectUnwritten(approvalId);
    expect(said(await ways.api.press(reference))).toBe('200 approved');
  });
});
