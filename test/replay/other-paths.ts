import { z } from 'zod';
import { generalPaths, type Told } from './paths.ts';

const found = z.object({ told: z.array(z.number()), finished: z.boolean() });

const input = z.object({
  sheet: z.unknown(),
  ending: z.object({ outcome: z.string() }),
  holders: z.array(z.unknown()),
  holdersOnly: z.boolean().default(false),
});

/** The ways that one run of the workflow `after` took: what it says of itself, and how often it looked. */
export function afterPaths(told: Told): string[] {
  const looks = told.answers('handOver').map((each) => found.parse(each));
  const said = z.string().parse(told.result);
  const { sheet, ending, holders, holdersOnly } = input.parse(told.input);
  const flags = {
    'a requisition that waits for nobody': looks.some(({ finished }) => finished),
    'a requester who is not to be told': told.asked('notifyRequester').length === 0,
    'a holder of a card': holders.length > 0,
    'no holder of a card': holders.length === 0,
    'an approval that was never looked at': sheet === null,
    'holders alone': holdersOnly,
  };
  return [
    `after ${ending.outcome}`,
    ...generalPaths(told),
    ...said.split('; ').map((part) => part.replace(/ to .*/, ' to the next approval').replace(/^\d+ /, '')),
    ...Object.entries(flags).flatMap(([path, holds]) => (holds ? [path] : [])),
    `looks for the next approval: ${looks.length}`,
  ];
}

const deliveries = z.object({ deliveries: z.array(z.object({ kind: z.string() })) });
const report = z.object({ deliveries: z.array(z.object({ outcome: z.object({ kind: z.string() }) })) });

/** The ways that one run of the workflow `notification` took. */
export function notificationPaths(told: Told): string[] {
  const ends = report.safeParse(told.result).data?.deliveries ?? [];
  return [
    ...generalPaths(told),
    ...deliveries.parse(told.input).deliveries.map((each) => `a ${each.kind}`),
    ...ends.map(({ outcome }) => `a delivery that is ${outcome.kind}`),
    ...(new Set(ends.map(({ outcome }) => outcome.kind)).size > 1 ? ['deliveries that end differently'] : []),
  ];
}

const others = z.object({ counts: z.record(z.string(), z.number()).optional() });
const due = z.object({ delegationsDue: z.record(z.string(), z.string()) });
const pass = due.extend({ started: z.number(), rechecked: z.number(), others });
const known = z.object({ told: z.record(z.string(), z.string()) });

/** The ways that one run of the workflow `poll` took. */
export function pollPaths(told: Told): string[] {
  const passes = ['quickPass', 'fullPass', 'statePass'] as const;
  const isDue = (each: unknown) => Object.keys(due.parse(each).delegationsDue).length > 0;
  const toldOf = (each: unknown) => Object.keys(known.parse(each).told).length;
  const counted = told.answers('fullPass').map((each) => Object.keys(pass.parse(each).others.counts ?? {}));
  const compared = told.exchanges('statePass');
  const flags = {
    'other documents counted': counted.some((types) => types.length > 1),
    'a difference that only the state pass finds': compared.some(
      ({ asked, answer }) => toldOf(answer) > toldOf(asked) && pass.parse(answer).rechecked > 0,
    ),
    'a change of delegations': compared.some(({ asked, answer }) => !isDue(asked) && isDue(answer)),
    'a change of delegations to be told once more': compared.some(({ asked }) => isDue(asked)),
  };
  return [
    ...generalPaths(told),
    ...Object.entries(flags).flatMap(([path, holds]) => (holds ? [path] : [])),
    ...passes.flatMap((name) =>
      told.answers(name).flatMap((answer) => {
        const { started, rechecked } = pass.parse(answer);
        const starts = started > 0 ? [`${name} starts approvals`] : [];
        return rechecked > 0 ? [...starts, `${name} tells of a difference`] : starts;
      }),
    ),
  ];
}
