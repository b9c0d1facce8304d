import type { CallOut } from './options.ts';
import type { Requisition } from './state.ts';

const CALL_OUT_TIMEOUT_MS = 5000;

/**
 * Tells of a submitted document, as a Coupa call-out does on a document event. Nobody waits for it and no error of
 * it is seen; Coupa's own body is configured per tenant, so this one only names the document.
 */
export function callOutFor(requisition: Requisition, callOut: CallOut | null, ended: AbortSignal): void {
  if (callOut === null) return;
  const { id, status } = requisition;
  fetch(callOut.url, {
    method: 'POST',
    headers: { Authorization: `Bearer ${callOut.key}`, 'Content-Type': 'application/json' },
    body: JSON.stringify({ event: 'submitted', document: { type: 'RequisitionHeader', id, status } }),
    signal: AbortSignal.any([ended, AbortSignal.timeout(CALL_OUT_TIMEOUT_MS)]),
  })
    .then((response) => response.body?.cancel())
    .catch(() => undefined);
}
