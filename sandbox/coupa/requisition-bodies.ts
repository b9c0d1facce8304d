import { z } from 'zod';
import { userId } from './control-person.ts';
import type { Directory } from './directory.ts';

const decimal = z
  .union([z.string(), z.number()])
  .transform(String)
  .pipe(z.string().regex(/^-?\d+(\.\d+)?$/, 'must be a decimal number'));
const lines = z
  .array(
    z.strictObject({
      description: z.string().min(1).max(255),
      quantity: decimal.nullable().default('1'),
      unitPrice: decimal,
      supplier: z.string().min(1).nullable().default('Acme Test Supply'),
      account: z.string().min(1).nullable().optional(),
      commodity: z.string().min(1).nullable().optional(),
      needBy: z.iso.date().nullable().optional(),
      partNumber: z.string().optional(),
      currency: z
        .string()
        .regex(/^[A-Z]{3}$/)
        .optional(),
    }),
  )
  .min(1);

/** The body that makes a requisition; its chain may name the groups of this directory. */
export function newRequisition(directory: Directory) {
  const group = z.int().refine((id) => directory.groups.has(id), 'no group has this id');
  const step = z.union([
    userId,
    z.strictObject({ group }),
    /** All are asked at once, and all must approve. */
    z.strictObject({ parallel: z.array(userId).min(1) }),
  ]);
  return z.strictObject({
    requesterId: userId.optional(),
    createdById: userId.optional(),
    title: z.string().optional(),
    justification: z.string().max(2000).optional(),
    currency: z
      .string()
      .regex(/^[A-Z]{3}$/)
      .optional(),
    lines: lines.optional(),
    chain: z.array(step).min(1).optional(),
    submit: z.boolean().default(true),
    /** Gives an unsubmitted one the undated pending row of Coupa's own example. */
    draftRow: z.boolean().default(false),
  });
}

export const editBody = z.strictObject({
  title: z.string().optional(),
  justification: z.string().max(2000).optional(),
  lines: lines.optional(),
  /** Moves the dates of the current approval as well, which an edit alone does not. */
  bump: z.boolean().default(false),
});

export const commentBody = z.strictObject({ userId: userId.optional(), text: z.string().min(1) });

/** A message with which decisions are refused, and which ones; null lifts it. */
export const refuseBody = z.strictObject({
  message: z.string().min(1).nullable(),
  on: z.enum(['approve', 'reject', 'both']).default('approve'),
});
