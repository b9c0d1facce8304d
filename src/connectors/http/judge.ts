import { mediaType, parseJson } from './body.ts';
import { RetryableError, TerminalError, UnknownOutcomeError, type ErrorFacts } from './errors.ts';
import type { Exchange, HttpAnswer, HttpCall, HttpOptions } from './http-types.ts';
import { requestIdOf } from './request-id.ts';
import { parseRetryAfter } from './retry-after.ts';
import { statusFailure } from './status-failure.ts';

/** Makes an answer or the right error of what came back. */
export function judge(options: HttpOptions, call: HttpCall, { response, body }: Exchange): HttpAnswer {
  const { status, headers } = response;
  const requestId = requestIdOf(headers);
  const type = mediaType(headers);
  const parsed = body.whole ? parseJson(type, body.text) : undefined;
  const json = parsed && 'json' in parsed ? parsed.json : undefined;
  const facts = { vendor: options.vendor, operation: call.operation, status, requestId };

  if (call.accept?.includes(status)) return { status, headers, body: json, requestId };
  if (!response.ok) {
    const retryAfterMs = waitOf(options, status, headers);
    throw statusFailure(
      call.effect,
      status,
      { ...facts, retryAfterMs },
      { words: () => options.words?.(json) ?? [], right: options.rightFor?.(call.operation) },
    );
  }
  if (parsed && 'json' in parsed) return { status, headers, body: parsed.json, requestId };

  const what = unreadable(type, parsed?.notJson, body.whole ? undefined : body.why);
  if (call.effect === 'write') {
    throw new UnknownOutcomeError(`${what}, the write may have happened; read before repeating`, facts);
  }
  throw body.whole || body.why === 'cut'
    ? new RetryableError(`${what}; try again`, facts)
    : tooLarge(what, facts);
}

function waitOf(options: HttpOptions, status: number, headers: Headers): number | undefined {
  const askedMs = parseRetryAfter(headers.get('retry-after'), Date.now());
  if (options.waitAfter) return options.waitAfter(status, askedMs);
  if (status !== 429 || options.minRetryAfterMs === undefined) return askedMs;
  return Math.max(options.minRetryAfterMs, askedMs ?? 0);
}

function unreadable(
  type: string | undefined,
  notJson: 'type' | 'syntax' | undefined,
  notWhole: 'large' | 'cut' | undefined,
): string {
  if (notWhole === 'large') return 'the answer is larger than allowed';
  if (notWhole === 'cut' || notJson === 'syntax') return 'the answer came truncated';
  // Not terminal: a waiting approval must not die of an outage page that calls itself 200.
  return `${type ?? 'an unnamed media type'} came instead of JSON (a login page or an outage)`;
}

function tooLarge(what: string, facts: ErrorFacts): TerminalError {
  return new TerminalError(`${what}; ask for fewer rows or fields`, facts);
}
