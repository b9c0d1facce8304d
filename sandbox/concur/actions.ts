import { randomUUID } from 'node:crypto';
import type { RequestException } from './options.ts';
import type { Entity } from './entity.ts';
import { definedOf } from './progress.ts';
import type { PurchaseRequest } from './state.ts';

/** What people do in Concur's own pages with a request, and what the sandbox can make of it. */
export type RequestAction = 'approve' | 'send-back' | 'expire' | 'create' | 'fail';

/** Sets a status by hand, known to SAP's page or not. */
export interface StatusChange {
  queueStatus?: string | undefined;
  workflowStatus?: string | undefined;
  exceptions?: readonly RequestException[] | undefined;
}

const usualFailure: RequestException = {
  eventCode: 'PURCH_DETAIL_SUBMIT',
  exceptionCode: 'SANDBOX_FAILED',
  isCleared: false,
  message: 'The purchase request could not be created',
};

/** Does it; returns why that was not possible, or null when it was done. */
export function act(
  { store, settings, progress }: Entity,
  request: PurchaseRequest,
  action: RequestAction,
  exceptions: readonly RequestException[] = [usualFailure],
): string | null {
  const refusal = refusalOf(request, action);
  if (refusal !== null) return refusal;
  if (action === 'create') progress.step(request);
  else if (action === 'fail') progress.fail(request, exceptions);
  else if (action === 'approve') {
    request.workflowStatus = 'Approved';
    progress.after(request, settings.orderDelayMs);
  } else {
    request.workflowStatus = action === 'expire' ? 'Approval Time Expired' : 'Sent Back To Employee';
    progress.after(request, Infinity);
  }
  store.changed();
  return null;
}

/** Shows the request with another status; it stays so until somebody acts on it. */
export function setStatus({ store, progress }: Entity, request: PurchaseRequest, change: StatusChange): void {
  const { queueStatus, workflowStatus, exceptions } = change;
  if (queueStatus !== undefined) request.queueStatus = queueStatus;
  if (workflowStatus !== undefined) {
    request.workflowStatus = workflowStatus;
    progress.after(request, Infinity);
  }
  if (exceptions !== undefined) {
    request.exceptions = exceptions.map((one) => ({ prExceptionId: randomUUID(), ...definedOf(one) }));
  }
  store.changed();
}

/** Why a request cannot take an action now; null when it can. */
export function refusalOf(request: PurchaseRequest, action: RequestAction): string | null {
  const isPending = request.queueStatus === 'PENDING_CREATION';
  if (action === 'create' || action === 'fail') return isPending ? null : 'it is not pending creation';
  if (isPending || request.number === null) return 'it does not exist yet';
  // One that was only shown as approved has no orders to come, and can still be approved.
  const isOver = request.orders.length > 0 || request.nextStepAtMs !== null;
  return request.workflowStatus === 'Approved' && isOver ? 'it is approved already' : null;
}
