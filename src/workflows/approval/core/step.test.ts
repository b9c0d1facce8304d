import { describe, expect, it } from 'vitest';
import type { ApprovalEvent } from './events.ts';
import { initialCore } from './state.ts';
import { step } from './step.ts';
import {
  ana,
  askedCore,
  at,
  ben,
  cardOf,
  decision,
  feed,
  kinds,
  later,
  newCore,
  turn,
} from './test-values.ts';

const problem = { type: 'TerminalError', message: 'no answer' };
const seen: ApprovalEvent = { kind: 'observed', observation: turn() };
const core = askedCore();
const cardId = cardOf(core, ana.id);
const pressed: ApprovalEvent = { kind: 'pressed', decision: decision({ card: cardId }) };
const gone: ApprovalEvent = { kind: 'observed', observation: { kind: 'gone' } };
const closed = step(feed(core, { kind: 'recheck' }, gone, { kind: 'woken' }).core, gone, later).core;

describe('a new approval', () => {
  it('waits, knows nothing, and remembers how an earlier run ended', () => {
    expect(newCore).toMatchObject({ state: 'waiting', sheet: null, cards: [], queue: [] });
    expect(newCore).not.toHaveProperty('earlier');
    const earlier = { outcome: 'withdrawn', closedAt: at } as const;
    expect(initialCore({ approvalId: 7, requisitionId: 70, earlier }, 'seed').earlier).toEqual(earlier);
  });

  it('looks at Coupa first', () => {
    expect(step(newCore, { kind: 'woken' }, at).commands).toEqual([{ kind: 'look' }]);
  });
});

describe('looking', () => {
  it('begins when something may have changed, or when the time is up', () => {
    expect(kinds(feed(core, { kind: 'recheck' }).commands)).toEqual(['look']);
    expect(kinds(feed(core, { kind: 'woken' }).commands)).toEqual(['look']);
  });

  it('starts over when something may have changed while it looked', () => {
    const overtaken = feed(core, { kind: 'recheck' }, { kind: 'recheck' });
    expect(overtaken.commands).toEqual([]);
    const again = feed(overtaken.core, { kind: 'observed', observation: turn('200') });
    expect(kinds(again.commands)).toEqual(['look']);
    expect(again.core.sheet?.factsHash).toBe('hash-100');
    expect(feed(again.core, seen).core.looking).toBe(false);
  });

  it('does not start over because the time is up: the look under way is enough', () => {
    const looking = feed(newCore, { kind: 'recheck' }, { kind: 'woken' });
    expect(looking.commands).toEqual([]);
    expect(kinds(feed(looking.core, seen).commands)).toEqual(['send']);
  });

  it('leaves a decision alone: what it brings may be our own write half way', () => {
    const { core: next, commands } = feed(core, { kind: 'recheck' }, pressed, {
      kind: 'observed',
      observation: { kind: 'gone' },
    });
    expect(commands).toEqual([]);
    expect(next).toMatchObject({ state: 'deciding', looking: false, lookAgain: true });
  });

  it('that failed is tried again later, after a decision under way', () => {
    const failed: ApprovalEvent = { kind: 'lookFailed', problem };
    expect(kinds(feed(core, { kind: 'recheck' }, failed).commands)).toEqual(['wake']);
    const deciding = feed(core, { kind: 'recheck' }, pressed, failed);
    expect(deciding.commands).toEqual([]);
    expect(deciding.core).toMatchObject({ looking: false, lookAgain: true });
  });
});

describe('sending', () => {
  const asking = feed(
    newCore,
    { kind: 'woken' },
    { kind: 'observed', observation: turn('100', [ana, ben]) },
  ).core;
  const [first = '', second = ''] = asking.sending;

  it('marks the card that arrived, and no other', () => {
    const { core: next } = feed(asking, { kind: 'sent', cardId: first });
    expect(next.cards.map((card) => card.sent)).toEqual([true, false]);
    expect(next.sending).toEqual([second]);
  });

  it('that was cut short while it is still its turn leads to another look, and so to the card (P7)', () => {
    const cut = feed(asking, { kind: 'sendCancelled', cardId: first });
    expect(kinds(cut.commands)).toEqual(['look']);
    const again = feed(cut.core, { kind: 'observed', observation: turn('100', [ana, ben]) });
    expect(again.commands).toContainEqual(expect.objectContaining({ kind: 'send', to: ana }));
  });

  it('that was cut short by a decision waits for its end', () => {
    const deciding = feed(asking, { kind: 'pressed', decision: decision({ card: first }) }).core;
    expect(feed(deciding, { kind: 'sendCancelled', cardId: second }).commands).toEqual([]);
    const failed = feed(deciding, { kind: 'sendFailed', cardId: second, problem });
    expect(failed.commands).toEqual([]);
    expect(failed.core.lookAgain).toBe(true);
  });

  it('that failed is tried again later (P7)', () => {
    const failed = feed(asking, { kind: 'sendFailed', cardId: first, problem });
    expect(kinds(failed.commands)).toEqual(['wake']);
    expect(failed.core).toMatchObject({ state: 'stuck', stuckReason: 'no answer' });
  });
});

describe('a look-up', () => {
  it('is recorded as a card and wants nothing done', () => {
    const lookUp = { cardId: 'l1', userId: ana.id, factsHash: 'hash-100' };
    const { core: next, commands } = feed(core, { kind: 'lookedUp', lookUp });
    expect(next.cards.at(-1)).toMatchObject({ id: 'l1', kind: 'lookUp', live: true });
    expect(commands).toEqual([]);
  });
});

describe('a closed approval', () => {
  it.each<ApprovalEvent>([
    { kind: 'recheck' },
    { kind: 'woken' },
    seen,
    { kind: 'lookFailed', problem },
    { kind: 'lookedUp', lookUp: { cardId: 'l1', userId: ana.id, factsHash: 'hash-100' } },
    { kind: 'settled', result: { kind: 'notEntitled' } },
    { kind: 'carryFailed', problem },
  ])('takes no notice of $kind', (event) => {
    expect(step(closed, event, at)).toEqual({ core: closed, commands: [] });
  });

  it.each<ApprovalEvent>([
    { kind: 'sent', cardId },
    { kind: 'sendFailed', cardId, problem },
    { kind: 'sendCancelled', cardId },
  ])('wants nothing done about a card that was $kind', (event) => {
    const next = step({ ...closed, sending: [cardId] }, event, at);
    expect(next.commands).toEqual([]);
    expect(next.core).toMatchObject({ state: 'closed', sending: [] });
  });

  it('tells when what follows a decision failed', () => {
    const { core: next, commands } = step(closed, { kind: 'followFailed', problem }, at);
    expect(commands).toEqual([]);
    expect(next.timeline.at(-1)?.text).toContain('no answer');
  });

  it('answers a late decision as superseded when its outcome is not known', () => {
    const { outcome, ...unnamed } = closed;
    expect(outcome).toBe('superseded');
    expect(step(unnamed, pressed, at).core.answers['d1']).toEqual({ kind: 'superseded' });
  });
});
