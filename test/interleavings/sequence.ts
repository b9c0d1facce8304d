import fc from 'fast-check';
import { groups } from './company.ts';

const approver = fc.constantFrom(201, 202, 203, 204, 205);
/** A requester who approves others' requisitions, too, now and then: the chain may then lead to themselves. */
const requester = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(101, 102, 103, 104) },
  { weight: 1, arbitrary: approver },
);

/** One step of a chain: one approver, an approval group, or several at once. */
const chainStep = fc.oneof(
  { weight: 5, arbitrary: approver },
  { weight: 1, arbitrary: fc.constantFrom(...groups.keys()).map((group) => ({ group })) },
  {
    weight: 1,
    arbitrary: fc.uniqueArray(approver, { minLength: 2, maxLength: 3 }).map((parallel) => ({ parallel })),
  },
);

const newRequisition = fc.record({
  requesterId: requester,
  createdById: fc.option(requester, { nil: undefined, freq: 4 }),
  chain: fc.array(chainStep, { minLength: 1, maxLength: 3 }),
  /** Not submitted at first, with the undated pending row that Coupa gives to some drafts. */
  draft: fc.oneof({ weight: 4, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) }),
});
export type NewRequisition = typeof newRequisition extends fc.Arbitrary<infer T> ? T : never;

const action = fc.constantFrom('approve' as const, 'reject' as const);
/** Which requisition, which of its cards or rows: taken modulo how many there are. */
const r = fc.nat({ max: 3 });
const pick = fc.nat({ max: 11 });
/** Whether the caller stays for the answer before the next move is made. */
const stays = fc.boolean();

/** Every kind of move: what it is made of. What it does stands under the same name in `moves.ts`. */
const moves = {
  edit: fc.record({ r, bump: fc.boolean() }),
  revert: fc.record({ r }),
  withdraw: fc.record({ r }),
  submit: fc.record({ r }),
  decideInCoupa: fc.record({ r, pick, action }),
  skip: fc.record({ r, pick }),
  /** To a new row, or in place: the row's approver changes without a new date. */
  escalate: fc.record({ r, pick, toUserId: approver, newRow: fc.boolean() }),
  restart: fc.record({ r }),
  remove: fc.record({ r }),
  press: fc.record({ r, pick, action, stays }),
  pressTwice: fc.record({ r, pick, action, stays }),
  pressBoth: fc.record({ r, pick, stays }),
  pressOld: fc.record({ r, pick, action, stays }),
  pressForged: fc.record({ r, pick, action, how: fc.constantFrom('user', 'mac', 'approval') }),
  pressAsAnother: fc.record({ r, pick, action, other: approver }),
  pressBare: fc.record({
    r,
    pick,
    action,
    stays,
    stranger: fc.option(approver, { nil: undefined, freq: 1 }),
  }),
  follow: fc.record({ r, pick }),
  poll: fc.record({}),
  loseWrite: fc.record({ r, how: fc.constantFrom('dropBefore' as const, 'dropAfter' as const) }),
  outage: fc.record({
    r,
    how: fc.constantFrom('down' as const, 'dropBefore' as const),
    times: fc.integer({ min: 1, max: 2 }),
  }),
  pause: fc.record({ ms: fc.nat({ max: 400 }) }),
};

type Kinds = typeof moves;
type ArgsOf<K extends keyof Kinds> = Kinds[K] extends fc.Arbitrary<infer T> ? T : never;
export type Move = { [K in keyof Kinds]: { readonly kind: K } & Readonly<ArgsOf<K>> }[keyof Kinds];
/** What each kind of move does. */
export type Moves<Context> = {
  readonly [K in keyof Kinds]: (context: Context, move: Readonly<ArgsOf<K>>) => Promise<void>;
};

/** How often each kind comes; the others once. */
const weights: Partial<Record<keyof Kinds, number>> = {
  press: 8,
  pressOld: 3,
  edit: 3,
  decideInCoupa: 2,
  pressBare: 2,
};

const move = fc.oneof(
  ...Object.entries(moves).map(([kind, args]) => ({
    weight: weights[kind as keyof Kinds] ?? 1,
    arbitrary: (args as fc.Arbitrary<object>).map((made) => ({ kind, ...made }) as Move),
  })),
);

export interface Sequence {
  readonly requisitions: readonly NewRequisition[];
  readonly moves: readonly Move[];
}

/** Two to four requisitions, and five to fifteen moves on them. */
export const anySequence: fc.Arbitrary<Sequence> = fc.record({
  requisitions: fc.array(newRequisition, { minLength: 2, maxLength: 4 }),
  moves: fc.array(move, { minLength: 5, maxLength: 15 }),
});
