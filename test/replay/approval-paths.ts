import { z } from 'zod';
import { approvalMemoKey } from '../../src/contract/approval.ts';
import { askingPaths } from './asking-paths.ts';
import { changes, generalPaths, type Told } from './paths.ts';

const kind = z.object({ kind: z.string() });
const reading = z.object({ observation: kind });
const carriedOut = kind.extend({
  observation: kind.optional(),
  words: z.array(z.string()).default([]),
});
const card = z.object({ previous: z.unknown().optional(), reminder: z.unknown().optional() });
const carryOut = z.object({ mayHaveWritten: z.boolean() });
const memo = z.object({ state: z.string() });
const decision = z.object({ via: z.string() });
const lookUp = z.object({ cardId: z.string() });
const follow = z.object({
  sheet: z.unknown(),
  reason: z.string().optional(),
  ending: z.object({ outcome: z.string() }),
  holders: z.array(z.unknown()),
  holdersOnly: z.boolean().default(false),
});
const started = z.object({
  earlier: z.unknown().optional(),
  carried: z
    .object({
      queue: z.array(z.unknown()),
      cards: z.array(z.object({ sent: z.boolean() })),
      holders: z.array(z.unknown()),
      tellings: z.number(),
    })
    .optional(),
});
const result = z.object({ outcome: z.string(), answers: z.record(z.string(), kind) });

/** The ways that one run of the workflow `approval` took. */
export function approvalPaths(told: Told): string[] {
  const { events } = told;
  const states = events.flatMap((each) => {
    const atStart = each.workflowExecutionStartedEventAttributes?.memo;
    const shown = atStart ?? each.workflowPropertiesModifiedEventAttributes?.upsertedMemo;
    return shown === undefined ? [] : [memo.parse(shown.fields[approvalMemoKey]).state];
  });
  const seen = told.answers('readApproval').map((each) => reading.parse(each).observation.kind);
  const tries = told.answers('carryOut').map((each) => carriedOut.parse(each));
  const cards = told.asked('sendCard').map((each) => card.parse(each));
  const followed = told.asked('startAfter').map((each) => follow.parse(each));
  const lookUps = told.signals('lookUp').map((each) => lookUp.safeParse(each).success);
  const presses = told.signals('decide').map((each) => decision.safeParse(each).data?.via);
  const { carried, earlier } = started.parse(told.input);
  const ended = result.safeParse(told.result).data;
  const waited = events.flatMap(({ workflowExecutionUpdateCompletedEventAttributes: held }) =>
    held === undefined ? [] : [kind.parse(held.outcome.success?.payloads[0]).kind],
  );
  const flags = {
    'two presses': presses.length > 1,
    'a press that is none': presses.includes(undefined),
    'a look-up': lookUps.includes(true),
    'a look-up that is none': lookUps.includes(false),
    'a recheck': told.signals('recheck').length > 0,
    'a follow-up with a reason': followed.some(({ reason }) => reason !== undefined),
    'a follow-up that tells somebody': followed.some(({ holders }) => holders.length > 0),
    'a follow-up that tells nobody': followed.some(({ holders }) => holders.length === 0),
    'a follow-up of an end before the first look': followed.some(({ sheet }) => sheet === null),
    'an end without a follow-up': ended !== undefined && followed.length === 0,
    'a follow-up of holders alone': followed.some(({ holdersOnly }) => holdersOnly),
    'a card that says what changed': cards.some(({ previous }) => previous !== undefined),
    'a reminder': cards.some(({ reminder }) => reminder !== undefined),
    'a second reminder': cards.filter(({ reminder }) => reminder !== undefined).length > 1,
    'a carry-out after one that may have written': told
      .asked('carryOut')
      .some((each) => carryOut.parse(each).mayHaveWritten),
    'a start after an earlier end': earlier !== undefined,
    'a card carried over': (carried?.cards.length ?? 0) > 0,
    'a decision carried over': (carried?.queue.length ?? 0) > 0,
    'a holder carried over': (carried?.holders.length ?? 0) > 0,
    'a telling carried over': (carried?.tellings ?? 0) > 0,
    'a card that is not sent carried over': carried?.cards.some(({ sent }) => !sent) ?? false,
  };
  return [
    ...generalPaths(told),
    ...askingPaths(told),
    ...states.map((state) => `state ${state}`),
    ...changes(states).map((change) => `state ${change}`),
    ...seen.map((each) => `a look that sees ${each}`),
    ...changes(seen).map((change) => `looks that see ${change}`),
    ...tries.map((each) => `a carry-out that is ${each.kind}`),
    ...tries.map(({ observation }) => `a carry-out that sees ${observation?.kind ?? 'no change'}`),
    ...tries.flatMap(({ words }) => (words.length > 0 ? ['a carry-out that is refused in words'] : [])),
    ...followed.map(({ ending }) => `a follow-up of ${ending.outcome}`),
    ...presses.map((via) => `a press via ${via ?? 'nothing'}`),
    ...waited.map((answer) => `a wait that ends with ${answer}`),
    ...Object.values(ended?.answers ?? {}).map((answer) => `answer ${answer.kind}`),
    ...(ended === undefined ? [] : [`outcome ${ended.outcome}`]),
    ...Object.entries(flags).flatMap(([path, holds]) => (holds ? [path] : [])),
  ];
}
