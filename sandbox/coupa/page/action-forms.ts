import { z } from 'zod';
import { MOST_COMMENT_CHARS } from '../comments.ts';
import { decimalField, personField, textField } from './form.ts';

const id = z
  .string('It is missing.')
  .regex(/^\d{1,15}$/, 'It is no number.')
  .transform(Number);

/** The form that decides an approval as somebody in Coupa's own pages; an empty reason is none. */
export const decideForm = z.object({
  approvalId: id,
  byUserId: personField,
  action: z.enum(['approve', 'reject'], 'Press Approve or Reject.'),
  reason: z
    .string()
    .trim()
    .max(1000, 'At most 1000 characters.')
    .default('')
    .transform((reason) => (reason === '' ? null : reason)),
});

/** The form that gives one line another unit price. */
export const amountForm = z.object({ lineId: id, unitPrice: decimalField });

/** The form that adds a comment as somebody in Coupa's own pages. */
export const commentForm = z.object({
  authorId: personField,
  text: textField(MOST_COMMENT_CHARS, 'Write something.'),
});

export type DecideInput = z.infer<typeof decideForm>;
