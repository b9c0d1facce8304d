import type { CoupaActor, CoupaApproval } from '../../connectors/coupa/types.ts';
import type { Decision } from '../../contract/decision.ts';

/** Whom Coupa records for what our OAuth client does: the same user for every decision that we carry out. */
export interface ApiUser {
  /** Told whom Coupa recorded for a write that was certainly ours. */
  learn(actor: CoupaActor | undefined): void;
  /** False also while it is not known who our user is. */
  is(actor: CoupaActor | undefined): boolean;
}

/** The API user by its login where that is configured, else as learned since this process started. */
export function createApiUser(login?: string): ApiUser {
  const known = login?.trim().toLowerCase();
  const learned = new Set<number>();
  return {
    learn(actor) {
      if (actor !== undefined) learned.add(actor.id);
    },
    is(actor) {
      if (actor === undefined) return false;
      if (known !== undefined && actor.login !== undefined) return actor.login.toLowerCase() === known;
      return learned.has(actor.id);
    },
  };
}

export const statusOf = { approve: 'approved', reject: 'rejected' } as const;

/**
 * Whether a row that has ended without a note was ended by a write of ours (P5): Coupa does not promise to keep the
 * reason. It is only to be asked after an attempt of ours at this very decision. Any note at all but ours is somebody
 * else's decision, even by our API user: the client may be shared.
 */
export function isNotelessWrite(
  approval: CoupaApproval,
  decision: Pick<Decision, 'action' | 'receivedAt'>,
  apiUser: ApiUser,
): boolean {
  if (approval.note !== null || approval.status !== statusOf[decision.action]) return false;
  const { approvalDate, approvedBy } = approval;
  // Without a zone it would be read in that of this machine.
  if (approvalDate === null || !/(Z|[+-]\d\d:?\d\d)$/.test(approvalDate)) return false;
  // Coupa's times have whole seconds.
  const isSince = Date.parse(approvalDate) >= Math.floor(Date.parse(decision.receivedAt) / 1000) * 1000;
  return isSince && apiUser.is(approvedBy);
}
