import { describe, expect, it } from 'vitest';
import type { ApprovalEvent } from './events.ts';
import { ana, askedCore, ben, decision, feed, newCore, turn } from './test-values.ts';

const core = askedCore('100', [ana, ben]);
const noAnswer: ApprovalEvent = { kind: 'carryFailed', problem: { type: 'timeout', message: 'no answer' } };

describe('a bare id with an address', () => {
  const bare = decision({ actor: { address: 'ana@example.com' }, via: 'address' });

  it('is carried out while every card showed the same facts (P4)', () => {
    expect(feed(core, { kind: 'pressed', decision: bare }).commands).toContainEqual({
      kind: 'carryOut',
      decision: bare,
      factsHash: 'hash-100',
      again: false,
    });
  });

  it('is answered changed, with what changed, once cards showed different facts (P4)', () => {
    const changed = feed(core, { kind: 'recheck' }, { kind: 'observed', observation: turn('200') }).core;
    const answered = feed(changed, { kind: 'pressed', decision: bare }).core;
    expect(answered.answers['d1']).toMatchObject({
      kind: 'changed',
      changes: expect.arrayContaining([{ what: 'total', was: '100', now: '200' }]) as unknown,
    });
  });

  it('is answered changed before any card was sent', () => {
    const { core: next, commands } = feed(newCore, { kind: 'pressed', decision: bare });
    expect(commands).toEqual([]);
    expect(next.answers['d1']).toEqual({ kind: 'changed', changes: [] });
  });

  it('is answered changed even when the cards with the other facts are forgotten (P4)', () => {
    const changed = feed(core, { kind: 'recheck' }, { kind: 'observed', observation: turn('200') }).core;
    const forgotten = { ...changed, cards: changed.cards.filter((each) => each.factsHash === 'hash-200') };
    expect(feed(forgotten, { kind: 'pressed', decision: bare }).core.answers['d1']?.kind).toBe('changed');
  });

  it('that Coupa did not answer is tried again on the same facts, whatever was shown meanwhile (P5)', () => {
    const lookUp = { cardId: 'l1', userId: ben.id, factsHash: 'hash-other' };
    const again = feed(
      core,
      { kind: 'pressed', decision: bare },
      noAnswer,
      { kind: 'lookedUp', lookUp },
      {
        kind: 'woken',
      },
    );
    expect(again.commands).toContainEqual({
      kind: 'carryOut',
      decision: bare,
      factsHash: 'hash-100',
      again: true,
    });
  });
});
