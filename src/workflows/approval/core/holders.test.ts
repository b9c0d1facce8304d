import { describe, expect, it } from 'vitest';
import type { Observation } from '../../../contract/observation.ts';
import type { Approver, Person } from '../../../contract/person.ts';
import type { ApprovalEvent, Step } from './events.ts';
import { carriedOver, type ApprovalCore } from './state.ts';
import {
  ana,
  askedCore,
  ben,
  cardOf,
  cho,
  decision,
  feed,
  newCore,
  sentIds,
  sheetOf,
  turn,
} from './test-values.ts';

const asked = askedCore('100', [ana, ben]);
const notYet: Observation = { kind: 'notYet', sheet: sheetOf('100') };

function looked(core: ApprovalCore, observation: Observation): Step {
  return feed(core, { kind: 'recheck' }, { kind: 'observed', observation });
}

function arrived(core: ApprovalCore, ids: readonly string[]): Step {
  return feed(core, ...ids.map((cardId): ApprovalEvent => ({ kind: 'sent', cardId })));
}

/** Who hears by this step that the approval no longer waits for them, and under which names it is told. */
function passedOn({ commands }: Step): readonly Person[] {
  return commands.flatMap((each) =>
    each.kind === 'follow' && each.ending.outcome === 'passedOn' ? each.holders : [],
  );
}

function causes({ commands }: Step): readonly string[] {
  return commands.flatMap((each) => (each.kind === 'follow' ? [each.cause] : []));
}

describe('whoever holds a card and may no longer decide', () => {
  it.each<[string, Observation, readonly Person[]]>([
    ['the row has another approver', turn('100', [cho]), [ana, ben]],
    ['their delegation is over', turn('100', [ana]), [ben]],
    ['the facts changed as well', turn('200', [ana]), [ben]],
    ['another approval comes first', notYet, [ana, ben]],
    ['nobody may decide', turn('100', []), [ana, ben]],
    ['whoever may is only listed', turn('100', [cho], false), [ana, ben]],
    [
      'who may decide cannot be reached',
      { ...turn('100', [ana]), unreachable: 'approver has no address' },
      [ben],
    ],
  ])('is told when %s', (_, observation, told) => {
    expect(passedOn(looked(asked, observation))).toEqual(told);
  });

  it('is told once, and once more when they lost it again', () => {
    const lost = looked(asked, turn('100', [ana]));
    expect(passedOn(looked(lost.core, turn('100', [ana])))).toEqual([]);
    const back = looked(lost.core, turn('100', [ana, ben]));
    const [card = ''] = sentIds(back.commands);
    expect(card).not.toBe(cardOf(asked, ben.id));
    const again = looked(arrived(back.core, [card]).core, turn('100', [ana]));
    expect(passedOn(again)).toEqual([ben]);
    expect([...causes(lost), ...causes(again)]).toEqual(['abcdefabcdef-1', 'abcdefabcdef-2']);
  });

  it('is told under another name in the next run', () => {
    const lost = looked(asked, turn('100', [ana]));
    const next = looked(carriedOver(lost.core), notYet);
    expect(causes(next)).toEqual(['abcdefabcdef-2']);
  });

  it('hears nothing more when the approval ends', () => {
    const lost = looked(asked, turn('100', [ana]));
    const { commands } = looked(lost.core, { kind: 'ended', status: 'approved', ours: false });
    expect(commands).toMatchObject([{ kind: 'follow', holders: [ana] }]);
  });

  it('hears when their card arrives, where it was on its way, and nothing when it did not', () => {
    const asking = looked(newCore, turn('100', [ana, ben]));
    const lost = looked(asking.core, turn('100', [cho]));
    expect(passedOn(lost)).toEqual([]);
    const [anas, bens] = [cardOf(asking.core, ana.id), cardOf(asking.core, ben.id)];
    expect(passedOn(arrived(lost.core, [anas]))).toEqual([ana]);
    const problem = { type: 'TerminalError', message: 'no such user' };
    const failed = feed(lost.core, { kind: 'sendFailed', cardId: bens, problem });
    expect(passedOn(failed)).toEqual([]);
    expect(failed.core.holders.map(({ person }) => person.id)).not.toContain(ben.id);
  });

  it('hears of the end alone when their card arrives after it: the others were told, the next approval too', () => {
    const asking = looked(newCore, turn('100', [ana, ben, cho]));
    const arrivedAtAna = arrived(asking.core, [cardOf(asking.core, ana.id)]).core;
    const observed = (observation: Observation) => feed(arrivedAtAna, { kind: 'observed', observation });
    const ended = observed({ kind: 'ended', status: 'approved', ours: false });
    expect(ended.commands).toMatchObject([{ kind: 'follow', holders: [ana] }]);
    expect(ended.commands[0]).not.toHaveProperty('holdersOnly');
    const late = arrived(ended.core, [cardOf(asking.core, ben.id)]);
    expect(late.commands).toMatchObject([{ kind: 'follow', holders: [ben], holdersOnly: true }]);
  });

  it('is written to at the address that they have now', () => {
    const moved = { ...ben, address: 'new@example.com' };
    const seen = looked(asked, turn('100', [ana, moved]));
    expect(passedOn(looked(seen.core, turn('100', [ana])))).toEqual([moved]);
  });

  it('of a group too large to be carried whole keeps a card that may still count', () => {
    const group = { id: 9, size: 500 };
    const seen = looked(asked, { ...turn('100', [ana]), group });
    expect(passedOn(seen)).toEqual([]);
    expect(seen.core.cards.filter(({ live }) => live).map(({ userId }) => userId)).toEqual([ana.id, ben.id]);
    expect(passedOn(looked(asked, { ...turn('100', [ben, cho], [cho.id]), group }))).toEqual([ana]);
  });

  it('is named in the story by id alone (P9)', () => {
    const lost = looked(asked, turn('100', [cho]));
    const texts = lost.core.timeline.map(({ text }) => text).join();
    expect(texts).toContain('No longer waits for Coupa users 1 and 2: they are told');
    expect(texts).not.toMatch(/Ana|Ben|Cho|example/);
  });
});

