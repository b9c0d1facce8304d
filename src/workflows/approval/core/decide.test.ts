import { describe, expect, it } from 'vitest';
import type { ApprovalEvent } from './events.ts';
import { applyResult, takeUp } from './decide.ts';
import {
  ana,
  askedCore,
  at,
  ben,
  cardOf,
  decision,
  feed,
  kinds,
  newCore,
  sheetOf,
  standing,
  turn,
} from './test-values.ts';

const core = askedCore('100', [ana, ben]);
const card = cardOf(core, ana.id);
const pressed: ApprovalEvent = { kind: 'pressed', decision: decision({ card }) };
const refused: ApprovalEvent = { kind: 'settled', result: { kind: 'refused', words: ['Budget closed'] } };
const noAnswer: ApprovalEvent = { kind: 'carryFailed', problem: { type: 'timeout', message: 'no answer' } };
const carriedOut: ApprovalEvent = {
  kind: 'settled',
  result: { kind: 'carriedOut', standing: standing() },
};

function press(decisionId: string, over: Parameters<typeof decision>[0] = {}): ApprovalEvent {
  return { kind: 'pressed', decision: decision({ decisionId, card, ...over }) };
}

describe('a press', () => {
  it('is carried out at once on the facts of its card, and stops the cards still unsent (P4, P11)', () => {
    const { core: next, commands } = feed(core, pressed);
    expect(commands).toEqual([
      { kind: 'cancelSends' },
      { kind: 'carryOut', decision: decision({ card }), factsHash: 'hash-100', again: false },
    ]);
    expect(next).toMatchObject({ state: 'deciding', carrying: true, rest: 'asked' });
  });

  it('rests on the facts of its own card, even when newer ones are known', () => {
    const changed = feed(core, { kind: 'recheck' }, { kind: 'observed', observation: turn('200') }).core;
    expect(feed(changed, pressed).commands).toContainEqual(
      expect.objectContaining({ kind: 'carryOut', factsHash: 'hash-100' }),
    );
  });

  it('of a card sent to somebody else is answered notEntitled without a look at Coupa (P6)', () => {
    const { core: next, commands } = feed(core, press('d1', { actor: { userId: ben.id } }));
    expect(commands).toEqual([]);
    expect(next.answers).toEqual({ d1: { kind: 'notEntitled' } });
    expect(next.state).toBe('asked');
  });

  it('of a card nobody remembers is answered changed', () => {
    const { core: next } = feed(core, press('d1', { card: 'c-unknown' }));
    expect(next.answers).toEqual({ d1: { kind: 'changed', changes: [] } });
  });

  it('that comes again under its id is the same press, while it waits and when it was carried out', () => {
    const waiting = feed(core, pressed);
    expect(feed(waiting.core, pressed)).toEqual({ core: waiting.core, commands: [] });
    const answered = feed(waiting.core, carriedOut).core;
    expect(feed(answered, pressed)).toEqual({ core: answered, commands: [] });
  });

  it('that comes again under its id after changing nothing is a new press: the hindrance may be gone', () => {
    const again = feed(core, pressed, refused, pressed);
    expect(again.commands).toContainEqual(expect.objectContaining({ kind: 'carryOut', again: false }));
    expect(again.core.answers).toEqual({});
    expect(feed(again.core, carriedOut).core.answers['d1']).toMatchObject({ kind: 'carriedOut' });
  });

  it('beyond fifty that wait is refused in words, and those that wait are kept', () => {
    const many = Array.from({ length: 51 }, (_, index) => press(`d${index}`));
    const { core: next } = feed(core, ...many);
    expect(next.queue).toHaveLength(50);
    expect(next.answers).toMatchObject({ d50: { kind: 'refused' } });
  });

  it('under the name of something every object has is a press like any other', () => {
    const { core: next } = feed(core, press('constructor'));
    expect(next.queue.map((each) => each.decisionId)).toEqual(['constructor']);
  });

  it('begins nothing in a run that is about to end, and is carried along (P11)', () => {
    const { core: next, commands } = feed(core, { kind: 'winding' }, pressed);
    expect(commands).toEqual([]);
    expect(next.queue).toHaveLength(1);
    expect(kinds(feed({ ...next, winding: false }, { kind: 'woken' }).commands)).toContain('carryOut');
  });

  it('stops what is on its way in such a run, because the next one begins only after it (P11)', () => {
    const sending = feed({ ...core, sending: [card] }, { kind: 'winding' }, pressed);
    expect(kinds(sending.commands)).toEqual(['cancelSends']);
  });
});

