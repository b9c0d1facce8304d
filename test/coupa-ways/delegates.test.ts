import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { ada, addressOf, bo, cy, rhea, said, startWays, type Ways } from '../support/coupa-ways.ts';

let ways: Ways;
beforeAll(async () => {
  ways = await startWays();
});
afterEach(() => ways.reset());
afterAll(() => ways.stop());

/** An approval of Ada's that she was asked about. */
async function adasOwn(body: object = {}) {
  const submitted = await ways.submit({ chain: [ada], ...body });
  return { ...submitted, reference: await ways.card(submitted.approvalId, ada) };
}

describe('an approver alone', () => {
  it('is asked and decides, and the note names nobody else', async () => {
    const { requisitionId, approvalId, reference } = await adasOwn();
    await ways.looked(approvalId);
    expect(await ways.holders(approvalId)).toEqual([ada]);
    expect(said(await ways.api.press(reference))).toBe('200 approved');
    expect(await ways.noteOn(requisitionId, approvalId)).toMatch(
      /^\[cs [0-9a-f]{12}\] Ada Prover ada\.prover@example\.test$/,
    );
  });
});

describe('a delegate in force', () => {
  it('is asked beside the approver and decides for them; the approver is told who did', async () => {
    await ways.delegate({ delegatorId: ada, delegateId: bo });
    const { requisitionId, approvalId, reference } = await adasOwn();
    expect(await ways.cardText(approvalId, bo)).toContain(
      'You are asked for Ada Prover, who has delegated approvals to you.',
    );
    const pressed = await ways.api.press(await ways.card(approvalId, bo), { reason: 'fine' });
    expect(said(pressed)).toBe('200 approved');
    expect(pressed.body.decision).toMatchObject({ action: 'approve', by: bo });
    expect(await ways.noteOn(requisitionId, approvalId)).toMatch(
      /^\[cs [0-9a-f]{12}\] Bo Ss bo\.ss@example\.test for Ada Prover: fine$/,
    );
    await ways.settled(approvalId);
    expect(await ways.noticesTo(ada, requisitionId)).toEqual([
      expect.stringContaining('Bo Ss approved this purchase requisition'),
    ]);
    expect(await ways.noticesTo(bo, requisitionId)).toEqual([]);
    expect(said(await ways.api.press(reference))).toBe('409 decided');
    expect(await ways.writes(approvalId)).toHaveLength(1);
  });

  it('whom the row itself names among its `delegates` is asked and decides', async () => {
    const { requisitionId, approvalId } = await adasOwn();
    await ways.coupa.patchApproval(approvalId, { delegates: [bo] });
    await ways.looked(approvalId);
    expect(await ways.holders(approvalId)).toEqual([ada, bo]);
    expect(said(await ways.api.press(await ways.card(approvalId, bo)))).toBe('200 approved');
    expect(await ways.noteOn(requisitionId, approvalId)).toContain('Bo Ss bo.ss@example.test for Ada Prover');
  });

  it('decides by a bare id and their address', async () => {
    await ways.delegate({ delegatorId: ada, delegateId: bo, endsInS: null });
    const { approvalId } = await adasOwn();
    const pressed = await ways.api.press(approvalId, { email: addressOf(bo) });
    expect(pressed.body).toMatchObject({ status: 'approved', decision: { by: bo } });
  });

  it('decides what the approver asked for themselves, who may not', async () => {
    await ways.delegate({ delegatorId: ada, delegateId: bo });
    const { requisitionId, approvalId } = await ways.submit({ requesterId: ada, chain: [ada] });
    const reference = await ways.card(approvalId, bo);
    expect(await ways.pressOf(approvalId, ada)).toEqual(['403 forbidden', '403 forbidden']);
    await ways.expectUnwritten(approvalId);
    expect(said(await ways.api.press(reference))).toBe('200 approved');
    expect(await ways.holders(approvalId)).toEqual([bo]);
    expect(await ways.noteOn(requisitionId, approvalId)).toContain('for Ada Prover');
  });
});

