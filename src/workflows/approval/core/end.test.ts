import { describe, expect, it } from 'vitest';
import type { Step } from './events.ts';
import { answer, answerEnded, end } from './end.ts';
import type { ApprovalCore } from './state.ts';
import {
  ana,
  askedCore,
  at,
  ben,
  cardOf,
  cho,
  decision,
  feed,
  newCore,
  standing,
  turn,
} from './test-values.ts';

const core = askedCore('100', [ana, ben]);

describe('the end of an approval', () => {
  it('takes every card back and forgets why it was stuck', () => {
    const { core: ended } = end({ ...core, stuckReason: 'no answer' }, 'superseded', at, 'The row is gone');
    expect(ended).toMatchObject({ state: 'closed', outcome: 'superseded' });
    expect(ended.cards.every((card) => !card.live)).toBe(true);
    expect(ended.stuckReason).toBeUndefined();
    expect(ended.timeline.at(-1)).toEqual({ at, text: 'The row is gone' });
  });

  it('answers every decision that still waits, but none a second time', () => {
    const given = { kind: 'notEntitled' } as const;
    const queue = [decision({ decisionId: 'd1' }), decision({ decisionId: 'd2' })];
    const { core: ended } = end(
      { ...core, queue, carrying: true, answers: { d1: given } },
      'withdrawn',
      at,
      'Withdrawn',
    );
    expect(ended.answers).toEqual({ d1: given, d2: { kind: 'withdrawn' } });
    expect(ended).toMatchObject({ queue: [], carrying: false });
  });
});

/** Who is told of an end by this step. */
function toldBy({ commands }: Step): readonly number[] | undefined {
  const follow = commands.find((command) => command.kind === 'follow');
  return follow?.holders.map(({ id }) => id);
}

describe('whoever holds a card', () => {
  it('is told of an end that they had no part in', () => {
    const { commands } = end({ ...core, coupaStatus: 'approved' }, 'decidedElsewhere', at, 'Coupa says so');
    expect(commands).toEqual([
      {
        kind: 'follow',
        cause: 'abcdefabcdef',
        ending: { outcome: 'decidedElsewhere', coupaStatus: 'approved' },
        holders: [ana, ben],
      },
    ]);
  });

  it('is not told when they decided, by whom the others hear', () => {
    const ended = end({ ...core, standing: standing() }, 'approved', at, 'Approved', 'Fine with me');
    expect(toldBy(ended)).toEqual([ben.id]);
    expect(ended.commands).toMatchObject([{ ending: { standing: standing() }, reason: 'Fine with me' }]);
  });

  it('is not told twice when a press of theirs is answered', () => {
    const byId = decision({ actor: { userId: ben.id } });
    const byAddress = decision({ decisionId: 'd2', actor: { address: ' ANA@example.com' } });
    expect(toldBy(end({ ...core, queue: [byId, byAddress] }, 'decidedElsewhere', at, ''))).toEqual([]);
  });

  it('is told when the answer to their press comes too late for anybody to hear', () => {
    const by = { actor: { userId: ben.id } };
    const late = new Date(Date.parse(at) + 10_000).toISOString();
    const told = (queue: ApprovalCore['queue'], now: string) =>
      toldBy(end({ ...core, queue }, 'decidedElsewhere', now, ''));
    expect(told([decision(by)], late)).toEqual([ana.id, ben.id]);
    expect(told([decision({ ...by, receivedAt: '' })], at)).toEqual([ana.id, ben.id]);
    expect(told([decision(by)], at)).toEqual([ana.id]);
  });

  it('is told of a card that reached them, also where the one after it did not, and not of what they looked up', () => {
    const changed = feed(
      core,
      { kind: 'recheck' },
      { kind: 'observed', observation: turn('200', [ana, cho]) },
    );
    const lookUp = { cardId: 'l1', userId: 9, factsHash: 'hash-200' };
    const waiting = feed(changed.core, { kind: 'lookedUp', lookUp }).core;
    expect(toldBy(end(waiting, 'decidedElsewhere', at, ''))).toEqual([ana.id]);
  });

  it('is told of the end when their card arrives after it, unless they brought it about', () => {
    const asking = feed(
      newCore,
      { kind: 'recheck' },
      { kind: 'observed', observation: turn('100', [ana, ben]) },
    );
    const ended = end({ ...asking.core, standing: standing() }, 'approved', at, 'Approved');
    expect(toldBy(ended)).toEqual([]);
    const [anas, bens] = [ana, ben].map(({ id }) => cardOf(asking.core, id));
    const late = feed(ended.core, { kind: 'sent', cardId: bens ?? '' });
    expect(late.commands).toEqual([
      {
        kind: 'follow',
        cause: 'abcdefabcdef-2',
        ending: { outcome: 'approved', standing: standing() },
        holders: [ben],
        holdersOnly: true,
      },
    ]);
    expect(feed(late.core, { kind: 'sent', cardId: anas ?? '' }).commands).toEqual([]);
  });

  it('costs nothing where nobody holds one and nothing can come next', () => {
    expect(end(newCore, 'withdrawn', at, '').commands).toEqual([]);
    expect(end(newCore, 'superseded', at, '').commands).toEqual([]);
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
