import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { ada, addressOf, apiUser, said, startWays, type Ways } from '../support/coupa-ways.ts';
import { until } from '../support/until.ts';

let ways: Ways;
beforeAll(async () => {
  ways = await startWays({}, { apiLogin: 'chat-approvals-api' });
});
afterEach(async () => {
  await ways.coupa.settings({ dropNotes: false });
  await ways.reset();
});
afterAll(() => ways.stop());

async function asked() {
  const { requisitionId, approvalId } = await ways.submit({ chain: [ada] });
  return { requisitionId, approvalId, reference: await ways.card(approvalId, ada) };
}

const lostAnswers = [
  { action: 'approve', keeps: 'with the note kept', dropNotes: false },
  { action: 'reject', keeps: 'with the note kept', dropNotes: false },
  { action: 'approve', keeps: 'with the note lost as well', dropNotes: true },
  { action: 'reject', keeps: 'with the note lost as well', dropNotes: true },
] as const;

describe('a write whose answer is lost (P5)', () => {
  it.each(lostAnswers)('is carried out once: $action, $keeps', async ({ action, dropNotes }) => {
    const { requisitionId, approvalId, reference } = await asked();
    await ways.coupa.settings({ dropNotes });
    await ways.coupa.fault({ route: action, kind: 'dropAfter', id: approvalId });
    const pressed = await ways.api.press(reference, { action, reason: 'as agreed' });
    expect(pressed.status).toBe(200);
    expect(pressed.body.decision).toMatchObject({ action, by: ada });
    expect(await ways.writes(approvalId)).toHaveLength(1);
    expect(await ways.coupa.effects(approvalId)).toHaveLength(1);
    const note = await ways.noteOn(requisitionId, approvalId);
    expect(note === null).toBe(dropNotes);
    expect(said(await ways.api.press(reference, { action }))).toBe(said(pressed));
  });
});

const elsewhere = 'decidedElsewhere';
/** Who decides in Coupa while an attempt of ours hangs, and what note it leaves. */
const others = [
  { name: 'the approver, without a note', userId: ada, outcome: elsewhere },
  { name: 'the approver, with a note', userId: ada, reason: 'done by hand', outcome: elsewhere },
  { name: 'another program on our API user', userId: apiUser, reason: 'nightly job', outcome: elsewhere },
  // What carries a marker came through here, but it is not the decision that was pressed.
  { name: 'another decision', userId: apiUser, reason: '[cs 0123456789ab] Bo Ss', outcome: 'approved' },
];

describe('a write that had no effect, while somebody else decides in Coupa,', () => {
  it.each(others)('is not taken for ours: $name', async ({ userId, reason, outcome }) => {
    const { requisitionId, approvalId, reference } = await asked();
    await ways.coupa.fault({ route: 'approve', kind: 'dropBefore', id: approvalId, times: 1_000 });
    const pressing = ways.api.press(reference, { prefer: 'wait=30' });
    await until('an attempt', async () => (await ways.writes(approvalId)).length > 0);
    const decision = { action: 'approve', userId, ...(reason === undefined ? {} : { reason }) } as const;
    await ways.coupa.decide(approvalId, decision);
    await ways.coupa.clearFaults();
    const pressed = await pressing;
    expect(said(pressed)).toBe('409 decided');
    expect(pressed.body.decision).toBeUndefined();
    expect(await ways.coupa.effects(approvalId)).toEqual([]);
    expect(await ways.coupa.approval(requisitionId, approvalId)).toMatchObject({
      status: 'approved',
      approvedById: userId,
      note: reason ?? null,
    });
    const ended = await ways.api.waitFor(approvalId, { outcome });
    expect(ended['decision']).toBeUndefined();
  });
});

/** What people type, or paste: everything that has a meaning in a URL, in a query, in markup or in JSON. */
const hostile = `Ναι, 100 % "σύμφωνα" & 'εντάξει' +1 #2 ?a=b&reason=x <b>\\ 👩‍👩‍👧‍👦 🎉\u0000\u0007\r\n\t\u2028%00%0A `;

/** A text of so many characters. */
const longOf = (characters: number) =>
  hostile.repeat(Math.ceil(characters / hostile.length)).slice(0, characters);

/** What was sent as the reason of the one write for this approval. */
async function sentReason(approvalId: number): Promise<string> {
  const [write, ...more] = await ways.writes(approvalId);
  expect(more).toEqual([]);
  const query = Object.entries(write?.query ?? {}).map(
    ([name, value]) => `${name}=${encodeURIComponent(value)}`,
  );
  expect(Buffer.byteLength(query.join('&'))).toBeLessThanOrEqual(2_000);
  return write?.query['reason'] ?? '';
}

