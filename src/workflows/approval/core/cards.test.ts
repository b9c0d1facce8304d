import { describe, expect, it } from 'vitest';
import { askApprovers, recordLookUp, retireCards } from './cards.ts';
import type { Approver } from '../../../contract/person.ts';
import { withApprovers, type ApprovalCore } from './state.ts';
import { ana, askedCore, at, ben, cardOf, factsOf, feed, newCore, sheetOf, turn } from './test-values.ts';

const asked = askedCore('100', [ana, ben]);

/** After a look that showed these people as those who may decide and are asked. */
function ask(core: ApprovalCore, total: string, approvers: readonly Approver[], asks?: readonly number[]) {
  return askApprovers(withApprovers(core, turn(total, approvers, asks)), sheetOf(total), at);
}

function lookUps(core: ApprovalCore, count: number, factsHash: string): ApprovalCore {
  return Array.from({ length: count }, (_, index) => `l${index}`).reduce(
    (next, cardId) => recordLookUp(next, { cardId, userId: 50, factsHash }, at),
    core,
  );
}

describe('a card', () => {
  it('has an id that no other run gives', () => {
    const { core } = ask(newCore, '100', [ana, ben]);
    expect(core.cards.map((card) => card.id)).toEqual(['cabcdefabcdef0000', 'cabcdefabcdef0001']);
    const other = ask({ ...newCore, seed: '012345012345' }, '100', [ana]);
    expect(other.core.cards[0]?.id).toBe('c0123450123450000');
  });

  it('goes to an approver once, even one who is named twice', () => {
    expect(ask(newCore, '100', [ana, ana]).sends).toHaveLength(1);
    expect(ask(asked, '100', [ana, ben]).sends).toEqual([]);
  });

  it('that failed goes out again under its own id (P7)', () => {
    const { core } = ask(newCore, '100', [ana]);
    const again = ask({ ...core, sending: [] }, '100', [ana]);
    expect(again.sends.map((send) => send.card.id)).toEqual([cardOf(core, ana.id)]);
    expect(again.core.cardCount).toBe(1);
  });

  it('that failed still says what changed when it goes out again (P4)', () => {
    const { core, sends } = ask(asked, '200', [ana]);
    const again = ask({ ...core, sending: [] }, '200', [ana]);
    expect(sends[0]?.previous).toEqual(factsOf('100'));
    expect(again.sends[0]?.previous).toEqual(factsOf('100'));
  });

  it('says what changed since the one before it, also when the facts go back (P4)', () => {
    const changed = feed(asked, { kind: 'recheck' }, { kind: 'observed', observation: turn('200', [ana]) });
    const sent = feed(changed.core, { kind: 'sent', cardId: cardOf(changed.core, ana.id) }).core;
    const back = ask(sent, '100', [ana]);
    expect(back.sends[0]?.previous).toEqual(factsOf('200'));
  });

  it('says nothing of changes to somebody who is asked for the first time', () => {
    const { sends } = ask(askedCore('100', [ana]), '200', [ben]);
    expect(sends[0]).not.toHaveProperty('previous');
  });

  it('says nothing of changes whose facts are no longer remembered', () => {
    const { sends } = ask({ ...asked, shown: [] }, '200', [ana]);
    expect(sends[0]).not.toHaveProperty('previous');
  });

  it('stops being live when the facts change, when its turn is over, or when its person may not decide', () => {
    const live = (core: ApprovalCore) => core.cards.filter((card) => card.live).map((card) => card.userId);
    expect(live(asked)).toEqual([ana.id, ben.id]);
    expect(live(retireCards(asked, 'hash-100'))).toEqual([ana.id, ben.id]);
    expect(live(retireCards(asked, 'hash-200'))).toEqual([]);
    expect(live(retireCards(asked, null))).toEqual([]);
    expect(live(ask(asked, '100', [ben]).core)).toEqual([ben.id]);
  });
});

describe('a look-up', () => {
  const lookUp = { cardId: 'l1', userId: ana.id, factsHash: 'hash-100' };

  it('counts as a card that was sent, live while it shows the present facts', () => {
    const card = {
      id: 'l1',
      userId: ana.id,
      factsHash: 'hash-100',
      kind: 'lookUp',
      createdAt: at,
      sent: true,
    };
    expect(recordLookUp(asked, lookUp, at).cards.at(-1)).toEqual({ ...card, live: true });
    const stale = recordLookUp(asked, { ...lookUp, factsHash: 'hash-50' }, at);
    expect(stale.cards.at(-1)).toEqual({ ...card, factsHash: 'hash-50', live: false });
  });

  it('is live where policy messages nobody, and not while it is not its turn', () => {
    const listed = feed(
      newCore,
      { kind: 'woken' },
      {
        kind: 'observed',
        observation: turn('100', [ana], false),
      },
    ).core;
    expect(recordLookUp(listed, lookUp, at).cards.at(-1)?.live).toBe(true);
    const waiting = feed(
      newCore,
      { kind: 'woken' },
      {
        kind: 'observed',
        observation: { kind: 'notYet', sheet: sheetOf('100') },
      },
    ).core;
    expect(recordLookUp(waiting, lookUp, at).cards.at(-1)?.live).toBe(false);
  });

  it('is recorded once, and not before anything is known', () => {
    const once = recordLookUp(asked, lookUp, at);
    expect(recordLookUp(once, lookUp, at)).toBe(once);
    expect(recordLookUp(newCore, lookUp, at)).toBe(newCore);
  });

  it('does not keep its person from being asked by message', () => {
    const known = recordLookUp(askedCore('100', [ben]), lookUp, at);
    expect(ask(known, '100', [ana, ben]).sends.map((send) => send.to)).toEqual([ana]);
  });
});

describe('what is remembered', () => {
  it('is bounded, and never lets a card go that somebody was asked with', () => {
    const many = lookUps(asked, 500, 'hash-50');
    expect(many.cards).toHaveLength(400);
    expect(many.cards.filter((card) => card.kind === 'message')).toEqual(asked.cards);
    expect(many.cards.at(-1)?.id).toBe('l499');
  });

  it('lets the oldest look-up go when all are live', () => {
    const many = lookUps(asked, 401, 'hash-100');
    expect(many.cards).toHaveLength(400);
    expect(many.cards.slice(0, 3).map(({ id }) => id)).toEqual([...asked.cards.map(({ id }) => id), 'l3']);
  });

  it('keeps the last card of everybody who was asked, as long as anything else can go', () => {
    const retired = retireCards(asked, null);
    const many = lookUps(retired, 401, 'hash-100');
    expect(many.cards.filter((card) => card.kind === 'message')).toEqual(retired.cards);
    const everybody = Array.from({ length: 420 }, (_, index) => ({ id: index + 1, name: 'P' }));
    const passed = everybody.reduce(
      (core, person) => ask({ ...core, sending: [] }, '100', [person]).core,
      newCore,
    );
    expect(passed.cards.map(({ userId }) => userId)).toEqual(everybody.slice(20).map(({ id }) => id));
  });

  it('keeps a card that is on its way', () => {
    const asking = ask(newCore, '100', [ana]).core;
    const many = lookUps(retireCards(asking, null), 450, 'hash-50');
    expect(many.cards[0]?.id).toBe(asking.sending[0]);
  });

  it('keeps the newest five sets of facts', () => {
    const totals = ['1', '2', '3', '4', '5', '6', '6'];
    const core = totals.reduce((next, total) => ask(next, total, [ana]).core, newCore);
    expect(core.shown.map((entry) => entry.hash)).toEqual(['2', '3', '4', '5', '6'].map((t) => `hash-${t}`));
  });
});