describe('a decision that was carried out', () => {
  it('ends the approval, is answered with the standing decision and followed up with its reason', () => {
    const { core: next, commands } = feed(core, press('d1', { reason: 'ok' }), carriedOut);
    expect(next).toMatchObject({ state: 'closed', outcome: 'approved', standing: standing(), queue: [] });
    expect(next.answers['d1']).toEqual({ kind: 'carriedOut', standing: standing() });
    expect(next.cards.some((each) => each.live)).toBe(false);
    const ending = { outcome: 'approved', standing: standing() };
    expect(commands).toEqual([{ kind: 'follow', cause: 'd1', ending, reason: 'ok', holders: [ben] }]);
  });

  it('is followed up without a reason when none was given, and ends as rejected when it was a rejection', () => {
    const rejection = standing({ action: 'reject' });
    const { core: next, commands } = feed(core, press('d1', { action: 'reject' }), {
      kind: 'settled',
      result: { kind: 'carriedOut', standing: rejection },
    });
    expect(next.outcome).toBe('rejected');
    const ending = { outcome: 'rejected', standing: rejection };
    expect(commands).toEqual([{ kind: 'follow', cause: 'd1', ending, holders: [ben] }]);
  });

  it('is no news to whoever pressed, whatever name Coupa’s row has', () => {
    const byBen = standing({ userId: ben.id });
    const { commands } = feed(
      core,
      {
        kind: 'pressed',
        decision: decision({ actor: { address: 'ana@example.com' }, via: 'address' }),
      },
      {
        kind: 'settled',
        result: { kind: 'carriedOut', standing: byBen },
      },
    );
    expect(commands).toMatchObject([{ kind: 'follow', holders: [] }]);
  });

  it('answers the ones that waited: the same by the same person as carried out, others as decided (P2)', () => {
    const other = press('d2', { card: cardOf(core, ben.id), actor: { userId: ben.id } });
    const { core: next } = feed(core, pressed, other, press('d3'), carriedOut);
    expect(next.answers['d2']).toEqual({ kind: 'decided', standing: standing() });
    expect(next.answers['d3']).toEqual({ kind: 'carriedOut', standing: standing() });
  });

  it('answers a later press with the standing decision, and nothing is written again (P2)', () => {
    const closed = feed(core, pressed, carriedOut).core;
    const { core: next, commands } = feed(closed, press('d9', { action: 'reject' }));
    expect(commands).toEqual([]);
    expect(next.answers['d9']).toEqual({ kind: 'decided', standing: standing() });
  });
});

