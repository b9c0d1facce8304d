import { describe, expect, it } from 'vitest';
import { answer, answerEnded, end } from './end.ts';
import { ana, askedCore, at, ben, decision, standing } from './test-values.ts';

const core = askedCore('100', [ana, ben]);

describe('the end of an approval', () => {
  it('takes every card back and forgets why it was stuck', () => {
    const ended = end({ ...core, stuckReason: 'no answer' }, 'superseded', at, 'The row is gone');
    expect(ended).toMatchObject({ state: 'closed', outcome: 'superseded' });
    expect(ended.cards.every((card) => !card.live)).toBe(true);
    expect(ended.stuckReason).toBeUndefined();
    expect(ended.timeline.at(-1)).toEqual({ at, text: 'The row is gone' });
  });

  it('answers every decision that still waits, but none a second time', () => {
    const given = { kind: 'notEntitled' } as const;
    const queue = [decision({ decisionId: 'd1' }), decision({ decisionId: 'd2' })];
    const ended = end(
      { ...core, queue, carrying: true, answers: { d1: given } },
      'withdrawn',
      at,
      'Withdrawn',
    );
    expect(ended.answers).toEqual({ d1: given, d2: { kind: 'withdrawn' } });
    expect(ended).toMatchObject({ queue: [], carrying: false });
  });
});

describe('answers', () => {
  it('are remembered for the newest fifty decisions', () => {
    const ids = Array.from({ length: 51 }, (_, index) => `d${index}`);
    const { answers } = ids.reduce(
      (next, decisionId) => answer(next, decision({ decisionId }), { kind: 'notEntitled' }),
      core,
    );
    expect(Object.keys(answers)).toEqual(ids.slice(1));
  });

  it('after the end name the standing decision, or what Coupa says', () => {
    expect(answerEnded({ ...core, standing: standing() }, decision(), 'approved')).toEqual({
      kind: 'carriedOut',
      standing: standing(),
    });
    expect(answerEnded({ ...core, coupaStatus: 'approved' }, decision(), 'decidedElsewhere')).toEqual({
      kind: 'decided',
      coupaStatus: 'approved',
    });
  });
});
