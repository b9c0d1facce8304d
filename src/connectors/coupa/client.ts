import { mintedBearer } from '../http/bearer.ts';
import { createRateLimiter } from '../http/rate-limiter.ts';
import { createHttp } from '../http/request.ts';
import { createTokenSource } from '../http/token-source.ts';
import { decide, type DecideOptions } from './decide.ts';
import { coupaWords } from './error-words.ts';
import { findUsersByEmail } from './find-users.ts';
import { getApproval } from './get-approval.ts';
import { getRequisition } from './get-requisition.ts';
import { listPendingRequisitionApprovals, type ListPendingOptions } from './list-pending.ts';
import { listRequisitions } from './list-requisitions.ts';
import type { ReadOptions } from './read-options.ts';
import { lastComment, LAST_COMMENT_SCOPE, type CoupaComment } from './last-comment.ts';
import { createCoupaMint, type CoupaCredential } from './token.ts';
import type {
  CoupaApproval,
  CoupaRequisition,
  CoupaUser,
  DecisionAnswer,
  PendingApprovalRow,
} from './types.ts';

export interface CoupaClientOptions extends CoupaCredential {
  readonly baseUrl: string;
  readonly requestsPerSecond: number;
  /** How long a new token rests before its first use; Coupa asks for 5 s. */
  readonly settleMs?: number | undefined;
  readonly timeoutMs?: number | undefined;
  readonly fetch?: typeof fetch | undefined;
}

/** The part of Coupa's API that approvals need. Every method throws the errors of `http/errors.ts`. */
export interface CoupaClient {
  listPendingRequisitionApprovals(options: ListPendingOptions): Promise<PendingApprovalRow[]>;
  getApproval(id: number, options?: ReadOptions): Promise<CoupaApproval | undefined>;
  getRequisition(id: number, options?: ReadOptions): Promise<CoupaRequisition | undefined>;
  listRequisitions(ids: readonly number[], options?: ReadOptions): Promise<CoupaRequisition[]>;
  approve(id: number, options: DecideOptions): Promise<DecisionAnswer>;
  reject(id: number, options: DecideOptions): Promise<DecisionAnswer>;
  findUsersByEmail(email: string, options?: ReadOptions): Promise<CoupaUser[]>;
  /** The newest comment on a requisition; undefined without any, and without the scope to read comments. */
  lastComment(requisitionId: number, options?: ReadOptions): Promise<CoupaComment | undefined>;
}

const SETTLE_MS = 5000;
const TIMEOUT_MS = 30_000;
/** A requisition of some thousand lines still fits; a runaway answer does not fill the memory. */
const MAX_BODY_BYTES = 16 * 1024 * 1024;
/** Coupa allows 25 requests a second with a burst of 20. */
const MAX_BURST = 10;

/** Creates a client with its own token and one limiter for everything it sends, token requests included. */
export function createCoupaClient(options: CoupaClientOptions): CoupaClient {
  const { baseUrl, requestsPerSecond, settleMs = SETTLE_MS, timeoutMs = TIMEOUT_MS } = options;
  const burst = Math.min(MAX_BURST, Math.max(1, Math.floor(requestsPerSecond)));
  const shared = {
    vendor: 'coupa',
    baseUrl,
    timeoutMs,
    maxBodyBytes: MAX_BODY_BYTES,
    limiter: createRateLimiter({ perSecond: requestsPerSecond, burst }),
    fetch: options.fetch,
  };
  const tokenHttp = createHttp(shared);
  const minter = createCoupaMint(tokenHttp, options);
  const tokens = createTokenSource({ mint: (signal) => minter.mint(signal), settleMs });
  const bearer = mintedBearer(tokens);
  const http = createHttp({ ...shared, authorize: bearer, words: coupaWords });
  // Coupa may answer 401 where a right is missing: what a card can do without must not cost decisions their token.
  const optionalHttp = createHttp({
    ...shared,
    authorize: { token: (signal) => bearer.token(signal), refused: () => 'fail' },
  });

  return {
    listPendingRequisitionApprovals: (o) => listPendingRequisitionApprovals(http, o),
    getApproval: (id, o) => getApproval(http, id, o),
    getRequisition: (id, o) => getRequisition(http, id, o),
    listRequisitions: (ids, o) => listRequisitions(http, ids, o),
    approve: (id, o) => decide(http, 'approve', id, o),
    reject: (id, o) => decide(http, 'reject', id, o),
    findUsersByEmail: (email, o) => findUsersByEmail(http, email, o),
    lastComment: async (requisitionId, o) => {
      // Only a token at hand says what it was granted.
      await tokens.token(o?.signal);
      return minter.carries(LAST_COMMENT_SCOPE) ? lastComment(optionalHttp, requisitionId, o) : undefined;
    },
  };
}
