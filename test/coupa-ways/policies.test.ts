import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { ada, addressOf, bo, cy, di, rhea, said, startWays, type Ways } from '../support/coupa-ways.ts';

let ways: Ways;
beforeAll(async () => {
  ways = await startWays({ policy: { skipGroups: true, allowSelfApproval: true } });
});
afterEach(() => ways.reset());
afterAll(() => ways.stop());

describe('SKIP_GROUPS=on', () => {
  it('lists what waits for a group and messages nobody; a member decides by look-up', async () => {
    await ways.coupa.group(41, { name: 'Finance Board', userIds: [bo, cy] });
    const { requisitionId, approvalId } = await ways.submit({ chain: [{ group: 41 }] });
    await ways.api.waitFor(approvalId, { state: 'listed' });
    await ways.looked(approvalId);
    expect(await ways.pressOf(approvalId, di)).toEqual([expect.stringMatching(/^4/), '403 forbidden']);
    await ways.expectUnwritten(approvalId);

    const row = await ways.lookUp(approvalId, cy);
    expect(row).toMatchObject({ 'approvable-id': requisitionId, state: 'listed' });
    expect(said(await ways.api.press(row.reference))).toBe('200 approved');
    expect(await ways.noteOn(requisitionId, approvalId)).toContain(
      'Cy Nod cy.nod@example.test for Finance Board',
    );
    await ways.settled(approvalId);
    expect(await ways.holders(approvalId)).toEqual([]);
    for (const member of [bo, cy]) expect(await ways.noticesTo(member, requisitionId)).toEqual([]);
  });

  it('does not take a bare id for what nobody was shown (P4)', async () => {
    await ways.coupa.group(42, { name: 'Finance Board', userIds: [bo] });
    const { approvalId } = await ways.submit({ chain: [{ group: 42 }] });
    await ways.api.waitFor(approvalId, { state: 'listed' });
    expect(said(await ways.api.press(approvalId, { email: addressOf(bo) }))).toBe('409 changed');
    await ways.expectUnwritten(approvalId);
  });

  it('asks single approvers as before', async () => {
    const { approvalId } = await ways.submit({ chain: [ada] });
    expect(said(await ways.api.press(await ways.card(approvalId, ada)))).toBe('200 approved');
  });
});

describe('ALLOW_SELF_APPROVAL=on lets somebody decide what they asked for', () => {
  it('as the approver', async () => {
    const { requisitionId, approvalId } = await ways.submit({ requesterId: ada, chain: [ada] });
    expect(said(await ways.api.press(await ways.card(approvalId, ada)))).toBe('200 approved');
    expect((await ways.coupa.requisition(requisitionId)).status).toBe('approved');
  });

  it('as a delegate', async () => {
    await ways.delegate({ delegatorId: ada, delegateId: rhea });
    const { requisitionId, approvalId } = await ways.submit({ requesterId: rhea, chain: [ada] });
    await ways.card(approvalId, ada);
    expect(said(await ways.api.press(await ways.card(approvalId, rhea)))).toBe('200 approved');
    expect(await ways.noteOn(requisitionId, approvalId)).toContain('Rhea Quester');
  });

  it('as a member of the group', async () => {
    await ways.coupa.group(43, { name: 'Finance Board', userIds: [rhea, bo] });
    const { approvalId } = await ways.submit({ requesterId: rhea, chain: [{ group: 43 }] });
    await ways.api.waitFor(approvalId, { state: 'listed' });
    const { reference } = await ways.lookUp(approvalId, rhea);
    expect((await ways.api.press(reference)).body).toMatchObject({
      status: 'approved',
      decision: { by: rhea },
    });
  });
});
