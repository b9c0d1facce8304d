import { cancellationSignal } from '@temporalio/activity';
import type { LinkInput, PrepareHandOffInput, Prepared } from '../../contract/concur-work.ts';
import { linkRequisition, type Linked } from './link.ts';
import { prepareHandOff, type HandOffWorkDeps } from './prepare.ts';

/**
 * Activities of the queue `coupa-read` for requisitions that become purchase requests in SAP Concur. `mapping` is what
 * `readMapping` gives. Each makes two to five requests to Coupa.
 */
export function createHandOffActivities(deps: HandOffWorkDeps) {
  return {
    /** Makes the purchase request of a requisition as it is now, or says why there is none. Writes nothing. */
    prepareHandOff: (input: PrepareHandOffInput): Promise<Prepared> =>
      prepareHandOff(deps, input, cancellationSignal()),

    /**
     * Joins a requisition to its purchase request by a comment in Coupa. About `begun` it must have succeeded before
     * anything is sent to Concur; it fails with `handedOverBeforeType` where another hand-over was first.
     */
    linkRequisition: (input: LinkInput): Promise<Linked> =>
      linkRequisition(deps.coupa, input, cancellationSignal()),
  };
}
