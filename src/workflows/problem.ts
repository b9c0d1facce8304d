import { ActivityFailure, ApplicationFailure } from '@temporalio/workflow';
import type { Problem } from '../contract/observation.ts';

/** What went wrong, from the failure that Temporal hands over. Activities put nothing private into messages (P9). */
export function problemOf(error: unknown): Problem {
  const cause = error instanceof ActivityFailure ? error.cause : error;
  if (cause instanceof ApplicationFailure) {
    return { type: cause.type ?? 'ApplicationFailure', message: cause.message };
  }
  return cause instanceof Error
    ? { type: cause.name, message: cause.message }
    : { type: 'unknown', message: 'an activity failed for an unknown reason' };
}
