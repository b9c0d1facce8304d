import type { PurchaseOrder, PurchaseRequestStatus } from '../../contract/purchase-request.ts';
import { plain } from './plain.ts';
import { facts } from './table.ts';

/** A purchase request as SAP Concur shows it now. */
export interface ShownStatus {
  readonly id: string;
  readonly status: PurchaseRequestStatus;
  readonly orders: readonly PurchaseOrder[];
}

function row(parts: readonly (string | undefined)[]): string {
  return `    ${parts.flatMap((part) => (part === undefined ? [] : [plain(part)])).join('  ')}`;
}

/** For people; statuses are Concur's own words. */
export function statusText({ id, status, orders }: ShownStatus): string {
  return [
    `Purchase request ${plain(id)}`,
    ...facts([
      ['Number', status.number ?? 'none yet'],
      ['Queue status', status.queueStatus],
      ['Workflow status', status.workflowStatus],
    ]),
    ...(status.exceptions.length === 0 ? [] : ['  Exceptions']),
    ...status.exceptions.map(({ cleared, code, eventCode, message }) =>
      row([cleared === true ? 'cleared' : 'open', code, eventCode, message]),
    ),
    ...(orders.length === 0 ? ['  No purchase order yet'] : ['  Purchase orders']),
    ...orders.map(({ number, status: state, orderedOn, vendorCode }) =>
      row([number, state, orderedOn, vendorCode === undefined ? undefined : `vendor ${vendorCode}`]),
    ),
  ].join('\n');
}

/** For machines, by the names of `GET /purchase-requests/{id}`. */
export function statusJson({ id, status, orders }: ShownStatus): Readonly<Record<string, unknown>> {
  return {
    purchaseRequestId: id,
    purchaseRequestNumber: status.number ?? null,
    queueStatus: status.queueStatus ?? null,
    workflowStatus: status.workflowStatus ?? null,
    exceptions: status.exceptions,
    purchaseOrders: orders,
  };
}
