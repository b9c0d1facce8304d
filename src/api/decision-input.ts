import { z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import type { Action } from '../contract/decision.ts';
import { sameAddress } from '../contract/person.ts';
import type { ApiDeps } from './deps.ts';
import type { ApiEnv } from './env.ts';
import type { FieldProblem } from './problem-error.ts';
import { malformedRef, readRef } from './refs.ts';
import { bodyOf } from './request-body.ts';

const maxReasonCharacters = 2_000;

/** Blanks for what no note should hold: controls, line separators, halves of a surrogate pair. */
function cleanText(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}\p{Cs}]/gu, ' ').trim();
}

const reasonShape = z
  .string()
  .transform(cleanText)
  .refine(
    (text) => text.length <= maxReasonCharacters,
    `A reason may have ${maxReasonCharacters} characters at most.`,
  )
  .nullish()
  .openapi({
    type: 'string',
    maxLength: maxReasonCharacters,
    description: 'Why; goes into Coupa beside the decision.',
  });

const addressShape = z
  .string()
  .trim()
  .max(254)
  .refine((text) => text === '' || /^[^\s@]+@[^\s@]+$/.test(text), 'Not an e-mail address.')
  .nullish()
  .openapi({ type: 'string', description: "The approver's work address; needed beside a bare approval id." });

/** What may come beside `{ref}`, in the query or in a JSON body alike. */
export const besideRef = z.object({ approver_email: addressShape, reason: reasonShape });
type BesideRef = z.infer<typeof besideRef>;

export interface DecisionInput {
  readonly address?: string;
  readonly reason?: string;
}

/** Body before query; an empty value counts as none, because a plugin's template may render to nothing. */
export function decisionInput(body: BesideRef, query: BesideRef): DecisionInput {
  const address = body.approver_email || query.approver_email;
  const reason = body.reason || query.reason;
  return { ...(address ? { address } : {}), ...(reason ? { reason } : {}) };
}

/** A text that was given and is not blank, whether or not it is right: its schema says what is wrong with it. */
function given(part: unknown, name: 'approver_email' | 'reason'): string | undefined {
  const value = z.looseObject({}).safeParse(part).data?.[name];
  const text = typeof value === 'string' ? cleanText(value) : '';
  return text === '' ? undefined : text;
}

const addressNeeded =
  "A bare approval id needs the approver's address: send approver_email in a JSON body or in the query, " +
  'or use the reference from the card.';

/** The problems that only show when path, query and body are seen together. */
export function decisionProblems(action: Action, { references, rejectReason }: ApiDeps) {
  return async (c: Context<ApiEnv>): Promise<FieldProblem[]> => {
    const ref = readRef(c.req.param('ref') ?? '', references);
    const parts = [await bodyOf(c), c.req.query()];
    const [address, otherAddress] = parts.flatMap((part) => given(part, 'approver_email') ?? []);
    const reasonGiven = parts.some((part) => given(part, 'reason') !== undefined);
    const problems: FieldProblem[] = [];
    if (ref === 'malformed') problems.push({ parameter: 'ref', detail: malformedRef });
    if (typeof ref === 'object' && ref.kind === 'id' && address === undefined) {
      problems.push({ pointer: '/approver_email', detail: addressNeeded });
    }
    if (address !== undefined && otherAddress !== undefined && !sameAddress(address, otherAddress)) {
      const detail = 'The body and the query name different approvers.';
      problems.push({ parameter: 'approver_email', detail });
    }
    if (action === 'reject' && rejectReason === 'required' && !reasonGiven) {
      const detail = 'A rejection needs a reason: send reason in a JSON body or in the query.';
      problems.push({ pointer: '/reason', detail });
    }
    return problems;
  };
}
