import type { PassResult } from '../contract/poll.ts';

interface Passed {
  readonly quick: PassResult;
  readonly full: PassResult;
  readonly state: PassResult | { readonly failure: string };
}

/** A run of the poll in one line, for whoever reads Temporal's UI. Pure. */
export function summaryOf({ quick, full, state }: Passed): string {
  const started = quick.started + full.started;
  const found = `${full.rows} rows pending, ${started} approvals started, ${full.rechecked} told to look again`;
  const counts = Object.entries(full.others.counts ?? {}).map(([type, count]) => `${count} ${type}`);
  const others = counts.length === 0 ? [] : [`other documents pending: ${counts.join(', ')}`];
  const compared =
    'failure' in state
      ? `open requisitions could not be compared: ${state.failure}`
      : `${state.rows} open requisitions compared, ${quick.rechecked + state.rechecked} approvals told of a change`;
  return [found, ...others, compared].join('; ');
}
