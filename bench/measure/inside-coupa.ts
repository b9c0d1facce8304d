import type { VendorRequest } from '../drive/requests.ts';

/** Which approval was pressed, and when (milliseconds since 1970). */
export interface Pressed {
  readonly approvalId: number;
  readonly requisitionId: number;
  readonly startedAtMs: number;
}

/**
 * The requests that Coupa got because of one press, in order of arrival: everything about the approval and its
 * requisition from the press up to the write. What comes after the write follows the answer and is not its cost.
 */
export function requestsOfPress(record: readonly VendorRequest[], pressed: Pressed): VendorRequest[] {
  const { approvalId, requisitionId, startedAtMs } = pressed;
  const writePath = `/api/approvals/${approvalId}/approve`;
  const paths = [`/api/approvals/${approvalId}`, `/api/requisitions/${requisitionId}`, writePath];
  const ours = record.filter(({ path, at }) => at >= startedAtMs - 1 && paths.includes(path));
  const write = ours.findIndex(({ path }) => path === writePath);
  return write < 0 ? [] : ours.slice(0, write + 1);
}

/** Milliseconds that Coupa took for one press. Throws when it has no record of a write for it. */
export function insideCoupaMs(record: readonly VendorRequest[], pressed: Pressed): number {
  const requests = requestsOfPress(record, pressed);
  if (requests.length === 0) throw new Error(`Coupa has no write of approval ${pressed.approvalId}`);
  return requests.reduce((sum, { durationMs }) => sum + (durationMs ?? 0), 0);
}
