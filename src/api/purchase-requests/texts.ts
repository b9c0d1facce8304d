import { z } from '@hono/zod-openapi';
import { compareDecimals } from '../../contract/decimal.ts';

/** SAP documents no lengths: these keep out what nobody types, and hold what people and list codes need. */
const maxTextCharacters = 2_000;
const maxCodeCharacters = 100;
const maxAddressCharacters = 254;
const maxUrlCharacters = 2_000;

/** Says that something is missing, or what it should have been. */
export function missingOr(otherwise: string) {
  return ({ input }: { readonly input?: unknown }) => (input === undefined ? 'It is missing.' : otherwise);
}

function bounded(maxCharacters: number) {
  return z
    .string({ error: missingOr('Not a text.') })
    .max(maxCharacters, `It may have ${maxCharacters} characters at most.`)
    .refine((text) => text.trim() !== '', 'It is empty: leave the field out, or fill it in.');
}

/** Text for people: lines of what shows. Halves of a surrogate pair cannot travel as UTF-8. */
export function text() {
  return bounded(maxTextCharacters).refine(
    (value) => /^(?:[^\p{Cc}\p{Cs}]|[\r\n])*$/u.test(value),
    'It holds a control character other than a line break, or half a character.',
  );
}

/** A code, number or login: one line. */
export function code(maxCharacters = maxCodeCharacters) {
  return bounded(maxCharacters).refine(
    (value) => /^[^\p{Cc}\p{Cs}\p{Zl}\p{Zp}]*$/u.test(value),
    'It holds a line break, a control character, or half a character.',
  );
}

/** An e-mail address. */
export function address() {
  return z
    .string({ error: missingOr('Not a text.') })
    .trim()
    .max(maxAddressCharacters, `An address may have ${maxAddressCharacters} characters at most.`)
    .refine((value) => /^[^\s@\p{C}]+@[^\s@\p{C}]+$/u.test(value), 'Not an e-mail address.')
    .openapi({ format: 'email' });
}

/** A web address, for people to follow. */
export function webAddress() {
  return z
    .string({ error: missingOr('Not a text.') })
    .max(maxUrlCharacters, `An address may have ${maxUrlCharacters} characters at most.`)
    .refine(
      (value) => /^https?:\/\/[^\s\p{C}]+$/iu.test(value) && URL.canParse(value),
      'Not a web address: it begins with https:// or http://.',
    )
    .openapi({ format: 'uri' });
}

const asText = 'Send it as a text such as "18.75": a number in JSON may lose digits before it arrives.';
const plain =
  'Not a plain decimal number of zero or more, such as "18.75": digits and at most one point, without a sign, ' +
  'blanks, an exponent or separators of thousands.';

/** An amount, exact from the caller to Concur: money never goes through a float. */
export function decimal() {
  return z
    .string({
      error: ({ input }) => (typeof input === 'number' ? asText : missingOr('Not a text.')({ input })),
    })
    .regex(/^(0|[1-9]\d{0,17})(\.\d{1,10})?$/, plain)
    .openapi({ example: '18.75' });
}

/** A quantity: more than none. */
export function quantity() {
  // What is no decimal has been told so already.
  return decimal().refine((value) => (compareDecimals(value, '0') ?? 1) > 0, 'It must be more than zero.');
}
