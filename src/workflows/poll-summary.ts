import type { HandOffPassResult, PassResult } from '../contract/poll.ts';

interface Passed {
  readonly quick: PassResult;
  readonly full: PassResult;
  readonly state: PassResult | { readonly failure: string };
  /** Absent: nothing goes to SAP Concur. */
  readonly handOff?: HandOffPassResult | { readonly failure: string };
}

function handedOff(handOff: Passed['handOff']): string[] {
  if (handOff === undefined) return [];
  return 'failure' in handOff
    ? [`approved requisitions could not be looked through: ${handOff.failure}`]
    : [`${handOff.begun} of ${handOff.rows} approved requisitions go to SAP Concur`];
}

/** A run of the poll in one line, for whoever reads Temporal's UI. Pure. */
export function summaryOf({ quick, full, state, handOff }: Passed): string {
  const started = quick.started + full.started;
  const found = `${full.rows} rows pending, ${started} approvals started, ${full.rechecked} told to look again`;
  const counts = Object.entries(full.others.counts ?? {}).map(([type, count]) => `${count} ${type}`);
  const others = counts.length === 0 ? [] : [`other documents pending: ${counts.join(', ')}`];
  const compared =
    'failure' in state
      ? `open requisitions could not be compared: ${state.failure}`
      : `${state.rows} open requisitions compared, ${quick.rechecked + state.rechecked} approvals told of a change`;
  return [found, ...others, ...handedOff(handOff), compared].join('; ');
}
