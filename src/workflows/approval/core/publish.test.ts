import { describe, expect, it } from 'vitest';
import { memoAtStart } from '../../../contract/approval.ts';
import { attributesOf, detailsOf, memoOf, recordOf } from './publish.ts';
import { ana, askedCore, at, ben, cardOf, cho, decision, feed, newCore, standing } from './test-values.ts';

const core = askedCore('100.50', [ana, ben]);
const press = decision({ card: cardOf(core, ana.id) });
const deciding = feed(core, { kind: 'pressed', decision: press }).core;
const troubled = feed(deciding, {
  kind: 'carryFailed',
  problem: { type: 'timeout', message: 'timeout' },
}).core;
const closed = feed(deciding, {
  kind: 'settled',
  result: { kind: 'carriedOut', standing: standing() },
}).core;

describe('search attributes', () => {
  it('hold ids, state and amount, and nobody’s name or address (P9)', () => {
    expect(attributesOf(core)).toEqual({
      state: 'asked',
      requester: String(cho.id),
      approvers: ['1', '2'],
      amount: 100.5,
      currency: 'EUR',
      reminders: 0,
    });
  });

  it('are empty while nothing is known, and without an amount that is no number', () => {
    expect(attributesOf(newCore)).toEqual({
      state: 'waiting',
      requester: null,
      approvers: [],
      amount: null,
      currency: null,
      reminders: 0,
    });
    expect(attributesOf(askedCore('a lot')).amount).toBeNull();
  });

  it('say deciding only once a decision meets trouble', () => {
    expect(attributesOf(deciding).state).toBe('asked');
    expect(attributesOf(troubled).state).toBe('deciding');
  });
});

describe('the memo', () => {
  it('is of an approval that nobody has looked at what its workflow was started with, so that no event is spent', () => {
    expect(JSON.stringify(memoOf(newCore))).toBe(JSON.stringify(memoAtStart(newCore)));
  });

  it('is the flat row, the facts, and who was asked with which cards', () => {
    expect(memoOf(core)).toEqual({
      state: 'asked',
      factsHash: 'hash-100.50',
      asked: [
        { userId: 1, cards: [cardOf(core, 1)] },
        { userId: 2, cards: [cardOf(core, 2)] },
      ],
      row: {
        id: 7,
        'approvable-id': 70,
        'approvable-type': 'RequisitionHeader',
        status: 'pending_approval',
        'updated-at': null,
        state: 'asked',
        title: 'Chairs',
        requester: 'Cho Lin',
        total: '100.50',
        currency: 'EUR',
        'submitted-at': null,
      },
    });
  });

  it('has a row before anything is known', () => {
    expect(memoOf(newCore)).toMatchObject({ asked: [], row: { title: null, requester: null, total: null } });
    expect(memoOf(newCore)).not.toHaveProperty('factsHash');
  });

  it('says what stands in the way', () => {
    expect(memoOf(troubled).stuckReason).toBe('timeout');
  });

  it('says how it ended, in Coupa’s word where somebody else decided', () => {
    expect(memoOf(closed)).toMatchObject({ outcome: 'approved', asked: [], row: { status: 'approved' } });
    const elsewhere = { ...core, coupaStatus: 'rejected' };
    expect(memoOf(elsewhere).row.status).toBe('rejected');
    const { outcome, ...unnamed } = closed;
    expect(outcome).toBe('approved');
    expect(memoOf(unnamed).row.status).toBe('');
  });

  it('names the three newest cards of a person', () => {
    const looked = ['l1', 'l2', 'l3'].map((cardId) => ({
      kind: 'lookedUp' as const,
      lookUp: { cardId, userId: ana.id, factsHash: 'hash-100.50' },
    }));
    expect(memoOf(feed(core, ...looked).core).asked[0]).toEqual({ userId: 1, cards: ['l1', 'l2', 'l3'] });
  });
});

describe('the record', () => {
  it('tells the whole story of a closed approval', () => {
    expect(recordOf({ ...closed, coupaStatus: 'approved' })).toEqual({
      approvalId: 7,
      requisitionId: 70,
      state: 'closed',
      outcome: 'approved',
      standing: standing(),
      coupaStatus: 'approved',
      approvers: [ana, ben],
      cards: closed.cards,
      queue: [],
      answers: { d1: { kind: 'carriedOut', standing: standing() } },
      reminders: 0,
      timeline: closed.timeline,
    });
  });

  it('says what stands in the way, and leaves out what is not known', () => {
    expect(recordOf(troubled)).toMatchObject({ state: 'deciding', stuckReason: 'timeout', queue: [press] });
    for (const key of ['stuckReason', 'outcome', 'standing', 'coupaStatus']) {
      expect(recordOf(core)).not.toHaveProperty(key);
    }
  });
});

describe('the details', () => {
  it('open with the state, and end with the newest dozen lines of the story', () => {
    const timeline = Array.from({ length: 20 }, (_, index) => ({ at, text: `line ${index}` }));
    const [head, ...lines] = detailsOf({ ...closed, timeline }).split('\n');
    expect(head).toBe('**Approval 7 of requisition 70: closed** approved');
    expect(lines).toHaveLength(12);
    expect(lines.at(-1)).toBe(`- ${at} line 19`);
    expect(detailsOf(troubled).split('\n')[0]).toBe('**Approval 7 of requisition 70: deciding** timeout');
    expect(detailsOf(newCore)).toBe('**Approval 7 of requisition 70: waiting** ');
  });
});
