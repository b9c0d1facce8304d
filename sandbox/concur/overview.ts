import { totalOf } from './amounts.ts';
import type { PurchaseRequest } from './state.ts';

/** A request as the control routes show it, with the body as it arrived. */
export function overviewOf(request: PurchaseRequest) {
  const { lines, nextStepAtMs, ...shown } = request;
  const { comments } = request.body;
  const [, ref = null] = /^ref:(\S+)/.exec(typeof comments === 'string' ? comments : '') ?? [];
  return { ...shown, ref, total: totalOf(lines) };
}
