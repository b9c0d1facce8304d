import { mintedBearer } from '../http/bearer.ts';
import { TerminalError } from '../http/errors.ts';
import { createRateLimiter } from '../http/rate-limiter.ts';
import { createHttp } from '../http/request.ts';
import { createTokenSource } from '../http/token-source.ts';
import { createCoupaAudit, type CoupaAudit } from './audit/audit.ts';
import { decide, type DecideOptions } from './decide.ts';
import {
  addComment,
  listComments,
  READ_COMMENTS_SCOPE,
  WRITE_COMMENTS_SCOPE,
  type CoupaNote,
} from './comments.ts';
import { coupaWords } from './error-words.ts';
import { findUsersByEmail } from './find-users.ts';
import { getApproval } from './get-approval.ts';
import { getOrderable } from './get-orderable.ts';
import { getRequisition } from './get-requisition.ts';
import { groupsOfUser } from './groups-of-user.ts';
import { listDocuments, type ListDocumentsOptions } from './list-documents.ts';
import { groupMembers } from './group-members.ts';
import { listApproved, type ApprovedPage, type ListApprovedOptions } from './list-approved.ts';
import { listDelegations } from './list-delegations.ts';
import {
  listPendingOtherDocuments,
  listPendingRequisitionApprovals,
  type ListPendingOptions,
} from './list-pending.ts';
import { listChangedRequisitions, type ListChangedOptions } from './list-changed-requisitions.ts';
import { listRequisitions } from './list-requisitions.ts';
import type { ReadOptions } from '../http/read-options.ts';
import { coupaRate } from './request-rate.ts';
import type { CoupaOrderable } from './orderable.ts';
import { scopeFor } from './scope-for.ts';
import { lastComment, LAST_COMMENT_SCOPE, type CoupaComment } from './last-comment.ts';
import { createCoupaMint, type CoupaCredential } from './token.ts';
import { usersById } from './users-by-id.ts';
import type {
  CoupaApproval,
  CoupaDelegation,
  CoupaGroup,
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
  listPendingOtherDocuments(options: ListPendingOptions): Promise<PendingApprovalRow[]>;
  /** Ids of requisitions that Coupa touched since a moment, the latest first; a page of at most 50. */
  listChangedRequisitions(options: ListChangedOptions): Promise<number[]>;
  getApproval(id: number, options?: ReadOptions): Promise<CoupaApproval | undefined>;
  getRequisition(id: number, options?: ReadOptions): Promise<CoupaRequisition | undefined>;
  listRequisitions(ids: readonly number[], options?: ReadOptions): Promise<CoupaRequisition[]>;
  approve(id: number, options: DecideOptions): Promise<DecisionAnswer>;
  reject(id: number, options: DecideOptions): Promise<DecisionAnswer>;
  findUsersByEmail(email: string, options?: ReadOptions): Promise<CoupaUser[]>;
  /** As `findUsersByEmail`, for whoever can do without: a refusal does not cost the other calls their token. */
  holdersOf(email: string, options?: ReadOptions): Promise<CoupaUser[]>;
  /** Users of these ids, at most 50; whom Coupa does not give is absent. */
  usersById(ids: readonly number[], options?: ReadOptions): Promise<CoupaUser[]>;
  /** Every delegation, past and future ones too. */
  listDelegations(options?: ReadOptions): Promise<CoupaDelegation[]>;
  /** A group with its members; undefined when Coupa has none of this id. */
  groupMembers(id: number, options?: ReadOptions): Promise<CoupaGroup | undefined>;
  /** Ids of the groups that a user is a member of; empty for an unknown user. */
  groupsOfUser(userId: number, options?: ReadOptions): Promise<number[]>;
  /** One page of pending rows of another type of document. */
  listDocuments(options: ListDocumentsOptions): Promise<PendingApprovalRow[]>;
  readonly audit: CoupaAudit;
  /** The newest comment on a requisition; undefined without any, and without the scope to read comments. */
  lastComment(requisitionId: number, options?: ReadOptions): Promise<CoupaComment | undefined>;
  /** A requisition as far as an order is made of it; undefined when Coupa has none of this id. */
  getOrderable(id: number, options?: ReadOptions): Promise<CoupaOrderable | undefined>;
  /** One page of approved requisitions. */
  listApproved(options: ListApprovedOptions): Promise<ApprovedPage>;
  /** All comments on a requisition. A TerminalError names the scope where the token does not carry it. */
  listComments(requisitionId: number, options?: ReadOptions): Promise<CoupaNote[]>;
  /** Writes a comment on a requisition. A TerminalError names the scope where the token does not carry it. */
  addComment(
    requisitionId: number,
    text: string,
    options?: { readonly signal?: AbortSignal | undefined },
  ): Promise<void>;
  /** From now on `among` processes, this one included, send `requestsPerSecond` together. */
  share(among: number): void;
}

