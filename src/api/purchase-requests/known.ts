import type { DescribedPurchaseRequest } from '../engine/purchase-request-engine.ts';
import type { Engine } from '../engine/engine.ts';
import { ProblemError } from '../problem-error.ts';

/** What an id of ours can look like; anything else is nobody's, and no question to Temporal. */
const idForm = /^[A-Za-z0-9-]{1,64}$/;

/** The purchase request of this id. Throws 404 when none is known, `EngineUnavailable`. */
export async function knownPurchaseRequest(
  engine: Engine,
  id: string,
): Promise<Exclude<DescribedPurchaseRequest, { kind: 'none' }>> {
  const seen = idForm.test(id) ? await engine.purchaseRequest(id) : ({ kind: 'none' } as const);
  if (seen.kind === 'none') throw new ProblemError('not-found', 'No such purchase request is known here.');
  return seen;
}
