import { z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import type { ApiEnv } from './env.ts';
import type { FieldProblem } from './problem-error.ts';
import { readId } from './refs.ts';
import { bodyOf } from './request-body.ts';

/** Moveworks' documented limits of one call. */
const maxMessageCharacters = 20_000;
const maxRecipients = 500;
/**
 * Holds the longest message to the most and longest addresses, even where each of its characters comes as `\uXXXX`,
 * as Python's `json` writes all but ASCII.
 */
export const maxNotificationBytes = 256 * 1024;

/** Coupa's id as a text, as the guide's own code sends it, or as a number. */
function idShape(description: string) {
  return z
    .union([z.string(), z.number()], 'Not an id: a positive integer, also as a text.')
    .refine((value) => readId(String(value)) !== undefined, 'Not an id: a positive integer, also as a text.')
    .transform(Number)
    .openapi({ type: ['string', 'integer'], description, example: '70002' });
}

/** The body of `POST /notifications`, as the guide's own code has it. */
export const notificationBody = z
  .object({
    message: z
      .string()
      .max(maxMessageCharacters, `It may have ${maxMessageCharacters} characters at most.`)
      .refine((text) => text.trim() !== '', 'It has no character that shows.')
      .openapi({
        minLength: 1,
        maxLength: maxMessageCharacters,
        description: "Moveworks' HTML; passed on as it is.",
      }),
    recipients: z
      .array(
        z
          .string()
          .trim()
          .max(254, 'An address may have 254 characters at most.')
          .regex(/^[^\s@\p{C}]+@[^\s@\p{C}]+$/u, 'Not an e-mail address.'),
      )
      .min(1, 'At least one address is needed.')
      .max(maxRecipients, `${maxRecipients} addresses at most.`)
      .openapi({ description: 'Work addresses, each once.' }),
    context: z
      .object({
        approval_id: idShape('The open approval that the message asks about.'),
        requisition_id: idShape('Its requisition, when given.').nullish(),
      })
      .nullish()
      .openapi({
        description:
          'With it each recipient must be an approver, and gets the message with buttons that decide this approval.',
      }),
  })
  .openapi('Notification');

export type NotificationBody = z.infer<typeof notificationBody>;

/** The problems that a schema of single values does not find: an address that comes twice. */
export async function notificationProblems(c: Context<ApiEnv>): Promise<FieldProblem[]> {
  const body = z.looseObject({ recipients: z.array(z.unknown()) }).safeParse(await bodyOf(c)).data;
  const seen = new Map<string, number>();
  return (body?.recipients ?? []).slice(0, maxRecipients).flatMap((recipient, index) => {
    if (typeof recipient !== 'string') return [];
    const key = recipient.trim().toLowerCase();
    const first = seen.get(key);
    if (first !== undefined) {
      return [{ pointer: `/recipients/${index}`, detail: `The same address as recipients/${first}.` }];
    }
    seen.set(key, index);
    return [];
  });
}