/** A note as Coupa is to hold it: marker and person whole, then as much of the reason as fits, on one line. */
const noteShape =
  /^\[cs [0-9A-Za-z]{12}\] Ada Prover ada\.prover@example\.test: Ναι, 100 % "σύμφωνα" & 'εντάξει' \+1/;

describe('a reason', () => {
  it.each(['approve', 'reject'] as const)(
    'of any text goes into the note as it is, but for what breaks lines: %s',
    async (action) => {
      const { requisitionId, approvalId, reference } = await asked();
      const pressed = await ways.api.press(reference, { action, reason: hostile });
      expect(pressed.status).toBe(200);
      const note = await ways.noteOn(requisitionId, approvalId);
      expect(note).toMatch(noteShape);
      expect(note).toContain(`#2 ?a=b&reason=x <b>\\ 👩‍👩‍👧‍👦 🎉`);
      expect(note?.trimEnd().endsWith('%00%0A')).toBe(true);
      expect(note).not.toMatch(/[\p{Cc}\u2028]/u);
      expect(await sentReason(approvalId)).toBe(note);
    },
  );

  it('of 5,000 characters is shortened, with the marker whole', async () => {
    const { requisitionId, approvalId, reference } = await asked();
    const pressed = await ways.api.press(reference, { reason: longOf(5_000) });
    expect(said(pressed)).toBe('200 approved');
    const note = await ways.noteOn(requisitionId, approvalId);
    expect(note).toMatch(noteShape);
    expect(note).toMatch(/…$/);
    expect(await sentReason(approvalId)).toBe(note);
  });

  it('longer than the interface takes is refused, and nothing is written', async () => {
    const { approvalId, reference } = await asked();
    expect((await ways.api.press(reference, { reason: longOf(10_001) })).status).toBe(422);
    await ways.expectUnwritten(approvalId);
  });
});

describe('a refusal of Coupa’s', () => {
  it.each(['approve', 'reject'] as const)(
    'on %s is answered in its words; the approval stays open, and a later press works',
    async (action) => {
      const { requisitionId, approvalId, reference } = await asked();
      await ways.coupa.refuse(requisitionId, 'Budget line 7 is closed.', action);
      const refused = await ways.api.press(reference, { action, reason: 'please' });
      expect(said(refused)).toBe('409 refused');
      expect(refused.body.words).toEqual(['Budget line 7 is closed.']);
      await ways.settled(approvalId);
      const { body } = await ways.api.show(approvalId);
      expect(body['state']).toBe('asked');
      expect(JSON.stringify(body['timeline'])).toMatch(
        new RegExp(`Pressed: ${action}, by Coupa user 201.*Coupa refused the decision`),
      );
      expect(await ways.coupa.effects(approvalId)).toEqual([]);
      expect(await ways.holders(approvalId)).toEqual([ada]);

      await ways.coupa.refuse(requisitionId, null);
      const pressed = await ways.api.press(reference, { action, reason: 'please' });
      expect(pressed.status).toBe(200);
      expect(await ways.coupa.effects(approvalId)).toHaveLength(1);
    },
  );

  it('on approving leaves the way to send it back', async () => {
    const { requisitionId, approvalId, reference } = await asked();
    await ways.coupa.refuse(requisitionId, 'Budget line 7 is closed.', 'approve');
    expect(said(await ways.api.press(reference))).toBe('409 refused');
    const pressed = await ways.api.press(reference, { action: 'reject', reason: 'no budget' });
    expect(said(pressed)).toBe('200 rejected');
    expect(await ways.coupa.effects(approvalId)).toHaveLength(1);
    expect((await ways.coupa.requisition(requisitionId)).status).toBe('draft');
  });
});

describe('an expense report whose id is that of a requisition', () => {
  it('gets no workflow and no card, and nothing is ever written to it, whatever is pressed', async () => {
    const { requisitionId, approvalId: own, reference } = await asked();
    const { approvals } = await ways.coupa.documents({ type: 'ExpenseReport', count: 50, approverId: ada });
    const foreign = approvals.find(({ documentId }) => documentId === requisitionId)?.approvalId ?? 0;
    expect(foreign).toBeGreaterThan(own);
    await ways.poll();
    await expect(ways.handleOf(foreign).describe()).rejects.toMatchObject({ name: 'WorkflowNotFoundError' });
    for (const action of ['approve', 'reject'] as const) {
      const pressed = await ways.api.press(foreign, { action, email: addressOf(ada), reason: 'mine' });
      expect(said(pressed)).toBe('404 not-found');
    }
    expect(await ways.holders(foreign)).toEqual([]);

    expect(said(await ways.api.press(reference))).toBe('200 approved');
    await ways.settled(own);
    for (const { approvalId } of approvals) await ways.expectUnwritten(approvalId);
    const { documents } = await ways.coupa.state();
    expect(documents.map(({ status }) => status)).toEqual(approvals.map(() => 'pending_approval'));
  });
});
