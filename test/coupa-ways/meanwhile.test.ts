import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { ada, addressOf, bo, said, startWays, type Ways } from '../support/coupa-ways.ts';

let ways: Ways;
beforeAll(async () => {
  ways = await startWays();
});
afterEach(() => ways.reset());
afterAll(() => ways.stop());

const line = { description: 'Laptop', quantity: '2', unitPrice: '1000.00' };
const priced = (unitPrice: string) => ({ lines: [{ ...line, unitPrice }] });
const changedHead = 'Changed since you were asked';

interface Asked {
  readonly requisitionId: number;
  readonly approvalId: number;
}

async function asked(chain: readonly unknown[] = [ada]): Promise<Asked & { readonly reference: string }> {
  const { requisitionId, approvalId } = await ways.submit({ chain, lines: [line] });
  return { requisitionId, approvalId, reference: await ways.card(approvalId, ada) };
}

interface Ending {
  readonly name: string;
  act(asked: Asked): Promise<unknown>;
  readonly outcome: string;
  /** What whoever held the card is told. */
  readonly told: string;
  /** What a press of the card is answered, before and after it was noticed. */
  readonly pressed: string;
  /** Who is asked next. */
  readonly next?: number;
}

/** How an approval ends without us. */
const endings: readonly Ending[] = [
  {
    name: 'approved in Coupa by the approver',
    act: ({ approvalId }) => ways.coupa.decide(approvalId, { action: 'approve', userId: ada }),
    outcome: 'decidedElsewhere',
    told: 'was decided in Coupa: Approved',
    pressed: '409 decided',
    next: bo,
  },
  {
    name: 'sent back in Coupa by the approver',
    act: ({ approvalId }) => ways.coupa.decide(approvalId, { action: 'reject', userId: ada, reason: 'no' }),
    outcome: 'decidedElsewhere',
    told: 'was decided in Coupa: Rejected',
    pressed: '409 decided',
  },
  {
    name: 'escalated to a new row',
    act: ({ approvalId }) => ways.coupa.escalate(approvalId, { toUserId: bo, newRow: true }),
    outcome: 'decidedElsewhere',
    told: 'has ended in Coupa: Escalated',
    pressed: '409 decided',
    next: bo,
  },
  {
    name: 'skipped',
    act: ({ approvalId }) => ways.coupa.skip(approvalId),
    outcome: 'decidedElsewhere',
    told: 'has ended in Coupa: Skipped',
    pressed: '409 decided',
    next: bo,
  },
  {
    name: 'withdrawn',
    act: ({ requisitionId }) => ways.coupa.withdraw(requisitionId),
    outcome: 'withdrawn',
    told: 'is no longer waiting for approval',
    pressed: '409 withdrawn',
  },
];

/** The next approver was asked by a card of their own, once. */
async function expectNext({ requisitionId, approvalId }: Asked, next: number): Promise<void> {
  const following = (await ways.coupa.requisition(requisitionId)).currentApprovalId ?? 0;
  expect(following).not.toBe(approvalId);
  const reference = await ways.card(following, next);
  await ways.looked(following);
  expect(await ways.holders(following)).toEqual([next]);
  expect(said(await ways.api.press(reference))).toBe('200 approved');
}

describe('a requisition that waits for Ada, then Bo, and is', () => {
  it.each(endings)('$name, which a poll finds: Ada is told once', async (ending) => {
    const found = await asked([ada, bo]);
    const { requisitionId, approvalId, reference } = found;
    await ending.act(found);
    const outcome = await ways.pollUntil(
      'the end',
      async () => (await ways.api.show(approvalId)).body['outcome'],
    );
    expect(outcome).toBe(ending.outcome);
    await ways.settled(approvalId);
    expect(await ways.noticesTo(ada, requisitionId)).toEqual([expect.stringContaining(ending.told)]);
    expect(said(await ways.api.press(reference))).toBe(ending.pressed);
    await ways.expectUnwritten(approvalId);
    expect(await ways.holders(approvalId)).toEqual([ada]);
    if (ending.next !== undefined) await expectNext(found, ending.next);
  });

  it.each(endings)(
    '$name, which a press finds: the answer says so, and is all that Ada hears',
    async (ending) => {
      const found = await asked([ada, bo]);
      const { requisitionId, approvalId, reference } = found;
      await ending.act(found);
      expect(said(await ways.api.press(reference))).toBe(ending.pressed);
      await ways.api.waitFor(approvalId, { outcome: ending.outcome });
      await ways.settled(approvalId);
      expect(await ways.noticesTo(ada, requisitionId)).toEqual([]);
      await ways.expectUnwritten(approvalId);
      if (ending.next !== undefined) await expectNext(found, ending.next);
    },
  );
});

