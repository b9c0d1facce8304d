import { defineSearchAttributeKey, SearchAttributeType } from '@temporalio/common';

/** Coupa's approval id: an integer, so that a slice of the full pass can ask for a range of ids. */
export const approvalIdKey = defineSearchAttributeKey('ApprovalId', SearchAttributeType.INT);
/** One of the states of `ApprovalState`. */
export const approvalStateKey = defineSearchAttributeKey('ApprovalState', SearchAttributeType.KEYWORD);
export const requisitionIdKey = defineSearchAttributeKey('RequisitionId', SearchAttributeType.INT);
/** Coupa user id of the requester. Ids only: names and addresses never go into search attributes (P9). */
export const requesterKey = defineSearchAttributeKey('Requester', SearchAttributeType.KEYWORD);
/** Coupa user ids of those who may decide. */
export const approversKey = defineSearchAttributeKey('Approvers', SearchAttributeType.KEYWORD_LIST);
export const amountKey = defineSearchAttributeKey('Amount', SearchAttributeType.DOUBLE);
export const currencyKey = defineSearchAttributeKey('Currency', SearchAttributeType.KEYWORD);
/** How often those who hold a card were reminded of it. */
export const remindersKey = defineSearchAttributeKey('Reminders', SearchAttributeType.INT);
/** One of the states of `PurchaseRequestState`. */
export const purchaseRequestStateKey = defineSearchAttributeKey(
  'PurchaseRequestState',
  SearchAttributeType.KEYWORD,
);
/**
 * Concur's id of a purchase request, from the moment it is known: so that no two of ours claim the same one. An id only,
 * which says nothing of people (P9).
 */
export const concurIdKey = defineSearchAttributeKey('ConcurId', SearchAttributeType.KEYWORD);

/** Everything a worker registers or verifies when it starts: an unregistered one hangs the workflow task. */
export const searchAttributeKeys = [
  approvalIdKey,
  approvalStateKey,
  requisitionIdKey,
  requesterKey,
  approversKey,
  amountKey,
  currencyKey,
  remindersKey,
  purchaseRequestStateKey,
  concurIdKey,
];
