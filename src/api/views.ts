import { z } from '@hono/zod-openapi';
import type { StandingDecision } from '../contract/decision.ts';
import { factChangeShape } from './shapes.ts';

/** The standing decision as callers see it: by id, because names and addresses are not theirs to have (P9). */
export const standingView = z
  .object({
    action: z.enum(['approve', 'reject']),
    by: z.number().int().openapi({ description: 'Coupa user id of the approver.', example: 201 }),
    at: z.string().openapi({ description: 'When Coupa was seen to hold it (ISO 8601, UTC).' }),
  })
  .openapi('StandingDecision');

/** One thing that changed. The document of the interface takes `exactOptional` for required, so it is said anew. */
export const factChangeView = factChangeShape
  .extend({ line: z.number().int().optional().openapi({ description: 'Counted from 1.' }) })
  .openapi('FactChange');

export type StandingView = z.infer<typeof standingView>;

/** Strips a standing decision down to what callers see. */
export function viewOfStanding({ action, userId, at }: StandingDecision): StandingView {
  return { action, by: userId, at };
}
