import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { ada, addressOf, bo, cy, di, said, startWays, type Ways } from '../support/coupa-ways.ts';
import { until } from '../support/until.ts';

interface ShownRequisition {
  readonly id: number;
  readonly 'current-parallel-approvals'?: unknown;
}

/** Requisitions whose parallel rows take turns: tenants were seen to list rows as pending before their turn. */
const takingTurns = new Set<number>();
const inTurn = (shown: ShownRequisition): ShownRequisition =>
  takingTurns.has(shown.id) ? { ...shown, 'current-parallel-approvals': [] } : shown;

const oneAtATime: typeof fetch = async (request, init) => {
  const answer = await fetch(request, init);
  const { pathname } = new URL(request instanceof Request ? request.url : request);
  if (!answer.ok || !pathname.startsWith('/api/requisitions')) return answer;
  const shown = (await answer.json()) as ShownRequisition | ShownRequisition[];
  return Response.json(Array.isArray(shown) ? shown.map(inTurn) : inTurn(shown));
};

let ways: Ways;
beforeAll(async () => {
  ways = await startWays({}, { fetch: oneAtATime });
});
afterEach(async () => {
  await ways.coupa.settings({ updatedAtNull: false });
  await ways.reset();
});
afterAll(() => ways.stop());

/** The row of a requisition whose turn it is, other than these. */
function nextTurn(requisitionId: number, others: readonly number[]): Promise<number> {
  return until('the next turn', async () => {
    const { currentApprovalId } = await ways.coupa.requisition(requisitionId);
    return currentApprovalId !== null && !others.includes(currentApprovalId) && currentApprovalId;
  });
}

/** Ada and Cy at once, then Di. */
async function parallel() {
  const { requisitionId, approvalIds } = await ways.submit({ chain: [{ parallel: [ada, cy] }, di] });
  const [adas = 0, cys = 0] = approvalIds;
  return {
    requisitionId,
    adas,
    cys,
    byAda: await ways.card(adas, ada),
    byCy: await ways.card(cys, cy),
  };
}

describe('the second in a chain', () => {
  it('is not asked before the first has decided, and then at once, without a poll', async () => {
    const { requisitionId, approvalId } = await ways.submit({ chain: [ada, bo] });
    const reference = await ways.card(approvalId, ada);
    await ways.looked(approvalId);
    const askedEarly = (await ways.moveworks.inbox(addressOf(bo))).filter(({ message }) =>
      message.includes(`Requisition ID</i>: ${requisitionId}`),
    );
    expect(askedEarly).toEqual([]);
    expect(said(await ways.api.press(reference))).toBe('200 approved');
    const next = await nextTurn(requisitionId, [approvalId]);
    expect(said(await ways.api.press(await ways.card(next, bo)))).toBe('200 approved');
    expect((await ways.coupa.requisition(requisitionId)).status).toBe('approved');
    expect(await ways.holders(next)).toEqual([bo]);
  });

  it('whose row Coupa lists as pending already waits without a card, and may not decide before its turn', async () => {
    const { requisitionId, approvalIds } = await ways.coupa.submit({ chain: [{ parallel: [ada, bo] }] });
    const [first = 0, second = 0] = approvalIds;
    takingTurns.add(requisitionId);
    await ways.poll();
    const reference = await ways.card(first, ada);
    await ways.api.waitFor(second, { state: 'waiting' });
    await ways.looked(second);
    expect(await ways.holders(second)).toEqual([]);
    expect(await ways.pressOf(second, bo)).toEqual(['409 changed', '409 refused']);
    await ways.expectUnwritten(second);
    expect(said(await ways.api.press(reference))).toBe('200 approved');
    expect(said(await ways.api.press(await ways.card(second, bo)))).toBe('200 approved');
    expect(await ways.holders(second)).toEqual([bo]);
  });

  it('is asked at once as well when the first decided in Coupa', async () => {
    const { requisitionId, approvalId } = await ways.submit({ chain: [ada, bo] });
    await ways.card(approvalId, ada);
    await ways.coupa.decide(approvalId, { action: 'approve', userId: ada });
    await ways.looked(approvalId);
    const next = await nextTurn(requisitionId, [approvalId]);
    expect(said(await ways.api.press(await ways.card(next, bo)))).toBe('200 approved');
  });
});

