import { randomFrom, type Random } from '../../sandbox/coupa/generate-random.ts';
import type { concurControl, Fault } from './sandbox-control.ts';

type Planned = Omit<Fault, 'route'>;

/** What meets a create, with how many of each: answers that are lost, refusals for now, and answers held back. */
const onCreates: readonly (readonly [count: number, fault: Planned])[] = [
  [30, { kind: 'dropBefore' }],
  [30, { kind: 'dropAfter' }],
  [10, { kind: 'status', status: 500 }],
  [10, { kind: 'statusAfter', status: 500 }],
  [10, { kind: 'statusAfter', status: 502 }],
  [10, { kind: 'statusAfter', status: 504 }],
  [10, { kind: 'statusAfter', status: 408 }],
  [8, { kind: 'status', status: 503 }],
  [8, { kind: 'statusAfter', status: 503 }],
  [8, { kind: 'html' }],
  [8, { kind: 'html', status: 200 }],
  [15, { kind: 'truncated' }],
  [15, { kind: 'empty' }],
  [40, { kind: 'status', status: 429, retryAfter: '0' }],
  [10, { kind: 'status', status: 401 }],
  [10, { kind: 'status', status: 403 }],
  [50, { kind: 'delay', delayMs: 300 }],
];

/** What meets a read: it changes nothing, so each is tried again. */
const onReads: readonly (readonly [count: number, fault: Planned])[] = [
  [20, { kind: 'dropBefore' }],
  [20, { kind: 'dropAfter' }],
  [20, { kind: 'status', status: 500 }],
  [10, { kind: 'status', status: 404 }],
  [5, { kind: 'status', status: 429, retryAfter: '0' }],
  [2, { kind: 'html' }],
  [10, { kind: 'truncated' }],
  [10, { kind: 'empty' }],
];

/** As many of each as asked for, and between them requests that nothing happens to, in an order that the seed decides. */
function shuffled(
  faults: readonly (readonly [count: number, fault: Planned])[],
  among: number,
  random: Random,
): (Planned | undefined)[] {
  const drawn: (Planned | undefined)[] = faults.flatMap(([count, fault]) =>
    Array.from({ length: count }, () => fault),
  );
  while (drawn.length < among) drawn.push(undefined);
  return drawn
    .map((fault) => ({ fault, place: random.share() }))
    .toSorted((left, right) => left.place - right.place)
    .map(({ fault }) => fault);
}

/** Requests in a row that nothing happens to: a fault that delays them by nothing. */
function undisturbed(times: number): Planned {
  return { kind: 'delay', delayMs: 0, times };
}

/**
 * Plans what happens to the next creates and reads at the simulated SAP Concur, the same for the same seed.
 */
export async function planFaults(
  concur: ReturnType<typeof concurControl>,
  { seed, creates }: { readonly seed: number; readonly creates: number },
): Promise<void> {
  const random = randomFrom(seed);
  const plans = [
    { route: 'create', faults: shuffled(onCreates, creates, random) },
    { route: 'get', faults: shuffled(onReads, creates, random) },
    { route: 'vendors', faults: shuffled(onReads, creates, random) },
    { route: 'order', faults: shuffled(onReads, creates / 2, random) },
  ];
  for (const { route, faults } of plans) {
    let quiet = 0;
    for (const fault of faults) {
      if (fault === undefined) {
        quiet += 1;
        continue;
      }
      if (quiet > 0) await concur.fault({ route, ...undisturbed(quiet) });
      quiet = 0;
      await concur.fault({ route, ...fault });
    }
  }
}

/** The kinds that `planFaults` plays on creates. */
export const plannedOnCreates: readonly string[] = [
  ...new Set(onCreates.map(([, { kind }]) => kind)),
].toSorted();
