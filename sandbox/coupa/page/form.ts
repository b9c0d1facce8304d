import type { Context } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { z } from 'zod';
import type { SandboxEnv } from '../../sandbox-env.ts';
import { findPerson, people } from '../../world/people.ts';

const MOST_FORM_BYTES = 64 * 1024;

/** What a form's fields hold, by their names. */
export type FormValues = Readonly<Record<string, string>>;

/** A form as it is shown: what its fields hold, and what is wrong with some of them, in words. */
export interface FormState {
  values: FormValues;
  problems: Readonly<Record<string, string>>;
}

export type Parsed<Input> = { ok: true; input: Input } | { ok: false; problems: Record<string, string> };

/** The fields of a posted form; of a repeated one the last. Throws 413 and 415 answers in plain words. */
export async function formValues(c: Context<SandboxEnv>): Promise<FormValues> {
  const type = c.req.header('Content-Type') ?? '';
  if (!type.startsWith('application/x-www-form-urlencoded')) {
    throw new HTTPException(415, { message: 'This address takes the form of its own page.' });
  }
  const text = await c.req.text();
  if (text.length > MOST_FORM_BYTES) throw new HTTPException(413, { message: 'The form is too large.' });
  return Object.fromEntries(new URLSearchParams(text));
}

/** Checks values; the problems are named after their fields, with the suffix that their names carry in the form. */
export function parseForm<Schema extends z.ZodType>(
  schema: Schema,
  values: object,
  suffix = '',
): Parsed<z.infer<Schema>> {
  const parsed = schema.safeParse(values);
  if (parsed.success) return { ok: true, input: parsed.data };
  const problems: Record<string, string> = {};
  for (const issue of parsed.error.issues) problems[String(issue.path[0]) + suffix] ??= issue.message;
  return { ok: false, problems };
}

/** Everybody who can ask for things and decide: all but the login behind the API. */
export const choosable = people.filter((person) => !person.apiUser);

/** A field that names a person by the Coupa user id. */
export const personField = z
  .string('Choose somebody.')
  .transform(Number)
  .refine((id) => findPerson(id)?.apiUser === false, 'Choose somebody from the list.');

/** A field of text that must not be empty. */
export function textField(mostCharacters: number, whenEmpty: string) {
  return z
    .string(whenEmpty)
    .trim()
    .min(1, whenEmpty)
    .max(mostCharacters, `At most ${mostCharacters} characters.`);
}

/** A field for an amount or a quantity, as the decimal string that Coupa keeps. */
export const decimalField = z
  .string('A number is needed here.')
  .trim()
  .regex(/^\d{1,9}(\.\d{1,4})?$/, 'A number such as 3500 or 60.41, without thousands separators.');
