import { z } from 'zod';
import { findPerson } from '../../world/people.ts';
import type { CallResult } from './connector.ts';
import type { Answer } from './turns.ts';

/** What the assistant says about a press. */
export type AnswerWords = Pick<Answer, 'tone' | 'settled' | 'text'>;

const mostCharacters = 1_000;

const answerShape = z.object({
  status: z.unknown().optional(),
  /** The one line that the approvals guide's middleware answers a failure with. */
  error: z.string().optional().catch(undefined),
  decision: z
    .object({ action: z.enum(['approve', 'reject']), by: z.number().optional() })
    .optional()
    .catch(undefined),
});

/** Statuses after which the same press may still work: the card goes on waiting. */
const passing = new Set([401, 408, 422, 425, 429]);

/** Puts the result of a follow-up action's call into words for the person who pressed. */
export function answerWords(result: CallResult, person: string): AnswerWords {
  if (result.kind === 'timedOut') {
    return failed(
      'I did not get an answer in time. It may have gone through: press again to see how it stands.',
    );
  }
  if (result.kind === 'unreachable') {
    return failed('I could not reach the approvals service. Press again in a moment.');
  }
  const body = answerShape.safeParse(result.body).data;
  if (result.status === 202) {
    return {
      tone: 'waiting',
      settled: true,
      text: 'I am on it. It takes a little longer than usual, and it is not lost.',
    };
  }
  if (result.status >= 200 && result.status < 300) {
    return { tone: 'done', settled: true, text: doneText(body?.status) };
  }
  const settled = result.status >= 400 && result.status < 500 && !passing.has(result.status);
  return { tone: settled ? 'noted' : 'failed', settled, text: failureText(result.status, body, person) };
}

function failed(text: string): AnswerWords {
  return { tone: 'failed', settled: false, text };
}

function doneText(status: unknown): string {
  if (status === 'approved') return 'Done, I approved it.';
  if (status === 'rejected') return 'Done, I sent it back.';
  return 'Done.';
}

function failureText(status: number, body: z.infer<typeof answerShape> | undefined, person: string): string {
  // Moveworks knows people by their Coupa user ids, which the guide has administrators synchronise.
  const by = body?.decision?.by === undefined ? undefined : findPerson(body.decision.by);
  if (status === 409 && body?.decision !== undefined && by !== undefined) {
    const done = body.decision.action === 'approve' ? 'approved' : 'sent back';
    const who = by.email === person ? 'you' : `${by.firstname} ${by.lastname}`;
    return `This was already ${done} by ${who}.`;
  }
  const error = body?.error?.trim() ?? '';
  if (error !== '') return `I could not do that. ${error.slice(0, mostCharacters)}`;
  return `I could not do that: the approvals service answered with status ${status}.`;
}
