import type {
  CreateResult,
  Prepared,
  PurchaseRequestNews,
  ReadResult,
} from '../../src/contract/concur-work.ts';
import {
  closedPurchaseRequestStates,
  openPurchaseRequestStates,
  type AttentionReason,
  type Resolution,
} from '../../src/contract/purchase-request.ts';
import { all } from './paths.ts';

const reasons = all<AttentionReason>({
  unknownOutcome: true,
  access: true,
  incomplete: true,
  handedOverBefore: true,
  notFound: true,
  notOrderedInTime: true,
});
const resolutions = all<Resolution['kind']>({ created: true, notCreated: true, abandoned: true });
const creates = all<CreateResult['kind']>({ accepted: true, refused: true, notCreated: true, unknown: true });
const prepares = all<Prepared['kind']>({
  ready: true,
  incomplete: true,
  handedOverBefore: true,
  notWanted: true,
});
const looks = all<ReadResult['kind']>({ found: true, notFound: true });
const news = all<PurchaseRequestNews>({
  created: true,
  sentBack: true,
  expired: true,
  failed: true,
  ordered: true,
});
const retried = [
  'checkCodes',
  'readPurchaseRequest',
  'readOrders',
  'prepareHandOff',
  'linkRequisition',
  'tellPurchaseRequester',
];

/** What some recorded run of the workflow `purchaseRequest` must have taken. */
export const requiredOfPurchaseRequest: readonly string[] = [
  ...[...openPurchaseRequestStates, ...closedPurchaseRequestStates].map((state) => `state ${state}`),
  ...reasons.map((reason) => `attention ${reason}`),
  ...creates.map((kind) => `a create that is ${kind}`),
  'a create to which access is refused',
  'a create that waits for Concur',
  ...['with problems', 'without a reason'].map((how) => `a create that is refused ${how}`),
  ...resolutions.map((kind) => `an answer that is ${kind}`),
  ...['an answer by a number alone', 'an answer to another question', 'an answer that is none'],
  ...prepares.map((kind) => `prepared: ${kind}`),
  ...looks.map((kind) => `a look: ${kind}`),
  ...news.map((kind) => `news: ${kind}`),
  ...['begun', 'created'].map((about) => `the requisition told: ${about}`),
  ...['api', 'handOff'].map((origin) => `an origin: ${origin}`),
  ...[...retried, 'createPurchaseRequest'].flatMap((activity) => [
    `${activity} completed`,
    `${activity} failed`,
  ]),
  ...retried.map((activity) => `${activity} tried again`),
  'createPurchaseRequest timed out',
  'signal resolve during createPurchaseRequest',
  'signal resolve during readPurchaseRequest',
  'readPurchaseRequest begun during tellPurchaseRequester',
  'state creating, then needsAttention (access)',
  'state needsAttention (access), then accepted',
  'state needsAttention (access), then checking',
  'state needsAttention (unknownOutcome), then creating',
  'state needsAttention (unknownOutcome), then accepted',
  'state needsAttention (incomplete), then checking',
  'state needsAttention (handedOverBefore), then checking',
  'state needsAttention (notFound), then creating',
  'state needsAttention (notFound), then created',
  'state needsAttention (notOrderedInTime), then created',
  'state accepted, then needsAttention (notFound)',
  'state created, then needsAttention (notOrderedInTime)',
  ...['wait', 'rest', 'a human is asked'].map((what) => `carried over: ${what}`),
  ...['a new run', 'an earlier run that it goes on from', 'a cancellation', 'an end'],
  ...['a timer that fires', 'a timer that is cancelled'],
];
