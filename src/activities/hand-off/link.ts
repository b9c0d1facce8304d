import { setTimeout as sleep } from 'node:timers/promises';
import { ApplicationFailure } from '@temporalio/common';
import type { CoupaClient } from '../../connectors/coupa/client.ts';
import { RetryableError } from '../../connectors/http/errors.ts';
import { handedOverBeforeType, type LinkInput } from '../../contract/concur-work.ts';
import { begunText, createdText, handOffNotes, standingOf, type Standing } from './notes.ts';

/** What became of the comment. */
export type Linked = 'linked' | 'already linked';

/** A comment that was written may show in the list a moment later. */
const readAgainAfterMs = [0, 500, 2_000];

function handedOverBefore({ requisitionId }: LinkInput): ApplicationFailure {
  return ApplicationFailure.nonRetryable(
    `Another hand-over of requisition ${requisitionId} has begun before, as a comment in Coupa says; nothing is sent to SAP Concur`,
    handedOverBeforeType,
  );
}

async function standingIn(coupa: CoupaClient, input: LinkInput, signal: AbortSignal): Promise<Standing> {
  const { requisitionId } = input;
  return standingOf(handOffNotes(requisitionId, await coupa.listComments(requisitionId, { signal })), input);
}

/**
 * Claims the requisition. Read, write, read: of two that write at the same moment the one whose comment is the first
 * goes on, and the other one fails for good, so that no requisition is ordered twice.
 */
async function linkBegun(coupa: CoupaClient, input: LinkInput, signal: AbortSignal): Promise<Linked> {
  const { requisitionId, claim } = input;
  const before = await standingIn(coupa, input, signal);
  if (before.kind === 'others') throw handedOverBefore(input);
  if (before.kind === 'ours') return 'already linked';
  await coupa.addComment(requisitionId, begunText(requisitionId, claim), { signal });
  for (const waitMs of readAgainAfterMs) {
    if (waitMs > 0) await sleep(waitMs, undefined, { signal });
    const after = await standingIn(coupa, input, signal);
    if (after.kind === 'others') throw handedOverBefore(input);
    if (after.kind === 'ours') return 'linked';
  }
  throw new RetryableError('the comment that was written is not in the list yet; try again', {
    vendor: 'coupa',
    operation: 'GET /api/requisitions/:id/comments',
  });
}

async function linkCreated(coupa: CoupaClient, input: LinkInput, signal: AbortSignal): Promise<Linked> {
  const { requisitionId } = input;
  const text = createdText(requisitionId, input);
  const comments = await coupa.listComments(requisitionId, { signal });
  if (comments.some((comment) => comment.text.trim() === text)) return 'already linked';
  await coupa.addComment(requisitionId, text, { signal });
  return 'linked';
}

/**
 * Joins a requisition to its purchase request by a comment in Coupa, unless it is there already. A write whose outcome
 * is unknown throws, and the next attempt reads before it writes (P5).
 */
export function linkRequisition(coupa: CoupaClient, input: LinkInput, signal: AbortSignal): Promise<Linked> {
  return input.about === 'begun' ? linkBegun(coupa, input, signal) : linkCreated(coupa, input, signal);
}
