import type { PassInput, PassResult } from '../../contract/poll.ts';
import { toldLately } from './told.ts';

/** The result of a pass that has found nothing yet: what the run before it knew, without what is out of date. */
export function begin({ now, maxRequests: _, maxTold: __, ...known }: PassInput): PassResult {
  const counts = { requests: 0, rows: 0, started: 0, rechecked: 0 };
  return { ...known, told: toldLately(known.told, now), ...counts };
}
