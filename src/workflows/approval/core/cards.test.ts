import { describe, expect, it } from 'vitest';
import { askApprovers, recordLookUp, retireCards } from './cards.ts';
import type { ApprovalCore } from './state.ts';
import { ana, askedCore, at, ben, cardOf, factsOf, feed, newCore, sheetOf, turn } from './test-values.ts';

const asked = askedCore('100', [ana, ben]);

function lookUps(core: ApprovalCore, count: number, factsHash: string): ApprovalCore {
  return Array.from({ length: count }, (_, index) => `l${index}`).reduce(
    (next, cardId) => recordLookUp(next, { cardId, userId: 50, factsHash }, at),
    core,
  );
}

describe('a card', () => {
  it('has an id that no other run gives', () => {
    const { core } = askApprovers(newCore, sheetOf('100'), [ana, ben], at);
    expect(core.cards.map((card) => card.id)).toEqual(['cabcdefabcdef0000', 'cabcdefabcdef0001']);
    const other = askApprovers({ ...newCore, seed: '012345012345' }, sheetOf('100'), [ana], at);
    expect(other.core.cards[0]?.id).toBe('c0123450123450000');
  });

  it('goes to an approver once, even one who is named twice', () => {
    expect(askApprovers(newCore, sheetOf('100'), [ana, ana], at).sends).toHaveLength(1);
    expect(askApprovers(asked, sheetOf('100'), [ana, ben], at).sends).toEqual([]);
  });

  it('that failed goes out again under its own id (P7)', () => {
    const { core } = askApprovers(newCore, sheetOf('100'), [ana], at);
    const again = askApprovers({ ...core, sending: [] }, sheetOf('100'), [ana], at);
    expect(again.sends.map((send) => send.card.id)).toEqual([cardOf(core, ana.id)]);
    expect(again.core.cardCount).toBe(1);
  });

  it('that failed still says what changed when it goes out again (P4)', () => {
    const { core, sends } = askApprovers(asked, sheetOf('200'), [ana], at);
    const again = askApprovers({ ...core, sending: [] }, sheetOf('200'), [ana], at);
    expect(sends[0]?.previous).toEqual(factsOf('100'));
    expect(again.sends[0]?.previous).toEqual(factsOf('100'));
  });

  it('says what changed since the one before it, also when the facts go back (P4)', () => {
    const changed = feed(asked, { kind: 'recheck' }, { kind: 'observed', observation: turn('200', [ana]) });
    const sent = feed(changed.core, { kind: 'sent', cardId: cardOf(changed.core, ana.id) }).core;
    const back = askApprovers(sent, sheetOf('100'), [ana], at);
    expect(back.sends[0]?.previous).toEqual(factsOf('200'));
  });

  it('says nothing of changes to somebody who is asked for the first time', () => {
    const { sends } = askApprovers(askedCore('100', [ana]), sheetOf('200'), [ben], at);
    expect(sends[0]).not.toHaveProperty('previous');
  });

  it('says nothing of changes whose facts are no longer remembered', () => {
    const { sends } = askApprovers({ ...asked, shown: [] }, sheetOf('200'), [ana], at);
    expect(sends[0]).not.toHaveProperty('previous');
  });

  it('stops being live when the facts change, when its turn is over, or when its person may not decide', () => {
    const live = (core: ApprovalCore) => core.cards.filter((card) => card.live).map((card) => card.userId);
    expect(live(asked)).toEqual([ana.id, ben.id]);
    expect(live(retireCards(asked, 'hash-100'))).toEqual([ana.id, ben.id]);
    expect(live(retireCards(asked, 'hash-200'))).toEqual([]);
    expect(live(retireCards(asked, null))).toEqual([]);
    expect(live(askApprovers(asked, sheetOf('100'), [ben], at).core)).toEqual([ben.id]);
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
    expect(askApprovers(known, sheetOf('100'), [ana, ben], at).sends.map((send) => send.to)).toEqual([ana]);
  });
});

describe('what is remembered', () => {
  it('is bounded, and never lets a card go that somebody was asked with', () => {
    const many = lookUps(asked, 300, 'hash-50');
    expect(many.cards).toHaveLength(200);
    expect(many.cards.filter((card) => card.kind === 'message')).toEqual(asked.cards);
    expect(many.cards.at(-1)?.id).toBe('l299');
  });

  it('lets the oldest card go when all are live', () => {
    const many = lookUps(asked, 200, 'hash-100');
    expect(many.cards).toHaveLength(200);
    expect(many.cards[0]?.id).toBe('l0');
  });

  it('keeps the newest five sets of facts', () => {
    const totals = ['1', '2', '3', '4', '5', '6', '6'];
    const core = totals.reduce((next, total) => askApprovers(next, sheetOf(total), [ana], at).core, newCore);
    expect(core.shown.map((entry) => entry.hash)).toEqual(['2', '3', '4', '5', '6'].map((t) => `hash-${t}`));
  });
});
