import { z } from 'zod';

/** An id: an integer; a string of digits is taken too. */
export const idSchema = z.union([
  z.int().nonnegative(),
  z
    .string()
    .regex(/^\d{1,15}$/)
    .transform(Number),
]);

/** A decimal, kept as the string that Coupa sends ("43840.00"); a JSON number is taken too. */
export const decimalSchema = z
  .union([z.string(), z.number().transform(String)])
  .nullish()
  .transform((value) => (value === undefined || value === '' ? null : value));

/** A text that may be null or absent; blank counts as absent. */
export const textSchema = z
  .string()
  .nullish()
  .transform((value) => (value?.trim() ? value : undefined));

/** Both null and absent occur in Coupa's answers, for the same meaning. */
export const nullableTextSchema = textSchema.transform((value) => value ?? null);
