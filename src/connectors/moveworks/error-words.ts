import { z } from 'zod';

const coded = z.object({ code: z.string().optional(), message: z.string().optional() });
const bodySchema = z.union([z.object({ error: coded }).transform((body) => body.error), coded]);

/** Moveworks' code and message, from both documented error bodies: `{error: {code, message}}` and `{code, message}`. */
export function moveworksWords(body: unknown): string[] {
  const parsed = bodySchema.safeParse(body);
  if (!parsed.success) return [];
  const words = [parsed.data.code, parsed.data.message].filter((word) => word !== undefined && word !== '');
  return words.length === 0 ? [] : [words.join(': ')];
}
