import { describe, expect, it } from 'vitest';
import { answerAfterEnd, repeats, type Actor, type Decision, type StandingDecision } from './decision.ts';

const at = '2026-11-03T09:00:00.000Z';

function decision(actor: Actor, action: Decision['action'] = 'approve'): Decision {
  return { decisionId: 'd2', action, actor, receivedAt: at, via: 'card', caller: 'plugin' };
}

const standing: StandingDecision = {
  decisionId: 'd1',
  action: 'approve',
  userId: 1,
  address: 'ana@example.com',
  name: 'Ana Ruiz',
  at,
};
const { address, ...withoutAddress } = standing;

describe('a repeat of the standing decision', () => {
  it.each<[string, Actor]>([
    ['a card', { userId: 1 }],
    ['an address', { address: ` ${address?.toUpperCase() ?? ''} ` }],
  ])('is the same action by the same person, known by %s', (_, actor) => {
    expect(repeats(decision(actor), standing)).toBe(true);
    expect(repeats(decision(actor, 'reject'), standing)).toBe(false);
  });

  it.each<[string, Actor, StandingDecision]>([
    ['another card’s person', { userId: 2 }, standing],
    ['another person’s card beside the right address', { userId: 2, address: 'ana@example.com' }, standing],
    ['another address', { address: 'ben@example.com' }, standing],
    ['nobody', {}, standing],
    [
      'an address, when that of the standing one is not known',
      { address: 'ana@example.com' },
      withoutAddress,
    ],
  ])('is not one by %s', (_, actor, held) => {
    expect(repeats(decision(actor), held)).toBe(false);
  });
});

describe('a decision after the end', () => {
  it('is carried out if it repeats the standing one, and else hears what stands', () => {
    expect(answerAfterEnd(decision({ userId: 1 }), { outcome: 'approved', standing })).toEqual({
      kind: 'carriedOut',
      standing,
    });
    expect(answerAfterEnd(decision({ userId: 2 }), { outcome: 'approved', standing })).toEqual({
      kind: 'decided',
      standing,
    });
  });

  it.each(['withdrawn', 'superseded'] as const)('hears that the approval is %s', (outcome) => {
    expect(answerAfterEnd(decision({ userId: 1 }), { outcome, coupaStatus: 'draft' })).toEqual({
      kind: outcome,
    });
  });

  it('hears what Coupa says where somebody else decided, if that is known', () => {
    const outcome = 'decidedElsewhere';
    expect(answerAfterEnd(decision({ userId: 1 }), { outcome, coupaStatus: 'rejected' })).toEqual({
      kind: 'decided',
      coupaStatus: 'rejected',
    });
    expect(answerAfterEnd(decision({ userId: 1 }), { outcome })).toEqual({ kind: 'decided' });
  });
});
