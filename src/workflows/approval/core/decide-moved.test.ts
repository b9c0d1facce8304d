import { describe, expect, it } from 'vitest';
import type { Observation } from '../../../contract/observation.ts';
import type { ApprovalEvent } from './events.ts';
import { step } from './step.ts';
import {
  ana,
  askedCore,
  at,
  ben,
  cardOf,
  decision,
  factsOf,
  feed,
  kinds,
  sheetOf,
  standing,
  turn,
} from './test-values.ts';

const core = askedCore('100', [ana, ben]);
const card = cardOf(core, ana.id);
const pressed: ApprovalEvent = { kind: 'pressed', decision: decision({ card }) };

function moved(observation: Observation): ApprovalEvent {
  return { kind: 'settled', result: { kind: 'moved', observation } };
}

describe('a decision that finds Coupa moved', () => {
  it('is answered changed with what changed, and a new card says so (P4)', () => {
    const { core: next, commands } = feed(core, pressed, moved(turn('200')));
    expect(next.answers['d1']).toMatchObject({
      kind: 'changed',
      changes: expect.arrayContaining([{ what: 'total', was: '100', now: '200' }]) as unknown,
    });
    const sends = commands.filter((command) => command.kind === 'send');
    expect(sends).toHaveLength(1);
    expect(sends[0]).toMatchObject({ to: ana, previous: factsOf('100'), card: { factsHash: 'hash-200' } });
  });

  it.each<[string, Observation, object]>([
    ['superseded when the row is gone', { kind: 'gone' }, { kind: 'superseded' }],
    ['superseded when the chain was restarted', { kind: 'replaced' }, { kind: 'superseded' }],
    [
      'decided when somebody decided in Coupa',
      { kind: 'ended', status: 'approved', ours: false },
      { kind: 'decided', coupaStatus: 'approved' },
    ],
    [
      'withdrawn when the requisition was',
      { kind: 'notSubmitted', requisitionStatus: 'withdrawn', sheet: sheetOf('100') },
      { kind: 'withdrawn' },
    ],
    [
      'refused when another approval comes first',
      { kind: 'notYet', sheet: sheetOf('100') },
      { kind: 'refused', words: ['Another approval of this requisition comes first now.'] },
    ],
  ])('is answered %s', (_, observation, answer) => {
    expect(feed(core, pressed, moved(observation)).core.answers['d1']).toEqual(answer);
  });

  it('is answered with the standing decision if there is one (P2)', () => {
    const held = { ...feed(core, pressed).core, standing: standing({ decisionId: 'd0', action: 'reject' }) };
    const { core: next } = feed(held, moved({ kind: 'ended', status: 'rejected', ours: true }));
    expect(next.answers['d1']).toEqual({ kind: 'decided', standing: held.standing });
  });

  it('is followed by another look when one was under way, because that one began earlier', () => {
    const { core: next } = feed(core, { kind: 'recheck' }, pressed, moved(turn('200')));
    const { core: after, commands } = feed(next, { kind: 'observed', observation: turn('100') });
    expect(kinds(commands)).toEqual(['look']);
    expect(after.sheet?.factsHash).toBe('hash-200');
  });

  it('hands over to the one behind it on what was seen', () => {
    const second: ApprovalEvent = { kind: 'pressed', decision: decision({ decisionId: 'd2', card }) };
    const { core: next, commands } = feed(core, pressed, second, moved(turn('200', [ana, ben])));
    expect(next.queue.map((each) => each.decisionId)).toEqual(['d2']);
    expect(kinds(commands)).toEqual(['send', 'send', 'cancelSends', 'carryOut']);
  });

  it('is no news to whoever hears the answer, and is told to whoever no longer waits for it', () => {
    const ended = moved({ kind: 'ended', status: 'approved', ours: false });
    const deciding = feed(core, pressed).core;
    const told = (afterMs: number) =>
      step(deciding, ended, new Date(Date.parse(at) + afterMs).toISOString()).commands;
    expect(told(9_999)).toMatchObject([{ kind: 'follow', holders: [ben] }]);
    expect(told(10_000)).toMatchObject([{ kind: 'follow', holders: [ana, ben] }]);
  });
});
