import { createHash } from 'node:crypto';
import type { ApprovalMemo } from '../../contract/approval.ts';

/** What an approval's workflow knew when its memo was written. */
export type Known = Pick<ApprovalMemo, 'state' | 'factsHash' | 'approverId' | 'policy'>;

/** What a requisition says about one of its approvals; `gone` when Coupa has none of its id. */
export type Seen =
  | 'gone'
  | {
      readonly status: string;
      readonly isTurn: boolean;
      readonly factsHash: string;
      /** Whose turn it is, a user's or a group's id; absent where Coupa does not say. */
      readonly approverId?: number;
    };

/** Whether anything at all could be news to it: an approval that has not looked yet, or is deciding, reads Coupa by itself. */
export function mayDiffer({ state, factsHash }: Known): boolean {
  if (state === 'deciding' || state === 'closed') return false;
  return state !== 'waiting' || factsHash !== undefined;
}

/**
 * Whether a look at Coupa would bring an approval's workflow something new. Pure. `policy` names the one in force.
 */
export function differs(known: Known, seen: Seen, policy: string): boolean {
  const { state, factsHash } = known;
  if (!mayDiffer(known)) return false;
  if (seen === 'gone') return true;
  if (known.policy !== undefined && known.policy !== policy) return true;
  if (factsHash !== undefined && factsHash !== seen.factsHash) return true;
  // Escalated in place: the same row, now somebody else's, often without a new date.
  const { approverId = known.approverId } = seen;
  if (known.approverId !== undefined && known.approverId !== approverId) return true;
  const isPending = seen.status === 'pending_approval';
  switch (state) {
    case 'waiting':
      return isPending && seen.isTurn;
    case 'listed':
    case 'asked':
      return !isPending || !seen.isTurn;
    case 'stuck':
      // Never read so far: Coupa did not answer it, and now it answers, so there is no need to wait for the retry (P7).
      return factsHash === undefined ? isPending && seen.isTurn : !isPending;
    case 'deciding':
    case 'closed':
      return false;
  }
}

/** Names what was seen of an approval, short: the same again is no news. */
export function differenceKey(approvalId: number, seen: Seen, policy: string): string {
  const parts = seen === 'gone' ? [seen] : [seen.status, seen.isTurn, seen.factsHash, seen.approverId];
  const hash = createHash('sha256').update(JSON.stringify([parts, policy]));
  return `${approvalId}:${hash.digest('base64url').slice(0, 11)}`;
}