describe('whoever pressed', () => {
  const press: ApprovalEvent = { kind: 'pressed', decision: decision({ card: cardOf(asked, ana.id) }) };

  it('and hears that they may not decide gets no notice of it', () => {
    const refused = feed(asked, press, { kind: 'settled', result: { kind: 'notEntitled' } });
    expect(refused.core.answers['d1']).toEqual({ kind: 'notEntitled' });
    const seen = feed(refused.core, { kind: 'observed', observation: turn('100', [ben]) });
    expect(passedOn(seen)).toEqual([]);
    expect(passedOn(looked(seen.core, turn('100', [cho])))).toEqual([ben]);
  });

  it('and may decide after all hears of a later loss', () => {
    const refused = feed(asked, press, { kind: 'settled', result: { kind: 'notEntitled' } });
    const seen = feed(refused.core, { kind: 'observed', observation: turn('100', [ana, ben]) });
    expect(passedOn(looked(seen.core, turn('100', [ben])))).toEqual([ana]);
  });

  it('is told by the answer, and the others by a notice, when a decision finds somebody else’s turn', () => {
    const moved: ApprovalEvent = { kind: 'settled', result: { kind: 'moved', observation: notYet } };
    expect(passedOn(feed(asked, press, moved))).toEqual([ben]);
  });

  it('is answered that they may not decide, where the facts changed and they no longer may', () => {
    const observation = turn('200', [ben]);
    const settled = feed(asked, press, { kind: 'settled', result: { kind: 'moved', observation } });
    expect(settled.core.answers['d1']).toEqual({ kind: 'notEntitled' });
    expect(passedOn(settled)).toEqual([]);
  });
});

describe('several who may decide', () => {
  const bo: Approver = { ...ben, as: { kind: 'delegate', of: ana.name } };

  it('are asked where policy asks them, each told of the others', () => {
    const { commands, core } = looked(newCore, turn('100', [ana, bo, cho], [ana.id, bo.id]));
    const sends = commands.filter((each) => each.kind === 'send');
    expect(sends.map(({ to, others }) => [to, others])).toEqual([
      [ana, { names: [ben.name, cho.name], more: 0 }],
      [bo, { names: [ana.name, cho.name], more: 0 }],
    ]);
    expect(core.state).toBe('asked');
  });

  it('are asked again when the facts change, though policy would no longer', () => {
    const { commands } = looked(asked, turn('200', [ana, cho], false));
    expect(commands).toMatchObject([{ kind: 'send', to: ana }, { kind: 'follow' }]);
  });

  it('are listed when policy asks none of them, and who held a card is told', () => {
    const { core } = looked(asked, turn('100', [cho], false));
    expect(core).toMatchObject({ state: 'listed', rest: 'listed' });
    expect(core).not.toHaveProperty('clock');
  });
});
