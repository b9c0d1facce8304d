import { z } from 'zod';
import { oneLine } from '../http/one-line.ts';

/** What looks like a credential; some services repeat the one they refuse. */
const CREDENTIALS =
  /\bbearer\s+[\w.~+/=-]{16,}|\beyJ[\w-]{8,}[\w.-]*|\b(?:\w+[_-])?(?:token|secret|password)["']?\s*[:=]\s*["']?[^\s"',;}]+/gi;

/** A text of Concur's for people: one line, without anything that looks like a credential (P9). */
export function words(text: string, maxChars: number): string {
  // Cut roughly first: nobody reads a megabyte, and a credential at the cut still begins like one.
  return oneLine(text.slice(0, 10 * maxChars).replace(CREDENTIALS, '[redacted]'), maxChars);
}

/** The text of a field, which a service may send as a number; blank and every other type count as absent. */
function textOf(value: unknown): string | undefined {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value.trim() !== '' ? value : undefined;
}

/** A text for people, made fit to be shown; absent where it is missing or no text. */
export function wordsSchema(maxChars: number) {
  return z
    .unknown()
    .optional()
    .transform((value) => {
      const text = textOf(value);
      return text === undefined ? undefined : words(text, maxChars) || undefined;
    });
}

/**
 * A code or a state, exactly as it came; absent where it is missing, no text, or longer than any code: half a code
 * would be another one.
 */
export const codeSchema = z
  .unknown()
  .optional()
  .transform((value) => {
    const text = textOf(value);
    return text === undefined || text.length > 256 ? undefined : text;
  });

/** A boolean, which SAP's pages also give as a text; absent where it is neither. */
export const flagSchema = z
  .unknown()
  .optional()
  .transform((value) => {
    if (typeof value === 'boolean') return value;
    const text = typeof value === 'string' ? value.toLowerCase() : '';
    return text === 'true' || text === 'false' ? text === 'true' : undefined;
  });

/** The members of an array; a single object stands for an array of one, as in SAP's swagger files. */
export const manySchema = z
  .unknown()
  .optional()
  .transform((value): readonly unknown[] => {
    if (Array.isArray(value)) return value as readonly unknown[];
    return typeof value === 'object' && value !== null ? [value] : [];
  });
