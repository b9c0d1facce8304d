import type { PrepareHandOffInput } from '../../../contract/concur-work.ts';
import type { PurchaseRequestOrigin } from '../../../contract/purchase-request.ts';
import type { PurchaseCore } from './state.ts';

/** What names a hand-over to the activities that read and comment its requisition. */
export function handOffOf(
  { id, claim, forgiven }: PurchaseCore,
  { requisitionId }: PurchaseRequestOrigin & { kind: 'handOff' },
): PrepareHandOffInput {
  return { id, requisitionId, claim, ...(forgiven === undefined ? {} : { forgiven }) };
}
