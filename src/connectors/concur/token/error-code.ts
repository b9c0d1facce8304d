import { z } from 'zod';

const coded = z.object({ code: z.string().regex(/^[A-Z_\d]{1,60}$/) });

/** The system's code of a file error, such as `EACCES`: the rest of its text is not ours. */
export function codeOf(error: unknown): string {
  const parsed = coded.safeParse(error);
  return parsed.success ? parsed.data.code : 'no code';
}