const SETTLE_MS = 5000;
const TIMEOUT_MS = 30_000;
/** A requisition of some thousand lines still fits; a runaway answer does not fill the memory. */
const MAX_BODY_BYTES = 16 * 1024 * 1024;

function missingScope(scope: string, operation: string): TerminalError {
  return new TerminalError(`the token does not carry the scope ${scope}; grant it to the OAuth client`, {
    vendor: 'coupa',
    operation,
  });
}

/** Creates a client with its own token and one limiter for everything it sends, token requests included. */
export function createCoupaClient(options: CoupaClientOptions): CoupaClient {
  const { baseUrl, requestsPerSecond, settleMs = SETTLE_MS, timeoutMs = TIMEOUT_MS } = options;
  const limiter = createRateLimiter(coupaRate(requestsPerSecond));
  const shared = {
    vendor: 'coupa',
    baseUrl,
    timeoutMs,
    maxBodyBytes: MAX_BODY_BYTES,
    limiter,
    rightFor: scopeFor,
    fetch: options.fetch,
  };
  const tokenHttp = createHttp(shared);
  const minter = createCoupaMint(tokenHttp, options);
  const tokens = createTokenSource({ mint: (signal) => minter.mint(signal), settleMs });
  const bearer = mintedBearer(tokens);
  const http = createHttp({ ...shared, authorize: bearer, words: coupaWords });
  // Coupa may answer 401 where a right is missing: what one can do without must not cost decisions their token.
  const optionalHttp = createHttp({
    ...shared,
    authorize: { token: (signal) => bearer.token(signal), refused: () => 'fail' },
  });

  /** Asked of the token itself: a refusal by Coupa could be a 401, which would cost decisions their token. */
  const needScope = async (scope: string, operation: string, signal?: AbortSignal): Promise<void> => {
    await tokens.token(signal);
    if (!minter.carries(scope)) throw missingScope(scope, operation);
  };

  return {
    listPendingRequisitionApprovals: (o) => listPendingRequisitionApprovals(http, o),
    listPendingOtherDocuments: (o) => listPendingOtherDocuments(optionalHttp, o),
    listChangedRequisitions: (o) => listChangedRequisitions(optionalHttp, o),
    getApproval: (id, o) => getApproval(http, id, o),
    getRequisition: (id, o) => getRequisition(http, id, o),
    listRequisitions: (ids, o) => listRequisitions(http, ids, o),
    approve: (id, o) => decide(http, 'approve', id, o),
    reject: (id, o) => decide(http, 'reject', id, o),
    findUsersByEmail: (email, o) => findUsersByEmail(http, email, o),
    holdersOf: (email, o) => findUsersByEmail(optionalHttp, email, o),
    usersById: (ids, o) => usersById(optionalHttp, ids, o),
    listDelegations: (o) => listDelegations(optionalHttp, o),
    groupMembers: (id, o) => groupMembers(optionalHttp, id, o),
    groupsOfUser: (userId, o) => groupsOfUser(optionalHttp, userId, o),
    listDocuments: (o) => listDocuments(optionalHttp, o),
    audit: createCoupaAudit(http, optionalHttp),
    share: (among) => {
      limiter.setRate(coupaRate(requestsPerSecond, among));
    },
    getOrderable: (id, o) => getOrderable(http, id, o),
    listApproved: (o) => listApproved(optionalHttp, o),
    listComments: async (id, o) => {
      await needScope(READ_COMMENTS_SCOPE, 'GET /api/requisitions/:id/comments', o?.signal);
      return listComments(http, id, o);
    },
    addComment: async (id, text, o) => {
      await needScope(WRITE_COMMENTS_SCOPE, 'POST /api/requisitions/:id/comments', o?.signal);
      return addComment(http, id, text, o);
    },
    lastComment: async (requisitionId, o) => {
      // Only a token at hand says what it was granted.
      await tokens.token(o?.signal);
      return minter.carries(LAST_COMMENT_SCOPE) ? lastComment(optionalHttp, requisitionId, o) : undefined;
    },
  };
}