describe('a row that is escalated in place', () => {
  it('asks the new approver, and tells the old one once, who may not decide any more', async () => {
    const { requisitionId, approvalId, reference } = await asked();
    await ways.coupa.escalate(approvalId, { toUserId: bo });
    await ways.looked(approvalId);
    await ways.looked(approvalId);
    expect(await ways.holders(approvalId)).toEqual([ada, bo]);
    expect(await ways.noticesTo(ada, requisitionId)).toEqual([
      expect.stringContaining('is no longer waiting for your decision'),
    ]);
    expect(said(await ways.api.press(reference))).toBe('403 forbidden');
    expect(said(await ways.api.press(approvalId, { email: addressOf(ada) }))).toBe('403 forbidden');
    await ways.expectUnwritten(approvalId);
    expect(said(await ways.api.press(await ways.card(approvalId, bo)))).toBe('200 approved');
    expect(await ways.cardText(approvalId, bo)).not.toContain(changedHead);
  });

  it('is found by a poll although no date moved', async () => {
    const { approvalId } = await asked();
    await ways.coupa.escalate(approvalId, { toUserId: bo });
    await ways.pollUntil('the card of the new approver', async () =>
      (await ways.holders(approvalId)).includes(bo),
    );
  });

  it('refuses the old approver who presses before it was noticed, and then asks the new one', async () => {
    const { requisitionId, approvalId, reference } = await asked();
    await ways.coupa.escalate(approvalId, { toUserId: bo });
    expect(said(await ways.api.press(reference))).toBe('403 forbidden');
    await ways.expectUnwritten(approvalId);
    expect(said(await ways.api.press(await ways.card(approvalId, bo)))).toBe('200 approved');
    await ways.settled(approvalId);
    expect(await ways.noticesTo(ada, requisitionId)).toEqual([]);
  });
});

describe('a requisition that is edited while it waits', () => {
  it('brings a new card that says what was and is, with the line; the old one is refused', async () => {
    const { requisitionId, approvalId, reference } = await asked();
    await ways.coupa.edit(requisitionId, priced('1200.00'));
    await ways.looked(approvalId);
    const text = await ways.cardText(approvalId, ada, 2);
    expect(text).toContain(changedHead);
    expect(text).toContain('was USD 2,000.00, now USD 2,400.00: total');
    expect(text).toContain('was USD 1,000.00, now USD 1,200.00: line 1 unit price (Laptop)');
    const old = await ways.api.press(reference);
    expect(said(old)).toBe('409 changed');
    expect(old.body.changes).toContainEqual({ what: 'unitPrice', line: 1, was: '1000', now: '1200' });
    expect(said(await ways.api.press(approvalId, { email: addressOf(ada) }))).toBe('409 changed');
    await ways.expectUnwritten(approvalId);
    expect(await ways.noticesTo(ada, requisitionId)).toEqual([]);
    expect(await ways.holders(approvalId)).toEqual([ada, ada]);
    expect(said(await ways.api.press(await ways.card(approvalId, ada, 2)))).toBe('200 approved');
  });

  it('is found edited by a poll', async () => {
    const { requisitionId, approvalId } = await asked();
    await ways.coupa.edit(requisitionId, { lines: [line, { ...line, description: 'Docking station' }] });
    await ways.pollUntil('another card', async () => (await ways.holders(approvalId)).length > 1);
    expect(await ways.cardText(approvalId, ada, 2)).toContain('line 2 is new: Docking station');
  });

  it('back to what it was before anybody noticed, brings no other card, and the first one counts', async () => {
    const { requisitionId, approvalId, reference } = await asked();
    await ways.coupa.edit(requisitionId, priced('1200.00'));
    await ways.coupa.edit(requisitionId, priced('1000.00'));
    await ways.poll();
    await ways.looked(approvalId);
    expect(await ways.holders(approvalId)).toEqual([ada]);
    expect(said(await ways.api.press(reference))).toBe('200 approved');
  });

  it('back to what it was after the new card, brings a third, and the second is refused', async () => {
    const { requisitionId, approvalId } = await asked();
    await ways.coupa.edit(requisitionId, priced('1200.00'));
    await ways.looked(approvalId);
    const second = await ways.card(approvalId, ada, 2);
    await ways.coupa.edit(requisitionId, priced('1000.00'));
    await ways.looked(approvalId);
    expect(await ways.cardText(approvalId, ada, 3)).toContain('was USD 2,400.00, now USD 2,000.00: total');
    expect(said(await ways.api.press(second))).toBe('409 changed');
    await ways.expectUnwritten(approvalId);
    expect(said(await ways.api.press(await ways.card(approvalId, ada, 3)))).toBe('200 approved');
    expect(await ways.holders(approvalId)).toEqual([ada, ada, ada]);
  });

  it('in what no decision rests on (accounting, title), brings no other card', async () => {
    const { requisitionId, approvalId, reference } = await asked();
    await ways.coupa.edit(requisitionId, {
      title: 'Another title',
      lines: [{ ...line, account: 'HQ-IT-Equipment' }],
    });
    await ways.poll();
    await ways.looked(approvalId);
    expect(await ways.holders(approvalId)).toEqual([ada]);
    expect(said(await ways.api.press(reference))).toBe('200 approved');
  });
});
