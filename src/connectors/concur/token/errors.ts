import { z } from 'zod';
import { RetryableError, TerminalError, type ConnectorError, type ErrorFacts } from '../../http/errors.ts';
import type { HttpAnswer } from '../../http/http-types.ts';
import { adviceOn, type Grant } from './advice.ts';

export const vendor = 'concur';
export const tokenPath = '/oauth2/v0/token';
export const tokenOperation = `POST ${tokenPath}`;

/** The error of a token file: its path is the operator's own, and no secret. */
export const fileFacts: ErrorFacts = { vendor, operation: 'token file' };

/** What an error body of the token endpoint says, as far as it can be read; its free text is left out (P9). */
export interface Refusal {
  readonly code?: number | undefined;
  readonly error?: string | undefined;
  readonly geolocation?: string | undefined;
}

const refusalSchema = z.object({
  // A number on one of SAP's pages, a text on the other.
  code: z
    .union([
      z.number(),
      z
        .string()
        .regex(/^\d{1,6}$/)
        .transform(Number),
    ])
    .pipe(z.int().min(0).max(999_999))
    .optional()
    .catch(undefined),
  error: z
    .string()
    .regex(/^[a-z_]{1,60}$/)
    .optional()
    .catch(undefined),
  geolocation: z.string().max(2000).optional().catch(undefined),
});

/** Reads an error body; one that is no JSON, or of another shape, says nothing. */
export function refusalOf(answer: HttpAnswer): Refusal {
  const parsed = refusalSchema.safeParse(answer.body);
  return parsed.success ? parsed.data : {};
}

/** The token endpoint refuses a credential: somebody has to do what the message says. `code` is SAP's. */
export class TokenRefusedError extends TerminalError {
  override readonly name: string = 'TokenRefusedError';
  readonly code: number | undefined;

  constructor(message: string, facts: ErrorFacts, code: number | undefined) {
    super(message, facts);
    this.code = code;
  }
}

/** SAP's code for a company under maintenance. */
const MAINTENANCE = 134;

/** The error for a refused token request: a `TokenRefusedError`, or a `RetryableError` while the company is maintained. */
export function tokenRefusal(answer: HttpAnswer, refusal: Refusal, grant: Grant): ConnectorError {
  const { code, error } = refusal;
  const facts = { ...tokenFacts(answer) };
  const named = [code === undefined ? undefined : `code ${code}`, error].filter((part) => part !== undefined);
  const what = `HTTP ${answer.status}, no token (${named.length === 0 ? 'no error code' : named.join(', ')})`;
  const message = `${what}; ${remedy(code, grant)}`;
  if (code === MAINTENANCE) return new RetryableError(message, facts);
  return new TokenRefusedError(message, facts, code);
}

function remedy(code: number | undefined, grant: Grant): string {
  if (code === undefined)
    return "the answer has not the shape of SAP's: check CONCUR_AUTH_URL, and proxies on the way";
  return (
    adviceOn(code, grant) ??
    `SAP's list of error codes for its token endpoint, or SAP Concur support, says what ${code} means`
  );
}

/** What an error knows about an answer of the token endpoint. */
export function tokenFacts(answer: HttpAnswer): ErrorFacts {
  return { vendor, operation: tokenOperation, status: answer.status, requestId: answer.requestId };
}
