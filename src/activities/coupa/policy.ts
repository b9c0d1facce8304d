import type { Sheet } from '../../contract/observation.ts';
import type { Person } from '../../contract/person.ts';

/** Who is asked by message. Read when it is needed, so that a changed policy reaches approvals already waiting. */
export interface AskPolicy {
  readonly allowSelfApproval: boolean;
  /** Addresses (lower case) of those who get messages; absent: everyone. */
  readonly pilot?: readonly string[] | undefined;
  /** What has waited longer is listed, not asked about: the first start floods nobody. */
  readonly askMaxAgeMs: number;
  /** Of a group, at most so many members are asked. */
  readonly groupAskMax: number;
  /** Rows of groups are only listed. */
  readonly skipGroups: boolean;
}

/** What decides, beside the people, whether and whom policy asks about a row. */
export interface Asking {
  readonly sheet: Pick<Sheet, 'submittedAt' | 'updatedAt'>;
  readonly policy: AskPolicy;
  readonly now: Date;
  /** Whether the row is a group's. */
  readonly ofGroup: boolean;
}

/**
 * Ids of those who get a message, out of those who may decide, in their order; nobody without an address. Without any
 * the approval is listed and can be looked up and decided all the same.
 */
export function asks(
  approvers: readonly Person[],
  { sheet, policy, now, ofGroup }: Asking,
): readonly number[] {
  if (ofGroup && policy.skipGroups) return [];
  // The younger of submission and row counts: a later approver's turn may come long after the submission.
  const times = [sheet.submittedAt, sheet.updatedAt].map((at) => (at === null ? NaN : Date.parse(at)));
  const sinceMs = Math.max(...times.filter((ms) => Number.isFinite(ms)));
  if (now.getTime() - sinceMs > policy.askMaxAgeMs && Number.isFinite(sinceMs)) return [];
  const { pilot } = policy;
  const asked = approvers
    .filter(({ address }) => address !== undefined)
    .filter(({ address = '' }) => pilot === undefined || pilot.includes(address.toLowerCase()))
    .map(({ id }) => id);
  return ofGroup ? asked.slice(0, policy.groupAskMax) : asked;
}
