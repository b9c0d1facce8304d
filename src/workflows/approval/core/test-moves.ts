import fc from 'fast-check';
import type { CarryOutResult, Observation } from '../../../contract/observation.ts';
import { modes, type Mode } from '../../../contract/mode.ts';
import type { Action } from '../../../contract/decision.ts';
import type { Approver } from '../../../contract/person.ts';
import type { ApprovalEvent } from './events.ts';
import { ana, ben, cho, decision, sheetOf, standing, turn } from './test-values.ts';

export const people = [ana, ben, cho];
const totals = ['100', '200', '300'];

/** How a carry-out ends: as the activity would answer, or not at all. */
export type CarryEnd = CarryOutResult['kind'] | 'failed';

/** What policy says at a look: whether a reminder is due, and when to look for the next one. */
export interface Plan {
  readonly due: boolean;
  readonly inMs: number | null;
}

/** What may happen next to an approval. The model shell leaves out what cannot happen at that moment. */
export type Move =
  /** A press of a known card (by index), of an unknown one (-1), by its owner or by somebody else. */
  | { move: 'press'; card: number; byOwner: boolean; action: Action; id: number; patient: boolean }
  | { move: 'pressBareId'; user: number; action: Action; id: number; patient: boolean }
  | { move: 'lookUp'; user: number; total: string }
  | { move: 'recheck' }
  | { move: 'wake' }
  /** A timer that ended just before the core put it off. */
  | { move: 'lateWake' }
  | { move: 'look'; seen: Observation | 'failed'; plan: Plan }
  | { move: 'send'; index: number; end: 'sent' | 'failed' | 'cancelled' }
  | { move: 'carry'; end: CarryEnd; seen: Observation }
  /** The workers are started anew in another mode. */
  | { move: 'switch'; mode: Mode }
  | { move: 'continueAsNew' };

const total = fc.constantFrom(...totals);
const user = fc.constantFrom(...people.map((person) => person.id));
const action = fc.constantFrom<Action>('approve', 'reject');
const id = fc.nat(5);
const anaForBen: Approver = { ...ana, as: { kind: 'delegate', of: ben.name } };
const approvers = fc.constantFrom<readonly Approver[]>(
  [ana],
  [ana, ben],
  [ben],
  [ben, anaForBen],
  [ben, cho],
  [ana, ben, cho],
  [ana, ana],
);
/** Whom policy asks out of those who may decide: some, none, or somebody who may not. */
const asks = fc.subarray([...people.map((person) => person.id), 99]);
/** A group: whole, or larger than what is carried of it. */
const groups = fc.constantFrom(undefined, undefined, { id: 9, size: 3 }, { id: 9, size: 500 });

function someOf([t, who, asked, group]: [
  string,
  readonly Approver[],
  readonly number[],
  { id: number; size: number } | undefined,
]): Observation {
  const seen = turn(t, who, asked);
  return group === undefined ? seen : { ...seen, group };
}

const observation: fc.Arbitrary<Observation> = fc.oneof(
  { weight: 24, arbitrary: fc.tuple(total, approvers).map(([t, who]) => turn(t, who)) },
  { weight: 3, arbitrary: fc.tuple(total, approvers).map(([t, who]) => turn(t, who, false)) },
  { weight: 12, arbitrary: fc.tuple(total, approvers, asks, groups).map(someOf) },
  {
    weight: 3,
    arbitrary: fc
      .tuple(total, fc.constantFrom<readonly Approver[]>([], [ana], [ben]))
      .map(([t, who]): Observation => ({
        ...turn(t, who, false),
        unreachable: who.length === 0 ? 'nobody of the group may decide it' : 'approver has no address',
      })),
  },
  { weight: 4, arbitrary: total.map((t): Observation => ({ kind: 'notYet', sheet: sheetOf(t) })) },
  {
    weight: 2,
    arbitrary: total.map((t): Observation => ({
      kind: 'notSubmitted',
      requisitionStatus: 'draft',
      sheet: sheetOf(t),
    })),
  },
  { weight: 1, arbitrary: fc.constantFrom<Observation>({ kind: 'gone' }, { kind: 'replaced' }) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.constantFrom('approved', 'rejected', 'skipped'), fc.boolean())
      .map(([status, ours]): Observation => ({ kind: 'ended', status, ours })),
  },
);

const carryEnd = fc.oneof(
  { weight: 1, arbitrary: fc.constant<CarryEnd>('carriedOut') },
  { weight: 8, arbitrary: fc.constantFrom<CarryEnd>('notEntitled', 'refused', 'moved', 'failed') },
);

