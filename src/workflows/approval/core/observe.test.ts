import { describe, expect, it } from 'vitest';
import type { Observation } from '../../../contract/observation.ts';
import { applyFailure, applyObservation } from './observe.ts';
import type { ApprovalCore } from './state.ts';
import {
  ana,
  askedCore,
  at,
  ben,
  cardOf,
  feed,
  kinds,
  later,
  newCore,
  sentIds,
  sheetOf,
  turn,
} from './test-values.ts';

const minuteMs = 60_000;
const asked = askedCore();
const notYet: Observation = { kind: 'notYet', sheet: sheetOf('100') };
const draft: Observation = { kind: 'notSubmitted', requisitionStatus: 'draft', sheet: sheetOf('100') };

describe('a look that shows its turn', () => {
  it('asks each approver once, and sets no timer without a plan', () => {
    const { core, commands } = applyObservation(newCore, { observation: turn('100', [ana, ben]) }, at);
    expect(kinds(commands)).toEqual(['send', 'send']);
    expect(core).toMatchObject({ state: 'asked', rest: 'asked', approvers: [ana, ben] });
    expect(core.sending).toEqual(sentIds(commands));
  });

  it('says so once, however often it is seen', () => {
    const again = applyObservation(asked, { observation: turn() }, at);
    expect(again.commands).toEqual([]);
    expect(again.core.timeline).toEqual(asked.timeline);
  });

  it('lists only, where policy messages nobody', () => {
    const { core, commands } = applyObservation(newCore, { observation: turn('100', [ana], false) }, at);
    expect(core).toMatchObject({ state: 'listed', cards: [], failures: 0 });
    expect(commands).toEqual([{ kind: 'sleep' }]);
  });

  it.each<[string, Observation]>([
    [
      'approver has no address',
      {
        kind: 'actionable',
        sheet: sheetOf('100'),
        approvers: [ana],
        asks: [],
        unreachable: 'approver has no address',
      },
    ],
    ['nobody may decide it', turn('100', [])],
  ])('is stuck and tried again slowly when %s (P7)', (stuckReason, observation) => {
    const { core, commands } = applyObservation(asked, { observation }, at);
    expect(core).toMatchObject({ state: 'stuck', rest: 'stuck', stuckReason });
    expect(core.cards.every((card) => !card.live)).toBe(true);
    expect(commands[0]).toEqual({ kind: 'wake', afterMs: 15 * minuteMs });
    const again = applyObservation(core, { observation }, at);
    expect(again.commands).toEqual([{ kind: 'wake', afterMs: 30 * minuteMs }]);
    expect(again.core.timeline).toEqual(core.timeline);
  });

  it('is no longer stuck once somebody can be asked', () => {
    const stuck = applyFailure(newCore, 'no answer', at).core;
    const { core } = applyObservation(stuck, { observation: turn() }, at);
    expect(core.state).toBe('asked');
    expect(core.stuckReason).toBeUndefined();
  });
});

describe('a look that shows that it is not its turn', () => {
  it('waits, looks again later, and takes cards back for good', () => {
    const { core, commands } = applyObservation(asked, { observation: notYet }, at);
    expect(core.state).toBe('waiting');
    expect(core.cards.every((card) => !card.live)).toBe(true);
    expect(kinds(commands)).toEqual(['wake', 'follow']);
    const back = applyObservation(core, { observation: turn() }, at);
    expect(sentIds(back.commands)).not.toContain(cardOf(asked, ana.id));
    expect(sentIds(back.commands)).toHaveLength(1);
  });

  it('waits for the submission of a draft that nobody was asked about', () => {
    const { core, commands } = applyObservation(newCore, { observation: draft }, at);
    expect(core.state).toBe('waiting');
    expect(kinds(commands)).toEqual(['wake']);
  });

  it('ends as withdrawn when somebody was asked', () => {
    const { core, commands } = applyObservation(asked, { observation: draft }, at);
    expect(core).toMatchObject({ state: 'closed', outcome: 'withdrawn' });
    expect(commands).toEqual([
      { kind: 'follow', cause: 'abcdefabcdef', ending: { outcome: 'withdrawn' }, holders: [ana] },
    ]);
  });
});

describe('a look that finds nothing', () => {
  it.each<Observation>([{ kind: 'gone' }, { kind: 'replaced' }])(
    'ends nothing by itself: a second one a minute later does ($kind)',
    (nothing) => {
      const first = applyObservation(asked, { observation: nothing }, at);
      expect(first.core.state).toBe('asked');
      expect(first.commands).toEqual([{ kind: 'wake', afterMs: minuteMs }]);
      const soon = applyObservation(first.core, { observation: nothing }, at);
      expect(soon.core).toEqual(first.core);
      const second = applyObservation(soon.core, { observation: nothing }, later);
      expect(second.core).toMatchObject({ state: 'closed', outcome: 'superseded' });
    },
  );

  it('is forgotten when the approval is seen again', () => {
    const first = applyObservation(asked, { observation: { kind: 'gone' } }, at);
    const back = applyObservation(first.core, { observation: turn() }, at);
    expect(back.core).not.toHaveProperty('missingSince');
    expect(applyObservation(back.core, { observation: { kind: 'gone' } }, later).core.state).toBe('asked');
  });

  it('lets a row wait that ended so before and is listed still, or the poll would start it for ever', () => {
    const restarted = { ...newCore, earlier: { closedAt: at } };
    const first = applyObservation(restarted, { observation: { kind: 'replaced' } }, at);
    const second = applyObservation(first.core, { observation: { kind: 'replaced' } }, later);
    expect(second.core.state).toBe('waiting');
    expect(kinds(second.commands)).toEqual(['wake']);
    const gone = applyObservation(first.core, { observation: { kind: 'gone' } }, later);
    expect(gone.core.state).toBe('closed');
  });
});

