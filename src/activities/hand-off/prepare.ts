import type { HandOffRule } from '../../config/config.ts';
import type { CoupaClient } from '../../connectors/coupa/client.ts';
import type { PrepareHandOffInput, Prepared } from '../../contract/concur-work.ts';
import type { HandOffMapping } from './mapping.ts';
import { mapRequisition } from './map-requisition.ts';
import { handOffNotes, standingOf } from './notes.ts';
import { selects } from './selects.ts';

export interface HandOffWorkDeps {
  readonly coupa: CoupaClient;
  readonly rule: HandOffRule;
  readonly mapping: HandOffMapping;
}

function notWanted(why: string): Prepared {
  return { kind: 'notWanted', why };
}

/** The status as Coupa names it; an open set, so that what is no plain word is not repeated. */
function statusWord(status: string): string {
  return /^\w{1,40}$/.test(status) ? status.replaceAll('_', ' ') : 'in another state';
}

/**
 * Makes a purchase request of a requisition as it is now: two requests to Coupa. It writes nothing, so that it may run
 * any number of times; that only one hand-over goes on is what `linkRequisition` sees to. Throws the connector's
 * errors; a TerminalError that names the scope where comments may not be read.
 */
export async function prepareHandOff(
  { coupa, rule, mapping }: HandOffWorkDeps,
  input: PrepareHandOffInput,
  signal: AbortSignal,
): Promise<Prepared> {
  const { requisitionId } = input;
  const requisition = await coupa.getOrderable(requisitionId, { signal });
  if (requisition === undefined) return notWanted('Coupa does not know the requisition any more');
  if (requisition.status !== 'approved') {
    return notWanted(`the requisition is ${statusWord(requisition.status)} in Coupa, and no longer approved`);
  }
  if (!selects(rule, requisition)) return notWanted('CONCUR_HANDOFF_WHEN does not select the requisition');
  const comments = await coupa.listComments(requisitionId, { signal });
  const standing = standingOf(handOffNotes(requisitionId, comments), input);
  if (standing.kind === 'others') {
    return standing.settled
      ? notWanted('a comment in Coupa names the purchase request that came of it already')
      : { kind: 'handedOverBefore', notes: standing.notes };
  }
  return mapRequisition(requisition, mapping);
}