const plan: fc.Arbitrary<Plan> = fc.record({
  due: fc.nat(2).map((n) => n === 0),
  inMs: fc.constantFrom(null, 0, 60_000, 3_600_000),
});

function always<const M extends string>(move: M): fc.Arbitrary<{ move: M }> {
  return fc.constant({ move });
}

export const move: fc.Arbitrary<Move> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      move: fc.constant('press' as const),
      card: fc.integer({ min: -1, max: 5 }),
      byOwner: fc.nat(4).map((n) => n > 0),
      action,
      id,
      patient: fc.boolean(),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      move: fc.constant('pressBareId' as const),
      user,
      action,
      id,
      patient: fc.boolean(),
    }),
  },
  { weight: 2, arbitrary: fc.record({ move: fc.constant('lookUp' as const), user, total }) },
  { weight: 2, arbitrary: always('recheck') },
  { weight: 2, arbitrary: always('wake') },
  { weight: 1, arbitrary: always('lateWake') },
  {
    weight: 7,
    arbitrary: fc.record({
      move: fc.constant('look' as const),
      seen: fc.oneof(
        { weight: 6, arbitrary: observation },
        { weight: 1, arbitrary: fc.constant('failed' as const) },
      ),
      plan,
    }),
  },
  {
    weight: 7,
    arbitrary: fc.record({
      move: fc.constant('send' as const),
      index: fc.nat(3),
      end: fc.constantFrom('sent' as const, 'sent' as const, 'failed' as const, 'cancelled' as const),
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({ move: fc.constant('carry' as const), end: carryEnd, seen: observation }),
  },
  { weight: 1, arbitrary: always('continueAsNew') },
  {
    weight: 1,
    arbitrary: fc.record({ move: fc.constant('switch' as const), mode: fc.constantFrom(...modes) }),
  },
);

const cardIds = fc.constantFrom('cabcdefabcdef0000', 'cabcdefabcdef0001', 'l1', '', '__proto__');
const problem = fc.record({ type: fc.constant('timeout'), message: fc.string({ unit: 'binary' }) });
const anyDecision = fc
  .tuple(fc.nat(5), action, fc.option(user, { nil: undefined }), fc.option(cardIds, { nil: undefined }))
  .map(([n, how, userId, card]) =>
    decision({
      decisionId: `d${n}`,
      action: how,
      actor: userId === undefined ? { address: 'ben@example.com' } : { userId },
      ...(card === undefined ? {} : { card }),
    }),
  );
const result: fc.Arbitrary<CarryOutResult> = fc.oneof(
  action.map((how): CarryOutResult => ({ kind: 'carriedOut', standing: standing({ action: how }) })),
  fc.constant<CarryOutResult>({ kind: 'notEntitled' }),
  fc.array(fc.string()).map((words): CarryOutResult => ({ kind: 'refused', words })),
  observation.map((seen): CarryOutResult => ({ kind: 'moved', observation: seen })),
);

/** Any event at any time, also those that no shell would report then. */
export const anyEvent: fc.Arbitrary<ApprovalEvent> = fc.oneof(
  anyDecision.map((pressed): ApprovalEvent => ({ kind: 'pressed', decision: pressed })),
  fc
    .record({ cardId: cardIds, userId: user, factsHash: total })
    .map((lookUp): ApprovalEvent => ({ kind: 'lookedUp', lookUp })),
  fc.constantFrom<ApprovalEvent>({ kind: 'recheck' }, { kind: 'woken' }),
  fc.tuple(observation, fc.boolean()).map(([seen, due]): ApprovalEvent => {
    return { kind: 'observed', observation: seen, reminder: { due, nextAt: null }, policy: 'p' };
  }),
  fc
    .tuple(fc.constantFrom('lookFailed' as const, 'carryFailed' as const), problem)
    .map(([kind, what]): ApprovalEvent => ({ kind, problem: what })),
  fc
    .tuple(fc.constantFrom('sent' as const, 'sendCancelled' as const), cardIds)
    .map(([kind, cardId]): ApprovalEvent => ({ kind, cardId })),
  fc
    .tuple(cardIds, problem)
    .map(([cardId, what]): ApprovalEvent => ({ kind: 'sendFailed', cardId, problem: what })),
  result.map((each): ApprovalEvent => ({ kind: 'settled', result: each })),
);
