import { describe, expect, it } from 'vitest';
import { differenceKey, differs, type Known, type Seen } from './difference.ts';

const policy = 'p1';
const asked: Known = { state: 'asked', factsHash: 'f1', policy };
const listed: Known = { ...asked, state: 'listed' };
const waiting: Known = { ...asked, state: 'waiting' };
const stuck: Known = { ...asked, state: 'stuck' };
const itsTurn: Seen = { status: 'pending_approval', isTurn: true, factsHash: 'f1' };
const notItsTurn: Seen = { ...itsTurn, isTurn: false };
const withdrawn: Seen = { ...notItsTurn, status: 'withdrawn' };
const edited: Seen = { ...itsTurn, factsHash: 'f2' };

describe('a look brings something new', () => {
  it.each<[claim: string, known: Known, seen: Seen]>([
    ['when the requisition of an asked approval was withdrawn', asked, withdrawn],
    ['when the requisition of a listed approval was withdrawn', listed, withdrawn],
    ['when the requisition of a stuck approval was withdrawn', stuck, withdrawn],
    [
      'when the requisition is a draft again but still names the approval',
      asked,
      { ...itsTurn, status: 'draft' },
    ],
    ['when it became the turn of a waiting approval', waiting, itsTurn],
    ['when it is no longer the turn of an asked approval', asked, notItsTurn],
    ['when it is no longer the turn of a listed approval', listed, notItsTurn],
    ['when the facts of an asked approval changed', asked, edited],
    ['when the facts of a listed approval changed', listed, edited],
    ['when the facts of a waiting approval changed', waiting, { ...edited, isTurn: false }],
    ['when the facts of a stuck approval changed', stuck, edited],
    [
      'when an asked approval is somebody else’s now',
      { ...asked, approverId: 201 },
      { ...itsTurn, approverId: 202 },
    ],
    [
      'when a stuck approval is somebody else’s now',
      { ...stuck, approverId: 201 },
      { ...itsTurn, approverId: 202 },
    ],
    ['when the requisition of an asked approval is gone', asked, 'gone'],
    ['when the requisition of a waiting approval is gone', waiting, 'gone'],
    ['when the requisition of an approval that is stuck since its start is gone', { state: 'stuck' }, 'gone'],
    ['when it is the turn of an approval that Coupa never let look', { state: 'stuck' }, itsTurn],
    ['when the last look applied another policy', { ...asked, policy: 'p0' }, itsTurn],
    [
      'when the last look at a waiting approval applied another policy',
      { ...waiting, policy: 'p0' },
      notItsTurn,
    ],
  ])('%s', (_, known, seen) => {
    expect(differs(known, seen, policy)).toBe(true);
  });
});

describe('a look brings nothing new', () => {
  it.each<[claim: string, known: Known, seen: Seen]>([
    ['when it still is the turn of an asked approval', asked, itsTurn],
    ['when it still is the turn of a listed approval', listed, itsTurn],
    [
      'when an asked approval still is the same person’s',
      { ...asked, approverId: 201 },
      { ...itsTurn, approverId: 201 },
    ],
    ['when Coupa does not say whose an asked approval is', { ...asked, approverId: 201 }, itsTurn],
    ['when the last look did not say whose it was', asked, { ...itsTurn, approverId: 201 }],
    ['when a waiting approval still is not on', waiting, notItsTurn],
    ['when the requisition of a waiting approval is no longer submitted', waiting, withdrawn],
    ['when a draft names a waiting approval as its current one', waiting, { ...itsTurn, status: 'draft' }],
    ['when a stuck approval still is pending, whosever turn it is', stuck, notItsTurn],
    ['when a stuck approval has never been seen', { state: 'stuck' }, withdrawn],
    ['when the workflow says of no policy which it applied', { state: 'asked', factsHash: 'f1' }, itsTurn],
    ['when the workflow has not looked for the first time yet', { state: 'waiting' }, itsTurn],
    [
      'when a decision is being carried out, and reads Coupa itself',
      { ...asked, state: 'deciding' },
      withdrawn,
    ],
    ['when a decision is being carried out on what is gone', { ...asked, state: 'deciding' }, 'gone'],
    ['when the approval has closed', { ...asked, state: 'closed' }, 'gone'],
  ])('%s', (_, known, seen) => {
    expect(differs(known, seen, policy)).toBe(false);
  });
});

describe('the key of a difference', () => {
  it('is the same for the same difference, and begins with the approval', () => {
    expect(differenceKey(7, edited, policy)).toBe(differenceKey(7, { ...edited }, policy));
    expect(differenceKey(7, edited, policy)).toMatch(/^7:[\w-]{11}$/);
  });

  it('is another one for another approval, status, turn, facts, policy or end', () => {
    const seen: Seen[] = [itsTurn, notItsTurn, withdrawn, edited, 'gone'];
    const keys = [
      ...seen.map((each) => differenceKey(7, each, policy)),
      differenceKey(8, itsTurn, policy),
      differenceKey(7, itsTurn, 'p2'),
    ];
    expect(new Set(keys).size).toBe(keys.length);
  });
});