const toBo = { delegatorId: ada, delegateId: bo };

/** What seems to give Bo a right to a row of Ada's, and does not. */
const nothings: readonly [
  name: string,
  arrange: (approvalId: number) => Promise<unknown>,
  requisition?: object,
][] = [
  ['a stranger', () => Promise.resolve()],
  ['a delegate of another kind than of approvals', () => ways.delegate({ ...toBo, approvals: false })],
  ['a delegate whose delegation has not begun', () => ways.delegate({ ...toBo, startsInS: 3_600 })],
  [
    'a delegate whose delegation is over',
    () => ways.delegate({ ...toBo, startsInS: -7_200, endsInS: -3_600 }),
  ],
  ['a delegate of somebody else', () => ways.delegate({ delegatorId: cy, delegateId: bo })],
  [
    'a delegate of a delegate',
    async () => {
      await ways.delegate({ delegatorId: ada, delegateId: rhea });
      await ways.delegate({ delegatorId: rhea, delegateId: bo });
    },
  ],
  ['who delegated to the approver', () => ways.delegate({ delegatorId: bo, delegateId: ada })],
  [
    'a delegate whose account is inactive',
    async () => {
      await ways.person(bo, { active: false });
      await ways.delegate(toBo);
    },
  ],
  [
    'whom the row names as `delegate` and `delegate-id` alone',
    (id) => ways.coupa.patchApproval(id, { delegateId: bo }),
  ],
  ['a delegate who is the requester', () => ways.delegate(toBo), { requesterId: bo, createdById: rhea }],
  ['a delegate who is the creator', () => ways.delegate(toBo), { requesterId: rhea, createdById: bo }],
  [
    'a requester whom the row names among its `delegates`',
    (id) => ways.coupa.patchApproval(id, { delegates: [bo] }),
    { requesterId: bo },
  ],
];

describe('is neither asked nor entitled, by a bare id or by a reference (P6):', () => {
  it.each(nothings)('%s', async (_, arrange, requisition) => {
    const { approvalId, reference } = await adasOwn(requisition);
    await arrange(approvalId);
    await ways.looked(approvalId);
    expect(await ways.holders(approvalId)).not.toContain(bo);
    expect(await ways.pressOf(approvalId, bo)).toEqual(['403 forbidden', '403 forbidden']);
    await ways.expectUnwritten(approvalId);
    expect(said(await ways.api.press(reference))).toBe('200 approved');
  });
});

describe('a delegation that ends between card and press (P4)', () => {
  it('leaves the delegate with a 403, which tells them, and nothing is written', async () => {
    const delegation = await ways.delegate(toBo);
    const { requisitionId, approvalId, reference } = await adasOwn();
    const stale = await ways.card(approvalId, bo);
    await ways.undelegate(delegation);
    expect(said(await ways.api.press(stale))).toBe('403 forbidden');
    await ways.looked(approvalId);
    expect(said(await ways.api.press(stale))).toBe('403 forbidden');
    await ways.looked(approvalId);
    await ways.expectUnwritten(approvalId);
    expect(await ways.noticesTo(bo, requisitionId)).toEqual([]);
    expect(await ways.noticesTo(ada, requisitionId)).toEqual([]);
    expect(said(await ways.api.press(reference))).toBe('200 approved');
  });

  it('is told to the delegate once when a look finds it first, and the approver keeps the card', async () => {
    const delegation = await ways.delegate(toBo);
    const { requisitionId, approvalId, reference } = await adasOwn();
    const stale = await ways.card(approvalId, bo);
    await ways.undelegate(delegation);
    await ways.looked(approvalId);
    await ways.looked(approvalId);
    expect(await ways.noticesTo(bo, requisitionId)).toEqual([
      expect.stringContaining('is no longer waiting for your decision'),
    ]);
    expect(said(await ways.api.press(stale))).toBe('403 forbidden');
    await ways.expectUnwritten(approvalId);
    expect(await ways.holders(approvalId)).toEqual([ada, bo]);
    expect(said(await ways.api.press(reference))).toBe('200 approved');
  });
});
