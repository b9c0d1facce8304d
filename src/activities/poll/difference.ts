import { createHash } from 'node:crypto';
import type { ApprovalMemo } from '../../contract/approval.ts';

/** What an approval's workflow knew when its memo was written. */
export type Known = Pick<ApprovalMemo, 'state' | 'factsHash' | 'policy'>;

/** What a requisition says about one of its approvals; `gone` when Coupa has none of its id. */
export type Seen = 'gone' | { readonly status: string; readonly isTurn: boolean; readonly factsHash: string };

/**
 * Whether a look at Coupa would bring an approval's workflow something new. Pure. `policy` names the one in force.
 * An approval that has not looked yet, or is deciding, is about to read Coupa by itself.
 */
export function differs(known: Known, seen: Seen, policy: string): boolean {
  const { state, factsHash } = known;
  if (state === 'deciding' || state === 'closed') return false;
  if (state === 'waiting' && factsHash === undefined) return false;
  if (seen === 'gone') return true;
  if (known.policy !== undefined && known.policy !== policy) return true;
  if (factsHash !== undefined && factsHash !== seen.factsHash) return true;
  const isPending = seen.status === 'pending_approval';
  switch (state) {
    case 'waiting':
      return isPending && seen.isTurn;
    case 'listed':
    case 'asked':
      return !isPending || !seen.isTurn;
    case 'stuck':
      return factsHash !== undefined && !isPending;
  }
}

/** Names what was seen of an approval, short: the same again is no news. */
export function differenceKey(approvalId: number, seen: Seen, policy: string): string {
  const parts = seen === 'gone' ? [seen] : [seen.status, seen.isTurn, seen.factsHash];
  const hash = createHash('sha256').update(JSON.stringify([parts, policy]));
  return `${approvalId}:${hash.digest('base64url').slice(0, 11)}`;
}
