import { z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import type { Action } from '../contract/decision.ts';
import { sameAddress } from '../contract/person.ts';
import { readAction, understoodActions } from './action-words.ts';
import type { ApiDeps } from './deps.ts';
import type { ApiEnv } from './env.ts';
import type { FieldProblem } from './problem-error.ts';
import { malformedRef, readRef } from './refs.ts';
import { bodyOf } from './request-body.ts';

/** Coupa gets the beginning of a long one; what is far longer than anybody types is a mistake. */
const maxReasonCharacters = 10_000;

/** Blanks for what no note should hold: controls, line separators, halves of a surrogate pair. */
function cleanText(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}\p{Cs}]/gu, ' ').trim();
}

const reasonShape = z
  .string()
  .transform(cleanText)
  .refine(
    (text) => text.length <= maxReasonCharacters,
    `It may have ${maxReasonCharacters} characters at most.`,
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

const actionShape = z
  .string()
  .refine(
    (text) => cleanText(text) === '' || readAction(text) !== undefined,
    `Not an action that is understood: ${understoodActions}.`,
  )
  .nullish()
  .openapi({
    type: 'string',
    description: `The decision, also as a button's label (${understoodActions}), in any case.`,
    example: 'Send Back',
  });

/** What may come beside `{ref}`, in the query or in a JSON body alike. */
export const besideRef = z.object({ approver_email: addressShape, reason: reasonShape });

/** The same where the path does not say which decision it is. */
export const besideRefWithAction = besideRef.extend({ action: actionShape });

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

type Named = keyof z.infer<typeof besideRefWithAction>;

/** A text that was given and is not blank, whether or not it is right: its schema says what is wrong with it. */
function given(part: unknown, name: Named): string | undefined {
  const value = z.looseObject({}).safeParse(part).data?.[name];
  const text = typeof value === 'string' ? cleanText(value) : '';
  return text === '' ? undefined : text;
}

/** Body and query of a request, unchecked. */
async function partsOf(c: Context<ApiEnv>): Promise<readonly unknown[]> {
  return [await bodyOf(c), c.req.query()];
}

/** The action that body or query name. To be called behind `decisionProblems`, which finds exactly one. */
export async function namedAction(c: Context<ApiEnv>): Promise<Action | undefined> {
  const [text] = (await partsOf(c)).flatMap((part) => given(part, 'action') ?? []);
  return text === undefined ? undefined : readAction(text);
}

const addressNeeded =
  "A bare approval id needs the approver's address: send it in a JSON body or in the query, " +
  'or use the reference from the card.';
const actionNeeded = `Which decision is it? Send it in a JSON body or in the query (${understoodActions}).`;
const reasonNeeded = 'A rejection needs one: send it in a JSON body or in the query.';

/**
 * The problems that only show when path, query and body are seen together. `fixed`: the action that the path
 * names; without one the request must.
 */
export function decisionProblems(fixed: Action | undefined, deps: ApiDeps) {
  const { references, rejectReason, cardActions } = deps;
  // Where rejecting is not offered, asking for a reason first would lead nowhere.
  const wantsReason = rejectReason === 'required' && cardActions.includes('reject');
  return async (c: Context<ApiEnv>): Promise<FieldProblem[]> => {
    const ref = readRef(c.req.param('ref') ?? '', references);
    const parts = await partsOf(c);
    const all = (name: Named) => parts.flatMap((part) => given(part, name) ?? []);
    const problems: FieldProblem[] = [];
    if (ref === 'malformed') problems.push({ parameter: 'ref', detail: malformedRef });
    const [address, otherAddress] = all('approver_email');
    if (typeof ref === 'object' && ref.kind === 'id' && address === undefined) {
      problems.push({ pointer: '/approver_email', detail: addressNeeded });
    }
    if (address !== undefined && otherAddress !== undefined && !sameAddress(address, otherAddress)) {
      const detail = 'The body and the query name different approvers.';
      problems.push({ parameter: 'approver_email', detail });
    }
    // A path that names the action needs no other word, but one that says the opposite is no decision either.
    const words = [...(fixed === undefined ? [] : [fixed]), ...all('action')];
    if (words.length === 0) problems.push({ pointer: '/action', detail: actionNeeded });
    const [action, ...otherActions] = new Set(words.flatMap((word) => readAction(word) ?? []));
    if (otherActions.length > 0) {
      problems.push({ parameter: 'action', detail: 'Path, query and body name different actions.' });
    }
    if (action === 'reject' && wantsReason && all('reason').length === 0) {
      problems.push({ pointer: '/reason', detail: reasonNeeded });
    }
    return problems;
  };
}
