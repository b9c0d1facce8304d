import type { Sheet } from '../../contract/observation.ts';
import type { Person } from '../../contract/person.ts';

/** Who is asked by message. Read when it is needed, so that a changed policy reaches approvals already waiting. */
export interface AskPolicy {
  readonly allowSelfApproval: boolean;
  /** Addresses (lower case) of those who get messages; absent: everyone. */
  readonly pilot?: readonly string[] | undefined;
  /** A requisition that was submitted longer ago is listed, not asked about: the first start floods nobody. */
  readonly askMaxAgeMs: number;
}

/** False: the approval is listed and can be looked up and decided, but nobody is messaged. */
export function asks(approvers: readonly Person[], sheet: Sheet, policy: AskPolicy, now: Date): boolean {
  const submittedMs = sheet.submittedAt === null ? NaN : Date.parse(sheet.submittedAt);
  if (Number.isFinite(submittedMs) && now.getTime() - submittedMs > policy.askMaxAgeMs) return false;
  const { pilot } = policy;
  return (
    pilot === undefined || approvers.some((person) => pilot.includes(person.address?.toLowerCase() ?? ''))
  );
}