describe('a look that shows the end', () => {
  it.each<[string, Observation, object]>([
    [
      'approved, with our marker',
      { kind: 'ended', status: 'approved', ours: true },
      { outcome: 'approved', coupaStatus: 'approved' },
    ],
    [
      'rejected, with our marker',
      { kind: 'ended', status: 'rejected', ours: true },
      { outcome: 'rejected', coupaStatus: 'rejected' },
    ],
    [
      'decidedElsewhere, without our marker',
      { kind: 'ended', status: 'approved', ours: false },
      { outcome: 'decidedElsewhere', coupaStatus: 'approved' },
    ],
    [
      'decidedElsewhere, in a status that no decision of ours leaves',
      { kind: 'ended', status: 'skipped', ours: true },
      { outcome: 'decidedElsewhere', coupaStatus: 'skipped' },
    ],
  ])('closes as %s, and hands over to whoever waited behind it', (_, observation, expected) => {
    const { core, commands } = applyObservation(asked, { observation }, at);
    expect(core).toMatchObject({ state: 'closed', ...expected });
    expect(commands).toEqual([{ kind: 'follow', cause: 'abcdefabcdef', ending: expected, holders: [ana] }]);
  });
});

describe('a look or a card that failed', () => {
  it('leaves an approval stuck that nobody was asked about', () => {
    const { core, commands } = applyFailure(newCore, 'no answer', at);
    expect(core).toMatchObject({ state: 'stuck', stuckReason: 'no answer', failures: 1 });
    expect(kinds(commands)).toEqual(['wake']);
  });

  it('leaves whoever was asked asked', () => {
    const { core, commands } = applyFailure(asked, 'no answer', at);
    expect(core.state).toBe('asked');
    expect(kinds(commands)).toEqual(['wake']);
  });

  const wakes = (afterMs: number) => ({ kind: 'wake', afterMs });
  const fail = (core: ApprovalCore, cardId: string) =>
    feed(core, { kind: 'sendFailed', cardId, problem: { type: 'TerminalError', message: 'no such user' } });

  it('is tried again after 15 minutes however long the approval waited for its turn', () => {
    const waits = Array.from({ length: 8 }).reduce<ApprovalCore>(
      (core) => applyObservation(core, { observation: notYet }, at).core,
      newCore,
    );
    expect(waits.failures).toBe(8);
    const asking = applyObservation(waits, { observation: turn() }, at).core;
    expect(fail(asking, cardOf(asking, ana.id)).commands).toContainEqual(wakes(15 * minuteMs));
    expect(
      applyFailure(applyObservation(waits, { observation: turn('1', []) }, at).core, '', at).commands,
    ).toEqual([wakes(30 * minuteMs)]);
  });

  it('counts once for all cards that failed after the same look', () => {
    const asking = applyObservation(newCore, { observation: turn('100', [ana, ben]) }, at).core;
    const first = fail(asking, cardOf(asking, ana.id));
    const second = fail(first.core, cardOf(asking, ben.id));
    expect(second.commands).toEqual([]);
    expect(second.core).toMatchObject({ failures: 1, wakeAt: first.core.wakeAt });
  });

  it('leads to one card, whatever looked, was told to look or went off meanwhile (P7)', () => {
    const down = feed(
      newCore,
      { kind: 'recheck' },
      {
        kind: 'lookFailed',
        problem: { type: 'timeout', message: 'no answer' },
      },
    );
    const looking = feed(down.core, { kind: 'recheck' });
    expect(kinds(looking.commands)).toEqual(['look']);
    const late = feed(looking.core, { kind: 'woken' }, { kind: 'observed', observation: turn() });
    expect(late.core.state).toBe('asked');
    expect(sentIds(late.commands)).toHaveLength(1);
    const again = feed(late.core, { kind: 'recheck' }, { kind: 'observed', observation: turn() });
    expect(sentIds(again.commands)).toEqual([]);
    const arrived = feed(again.core, { kind: 'sent', cardId: cardOf(again.core, ana.id) }, { kind: 'woken' });
    expect(sentIds(feed(arrived.core, { kind: 'observed', observation: turn() }).commands)).toEqual([]);
  });

  it('counts on while a card is unsent, and from the start once it went out', () => {
    const seen: Observation = turn();
    const failing = feed(newCore, { kind: 'woken' }, { kind: 'observed', observation: seen });
    const cardId = cardOf(failing.core, ana.id);
    const problem = { type: 'TerminalError', message: 'no such user' };
    const again = feed(
      failing.core,
      { kind: 'sendFailed', cardId, problem },
      { kind: 'woken' },
      { kind: 'observed', observation: seen },
    );
    expect(sentIds(again.commands)).toEqual([cardId]);
    expect(again.core.failures).toBe(1);
    expect(feed(again.core, { kind: 'sent', cardId }).core.failures).toBe(0);
  });
});