describe('two parallel approvers', () => {
  it('are asked at once, decide each their own row, and the chain goes on when both did', async () => {
    const { requisitionId, adas, cys, byAda, byCy } = await parallel();
    expect(said(await ways.api.press(adas, { email: addressOf(cy) }))).toBe('403 forbidden');
    expect(said(await ways.api.press(byCy))).toBe('200 approved');
    await ways.settled(cys);
    expect((await ways.coupa.requisition(requisitionId)).currentApprovalId).toBe(adas);
    expect((await ways.coupa.approval(requisitionId, adas)).status).toBe('pending_approval');
    expect(said(await ways.api.press(byAda))).toBe('200 approved');
    const next = await nextTurn(requisitionId, [adas, cys]);
    expect(said(await ways.api.press(await ways.card(next, di)))).toBe('200 approved');
    expect((await ways.coupa.requisition(requisitionId)).status).toBe('approved');
    for (const approvalId of [adas, cys, next]) {
      expect(await ways.coupa.effects(approvalId)).toHaveLength(1);
      expect(await ways.holders(approvalId)).toHaveLength(1);
    }
  });

  it('who press at the same moment both decide, and the next is asked once', async () => {
    const { requisitionId, adas, cys, byAda, byCy } = await parallel();
    const answers = await Promise.all([ways.api.press(byAda), ways.api.press(byCy)]);
    expect(answers.map(said)).toEqual(['200 approved', '200 approved']);
    const next = await nextTurn(requisitionId, [adas, cys]);
    await ways.card(next, di);
    await Promise.all([ways.settled(adas), ways.settled(cys)]);
    await ways.looked(next);
    expect(await ways.holders(next)).toEqual([di]);
  });

  it(
    'end together when one of them sends it back: the other is told, and may not decide',
    { timeout: 180_000 },
    async () => {
      const { requisitionId, adas, cys, byAda, byCy } = await parallel();
      const rejected = await ways.api.press(byCy, { action: 'reject', reason: 'no' });
      expect(said(rejected)).toBe('200 rejected');
      await ways.pollUntil('a look that misses the row', async () =>
        JSON.stringify((await ways.api.show(adas)).body['timeline']).includes('Not found in Coupa'),
      );
      // One 404 may be an outage: another one a minute later is the end.
      await ways.api.waitFor(adas, { outcome: 'superseded' }, 120_000);
      await ways.settled(adas);
      expect(await ways.noticesTo(ada, requisitionId)).toEqual([
        expect.stringContaining('was submitted anew or replaced'),
      ]);
      expect(said(await ways.api.press(byAda))).toBe('409 superseded');
      await ways.expectUnwritten(adas);
      expect(await ways.coupa.effects(cys)).toHaveLength(1);
    },
  );
});

describe('a pending row', () => {
  it('of a draft gets no card; one comes with the submission', async () => {
    const draft = { submit: false, draftRow: true, chain: [ada] };
    const { requisitionId } = await ways.submit(draft);
    const [row] = (await ways.coupa.requisition(requisitionId)).approvals;
    const draftRow = row?.id ?? 0;
    await ways.api.waitFor(draftRow, { state: 'waiting' });
    await ways.looked(draftRow);
    expect(await ways.holders(draftRow)).toEqual([]);
    expect((await ways.pressOf(draftRow, ada)).map((answer) => answer.slice(0, 3))).toEqual(['409', '409']);
    await ways.expectUnwritten(draftRow);

    const { approvalId } = await ways.coupa.resubmit(requisitionId);
    await ways.poll();
    expect(said(await ways.api.press(await ways.card(approvalId, ada)))).toBe('200 approved');
    expect(await ways.holders(draftRow)).toEqual([]);
  });

  it('without dates is found by a poll, asked and decided', async () => {
    await ways.coupa.settings({ updatedAtNull: true });
    const { approvalId } = await ways.submit({ chain: [ada] });
    const reference = await ways.card(approvalId, ada);
    const { reference: lookedUp, ...row } = await ways.lookUp(approvalId, ada);
    expect(row).toMatchObject({ 'updated-at': null });
    expect(lookedUp).not.toBe(reference);
    expect(said(await ways.api.press(reference))).toBe('200 approved');
  });

  it('whose position changes, with or without a new date, is asked about once', async () => {
    const { requisitionId, approvalId } = await ways.submit({ chain: [ada] });
    const reference = await ways.card(approvalId, ada);
    await ways.coupa.patchApproval(approvalId, { position: 7 });
    await ways.poll();
    await ways.looked(approvalId);
    await ways.coupa.edit(requisitionId, { bump: true });
    await ways.poll();
    await ways.looked(approvalId);
    expect(await ways.holders(approvalId)).toEqual([ada]);
    expect(await ways.noticesTo(ada, requisitionId)).toEqual([]);
    expect(said(await ways.api.press(reference))).toBe('200 approved');
  });
});
