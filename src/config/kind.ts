import { z } from 'zod';

/** A zod type that turns a variable's text into its value. */
export type Kind<Value> = z.ZodType<Value, string>;

/**
 * Makes a kind whose reader gives undefined for a text it cannot read.
 *
 * @param looksLike what the value should look like; the problem says just this and never the value (P9)
 */
export function kind<Value>(looksLike: string, read: (text: string) => Value | undefined): Kind<Value> {
  return listedKind((text, problem) => {
    const value = read(text);
    if (value === undefined) problem(looksLike);
    return value;
  });
}

/**
 * Makes a kind whose reader reports each problem itself, for values that are lists with several rules.
 * A value is accepted when no problem was reported.
 */
export function listedKind<Value>(
  read: (text: string, problem: (message: string) => void) => Value | undefined,
): Kind<Value> {
  return z.string().transform((text, context) => {
    const messages: string[] = [];
    const value = read(text, (message) => messages.push(message));
    for (const message of messages) context.addIssue({ code: 'custom', message });
    return messages.length > 0 || value === undefined ? z.NEVER : value;
  });
}

/** Splits at commas and semicolons, without blanks around an entry and without empty entries. */
export function entriesOf(text: string): string[] {
  return text
    .split(/[,;]/)
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');
}
