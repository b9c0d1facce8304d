import { z } from 'zod';

/**
 * Coupa's validation messages from every shape of error body that is known: `errors` as an object of arrays (documented),
 * as a string or an array (seen, or to be expected). `warnings` beside the errors do not refuse anything.
 */
export function coupaWords(body: unknown): string[] {
  const parsed = z.object({ errors: z.unknown() }).safeParse(body);
  return parsed.success ? textsIn(parsed.data.errors, 0) : [];
}

/** Nested objects occur (`errors.object.attribute: [...]`); three levels are plenty for messages. */
function textsIn(value: unknown, depth: number): string[] {
  if (typeof value === 'string') return [value];
  if (depth >= 3 || typeof value !== 'object' || value === null) return [];
  return Object.entries(value)
    .filter(([key]) => key !== 'warnings')
    .flatMap(([, member]) => textsIn(member, depth + 1));
}
