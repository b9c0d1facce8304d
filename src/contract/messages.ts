import { defineQuery, defineSignal, defineUpdate } from '@temporalio/workflow';
import type { ApprovalRecord } from './approval.ts';
import type { Answer, Decision } from './decision.ts';
import type { PurchaseRequestRecord, Resolving } from './purchase-request.ts';

/** A press of a button. A signal, because it needs no worker to be accepted (P3). */
export const decideSignal = defineSignal<[Decision]>('decide');

/** Something about the approval may have changed in Coupa: look again. */
export const recheckSignal = defineSignal('recheck');

/** A look-up showed these facts to this person: recorded as a card, so that its reference proves the facts. */
export interface LookUp {
  readonly cardId: string;
  readonly userId: number;
  readonly factsHash: string;
}

/** Whether a signal's argument is a look-up. Hand-written: workflow code does without a validation library. */
export function isLookUp(value: unknown): value is LookUp {
  const { cardId, userId, factsHash } = (value ?? {}) as Partial<Record<keyof LookUp, unknown>>;
  return typeof cardId === 'string' && typeof userId === 'number' && typeof factsHash === 'string';
}

export const lookUpSignal = defineSignal<[LookUp]>('lookUp');

/** Waits for the answer to a decision that was signalled before; `pending` when the run ends without one. */
export type Settlement = Answer | { readonly kind: 'pending' };
export const settledUpdate = defineUpdate<Settlement, [string]>('settled');

export const recordQuery = defineQuery<ApprovalRecord>('record');

/** What a human found out about a purchase request that needs attention. A signal, because it needs no worker. */
export const resolveSignal = defineSignal<[Resolving]>('resolve');

export const purchaseRequestQuery = defineQuery<PurchaseRequestRecord>('purchaseRequest');
