import { z } from 'zod';
import { RetryableError, UnknownOutcomeError, type ConnectorError, type ErrorFacts } from './errors.ts';

/** Whether a call only reads, or changes something at the vendor: decides what a failure without an answer means. */
export type Effect = 'read' | 'write';

const failureSchema = z.object({
  code: z.string().optional(),
  syscall: z.string().optional(),
  /** One for each address of a host that was tried. */
  errors: z.array(z.object({ syscall: z.string().optional() })).optional(),
});
const fetchFailureSchema = z.object({ cause: failureSchema.optional() });

/** Codes that can only come before the first byte of the request left. */
const NEVER_SENT =
  /^(?:ECONNREFUSED|ENOTFOUND|EAI_AGAIN|UND_ERR_CONNECT_TIMEOUT|ERR_TLS_CERT_\w+|CERT_\w+|DEPTH_ZERO_\w+|SELF_SIGNED_\w+|UNABLE_TO_\w+)$/;

/**
 * The error for a `fetch` that threw. A write is retryable only when the connection was never made; otherwise it
 * may have arrived (P5). Only the system's code enters the message: other error texts can quote addresses or headers.
 */
export function networkFailure(effect: Effect, failure: unknown, facts: ErrorFacts): ConnectorError {
  const parsed = fetchFailureSchema.safeParse(failure);
  const { code, syscall, errors = [] } = (parsed.success ? parsed.data.cause : undefined) ?? {};
  const name = code !== undefined && /^[A-Z_\d]{1,60}$/.test(code) ? ` (${code})` : '';
  // No address of the host could be reached: `errors` has the attempts when there was more than one.
  const wasConnecting = [{ syscall }, ...errors].some((one) => one.syscall === 'connect');
  const neverSent = wasConnecting || (code !== undefined && NEVER_SENT.test(code));
  if (neverSent) return new RetryableError(`no connection${name}, nothing was sent; try again`, facts);
  if (effect === 'read') return new RetryableError(`the connection broke${name}; try again`, facts);
  return new UnknownOutcomeError(
    `the connection broke${name} after the write was sent; read before repeating`,
    facts,
  );
}