describe('a decision that is not carried out', () => {
  it('gives way to the one that waited behind it (P11)', () => {
    const second = press('d2', { card: cardOf(core, ben.id), actor: { userId: ben.id } });
    const { core: next, commands } = feed(core, pressed, second, refused);
    expect(next.answers).toEqual({ d1: { kind: 'refused', words: ['Budget closed'] } });
    expect(commands).toContainEqual(expect.objectContaining({ kind: 'carryOut' }));
    expect(next.queue.map((each) => each.decisionId)).toEqual(['d2']);
  });

  it('is answered notEntitled when Coupa says so, and the approval rests where it was', () => {
    const { core: next, commands } = feed(core, pressed, {
      kind: 'settled',
      result: { kind: 'notEntitled' },
    });
    expect(next.answers).toEqual({ d1: { kind: 'notEntitled' } });
    expect(next.state).toBe('asked');
    // Whoever may decide now has to be found.
    expect(kinds(commands)).toEqual(['look']);
  });

  it('lets a card go out that it had cut short (P7)', () => {
    const reminder = { due: false, nextAt: null };
    const asking = feed(
      newCore,
      { kind: 'woken' },
      { kind: 'observed', observation: turn('100', [ana, ben]), reminder },
    );
    const sentToAna = feed(asking.core, { kind: 'sent', cardId: cardOf(asking.core, ana.id) }).core;
    const unsent = cardOf(sentToAna, ben.id);
    const { core: next, commands } = feed(
      sentToAna,
      press('d1', { card: cardOf(sentToAna, ana.id) }),
      { kind: 'sendCancelled', cardId: unsent },
      refused,
    );
    expect(kinds(commands)).toEqual(['look']);
    const again = feed(next, { kind: 'observed', observation: turn('100', [ana, ben]) });
    expect(again.commands).toContainEqual(expect.objectContaining({ kind: 'send', to: ben }));
  });

  it('looks when a look was asked for meanwhile, but not beside one that is under way', () => {
    expect(kinds(feed(core, pressed, { kind: 'recheck' }, refused).commands)).toEqual(['look']);
    const looking = feed(core, { kind: 'recheck' }, pressed, refused);
    expect(looking.commands).toEqual([]);
    expect(looking.core).toMatchObject({ state: 'asked', looking: true });
  });

  it('looks again when the approval was stuck or waiting before', () => {
    const waiting = feed(
      core,
      { kind: 'recheck' },
      {
        kind: 'observed',
        observation: { kind: 'notYet', sheet: sheetOf('100') },
      },
    ).core;
    expect(kinds(feed(waiting, pressed, refused).commands)).toEqual(['look']);
    const stuck = feed(
      core,
      { kind: 'recheck' },
      {
        kind: 'observed',
        observation: {
          kind: 'actionable',
          sheet: sheetOf('100'),
          approvers: [],
          asks: [],
          unreachable: 'nobody of the group may decide it',
        },
      },
    ).core;
    expect(kinds(feed(stuck, pressed, refused).commands)).toEqual(['look']);
  });
});

describe('a decision that Coupa does not answer', () => {
  it('stays at the head, says why, and is tried again when the time is up (P3, P11)', () => {
    const { core: waits, commands } = feed(core, pressed, noAnswer);
    expect(commands).toEqual([{ kind: 'wake', afterMs: 30_000 }]);
    expect(waits).toMatchObject({ state: 'deciding', stuckReason: 'no answer', carrying: false });
    expect(feed(waits, { kind: 'woken' }).commands).toContainEqual(
      expect.objectContaining({ kind: 'carryOut', factsHash: 'hash-100' }),
    );
  });

  it('is tried again later and later, and no longer stuck once it was settled', () => {
    const { core: waits, commands } = feed(core, pressed, noAnswer, { kind: 'woken' }, noAnswer);
    expect(commands).toEqual([{ kind: 'wake', afterMs: 60_000 }]);
    const settled = feed(waits, { kind: 'woken' }, refused).core;
    expect(settled).toMatchObject({ state: 'asked', decisionFailures: 0 });
    expect(settled.stuckReason).toBeUndefined();
  });

  it('owes a look in the end, because its timer took the place of another (P7)', () => {
    expect(kinds(feed(core, pressed, noAnswer, { kind: 'woken' }, refused).commands)).toEqual(['look']);
  });
});

describe('a result that nobody waits for', () => {
  it('changes nothing', () => {
    expect(feed(core, carriedOut)).toEqual({ core, commands: [] });
    expect(feed(core, noAnswer)).toEqual({ core, commands: [] });
    expect(applyResult({ ...core, carrying: true }, { kind: 'notEntitled' }, at).commands).toEqual([]);
  });

  it('and nothing is taken up beside a decision under way, after the end, or out of an empty queue', () => {
    const carrying = feed(core, pressed).core;
    const closed = feed(carrying, carriedOut).core;
    for (const each of [carrying, closed, core])
      expect(takeUp(each, at)).toEqual({ core: each, commands: [] });
  });
});
