import type { TimelineEntry } from '../../../contract/approval.ts';
import type { Problem } from '../../../contract/observation.ts';
import type { PurchaseRequestDocument } from '../../../contract/purchase-request-document.ts';
import {
  closedPurchaseRequestStates,
  summaryOf,
  type Attention,
  type PurchaseOrder,
  type PurchaseRequestInput,
  type PurchaseRequestOrigin,
  type PurchaseRequestState,
  type PurchaseRequestStatus,
  type PurchaseRequestSummary,
  type RequestProblem,
  type Resolving,
} from '../../../contract/purchase-request.ts';
import type { Task } from './events.ts';

/** How far it has come; `needsAttention` lies on top of it while a human is asked. */
type Phase = Exclude<PurchaseRequestState, 'needsAttention'>;

/**
 * Everything one purchase request knows. Pure data: it is carried over a continue-as-new as it is.
 *
 * - P5: `task` is `create` only while one try is under way; an unknown outcome leads to `rest`, which only a human ends.
 */
export interface PurchaseCore {
  readonly id: string;
  readonly origin: PurchaseRequestOrigin;
  /** Of a hand-off: once it is made from the requisition. */
  readonly document?: PurchaseRequestDocument;
  readonly notify?: string;
  /** ISO 8601, UTC; as all times here. */
  readonly startedAt: string;
  readonly phase: Phase;
  readonly task: Task;
  readonly attention?: Attention;
  /** How often a human was asked: the `n` of the last time. */
  readonly attentions: number;
  readonly summary: PurchaseRequestSummary;
  readonly problems: readonly RequestProblem[];
  readonly trouble?: Problem;
  /** Names this hand-over in the requisition's comments, over all runs of the workflow. */
  readonly claim: string;
  /** The highest id of the comments that tell of another hand-over of the requisition. */
  readonly notes?: number;
  /** The same, once a human found that it created nothing. */
  readonly forgiven?: number;
  /** Of a hand-off: the requisition says that it was handed over. Nothing is created before. */
  readonly begun: boolean;
  /** Of a hand-off: when its document was made from the requisition. */
  readonly preparedAt?: string;
  /** Of a hand-off that has ended: not by a human, but because the requisition was not to be ordered then. */
  readonly notWanted?: true;
  /** Of the last create, known before it was sent. */
  readonly correlationId?: string;
  readonly sentAt?: string;
  readonly concurId?: string;
  /** `concurId` is a human's word: Concur has not answered it to a create of this request. */
  readonly named?: true;
  /** The id that Concur itself answered or showed, where a human has named another one since: it was created. */
  readonly knownAs?: string;
  readonly acceptedAt?: string;
  /** It was noted that Concur does not know `concurId`. */
  readonly missed?: true;
  /** When a look last showed something new; spaces the looks. */
  readonly changedAt?: string;
  readonly followForMs?: number;
  /** When a look last showed other purchase orders than the one before. */
  readonly ordersAt?: string;
  /** Concur was seen to have created it. */
  readonly seenCreated: boolean;
  readonly status?: PurchaseRequestStatus;
  readonly orders: readonly PurchaseOrder[];
  /** Failures in a row of what is under way: they space the tries. */
  readonly failures: number;
  /** Creates in a row that Concur refused for a credential or a right. */
  readonly accessRefusals: number;
  /** Creates in a row that Concur refused without saying why. */
  readonly bareRefusals: number;
  /** What humans said while a create was under way: it counts once the create's outcome is known. */
  readonly held: readonly Resolving[];
  readonly timeline: readonly TimelineEntry[];
}

/**
 * A purchase request that has just begun.
 *
 * @param run `claim`: the id of the workflow's first run; `startedAt`: ISO 8601, UTC
 */
export function initialCore(
  input: PurchaseRequestInput,
  { claim, startedAt }: Pick<PurchaseCore, 'claim' | 'startedAt'>,
): PurchaseCore {
  const { id, origin, document, notify } = input;
  return {
    id,
    origin,
    claim,
    ...(document === undefined ? {} : { document }),
    ...(notify === undefined ? {} : { notify }),
    startedAt,
    phase: 'checking',
    task: document === undefined ? { kind: 'prepare' } : { kind: 'check' },
    attentions: 0,
    summary: summaryOf(document),
    problems: [],
    begun: false,
    seenCreated: false,
    orders: [],
    failures: 0,
    accessRefusals: 0,
    bareRefusals: 0,
    held: [],
    timeline: [],
  };
}

const closed: ReadonlySet<PurchaseRequestState> = new Set(closedPurchaseRequestStates);

export function isClosed({ phase }: PurchaseCore): boolean {
  return closed.has(phase);
}

/** The state as people see it. */
export function stateOf({ phase, attention }: PurchaseCore): PurchaseRequestState {
  return attention === undefined ? phase : 'needsAttention';
}

/** What went wrong before is over: nothing holds it up any more. */
export function untroubled(core: PurchaseCore): PurchaseCore {
  const { trouble, ...rest } = core;
  return { ...rest, failures: 0 };
}

/** Nothing is known of it in Concur: as before the first create. */
export function forgotten(core: PurchaseCore): PurchaseCore {
  const { concurId, named, missed, acceptedAt, changedAt, ordersAt, status, ...rest } = core;
  return { ...rest, seenCreated: false };
}

/** Whether it may not be in Concur at all: Concur has shown it neither under its present id nor under an earlier one. */
export function mayBeMissing({ status, knownAs }: PurchaseCore): boolean {
  return status === undefined && knownAs === undefined;
}
