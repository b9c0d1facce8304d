import { z } from 'zod';
import type { HttpRequest } from '../http/http-types.ts';
import { fitReason } from './reason.ts';
import { actorSchema } from './person-schema.ts';
import { idSchema } from './scalars.ts';
import type { DecisionAnswer } from './types.ts';

const VERBS = {
  approve: { status: 'approved', operation: 'PUT /api/approvals/:id/approve' },
  reject: { status: 'rejected', operation: 'PUT /api/approvals/:id/reject' },
} as const;

export interface DecideOptions {
  /** Stored as the approval's note; shortened to fit a URL, beginning kept. */
  readonly reason: string;
  readonly signal?: AbortSignal | undefined;
}

/** The keys by which an approval differs from the requisition that Coupa's answer may be instead. */
const decidedSchema = z.object({
  id: idSchema,
  status: z.string(),
  'approvable-id': idSchema,
  'approved-by': actorSchema.nullish().catch(null),
});

/**
 * Approves or rejects (`PUT /api/approvals/:id/approve?reason=`, no body). Any 2xx is taken; what the body is, an
 * approval or its requisition, Coupa's documents disagree on. Throws RefusedError with Coupa's words (400, 404), or
 * UnknownOutcomeError: read the approval before anything else (P5).
 */
export async function decide(
  http: HttpRequest,
  verb: keyof typeof VERBS,
  id: number,
  options: DecideOptions,
): Promise<DecisionAnswer> {
  const { status, operation } = VERBS[verb];
  const answer = await http({
    method: 'PUT',
    path: `/api/approvals/${id}/${verb}`,
    operation,
    query: { reason: fitReason(options.reason) },
    // Coupa wants Accept and Content-Type alike, even without a body.
    headers: { 'content-type': 'application/json' },
    effect: 'write',
    signal: options.signal,
    priority: 'decide',
  });
  const parsed = decidedSchema.safeParse(answer.body);
  if (!parsed.success || parsed.data.id !== id || parsed.data.status !== status) return { settled: false };
  const approvedBy = parsed.data['approved-by'];
  return { settled: true, status, ...(approvedBy && { approvedBy }) };
}
