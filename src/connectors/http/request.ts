import type { Secret } from '../../contract/secret.ts';
import { sleep } from './aborting.ts';
import { readBody, type BodyText } from './body.ts';
import { startDeadline } from './deadline.ts';
import { RetryableError, UnknownOutcomeError, type ConnectorError } from './errors.ts';
import type { Exchange, HttpAnswer, HttpCall, HttpOptions, HttpRequest } from './http-types.ts';
import { judge } from './judge.ts';
import { networkFailure } from './network-failure.ts';
import { prepareInit } from './prepare.ts';
import { buildUrl, parseBaseUrl } from './url.ts';

/**
 * The request function of one vendor: native fetch with a time-out, a bounded body, a limiter, and after a 401 one rest
 * for a young credential and one renewal. Throws a TypeError at once for a bad base URL.
 */
export function createHttp(options: HttpOptions): HttpRequest {
  const base = parseBaseUrl(options.vendor, options.baseUrl);
  const { vendor, authorize, limiter } = options;

  async function exchange(call: HttpCall, token: Secret | undefined): Promise<Exchange> {
    const init = prepareInit(options, call, token);
    call.signal?.throwIfAborted();
    call.beforeSend?.();
    // A write under way is never cut off by us: its answer, which may be a yes, would be lost by our own hand (P5, P7).
    const signal = call.effect === 'read' ? call.signal : undefined;
    const deadline = startDeadline(options.timeoutMs, signal);
    let response: Response;
    let body: BodyText;
    try {
      const send = options.fetch ?? fetch;
      response = await send(buildUrl(base, call.path, call.query), { ...init, signal: deadline.signal });
      body = await readBody(response, options.maxBodyBytes);
    } catch (failure) {
      const firedBy = deadline.firedBy();
      if (firedBy) throw interrupted(call, firedBy);
      throw networkFailure(call.effect, failure, { vendor, operation: call.operation });
    } finally {
      deadline.end();
    }
    const firedBy = body.whole ? undefined : deadline.firedBy();
    // A 2xx whose body was interrupted says nothing certain; any other status has already decided the matter.
    if (firedBy && (response.ok || firedBy === 'abort')) {
      throw interrupted(call, firedBy);
    }
    return { response, body };
  }

  /** Rethrows the caller's reason for a read; a write that took too long is open (P5). */
  function interrupted(call: HttpCall, firedBy: 'timeout' | 'abort'): ConnectorError {
    const facts = { vendor, operation: call.operation };
    const what = `no whole answer within ${options.timeoutMs} ms`;
    if (call.effect === 'write') {
      return new UnknownOutcomeError(`${what}, the write may have happened; read before repeating`, facts);
    }
    if (firedBy === 'abort') call.signal?.throwIfAborted();
    return new RetryableError(`${what}; try again`, {
      ...facts,
      retryAfterMs: options.waitAfter?.('timeout'),
    });
  }

  async function attempt(call: HttpCall): Promise<{ done: Exchange; token: Secret | undefined }> {
    const { signal, priority } = call;
    // Asked for twice: minting must not hold a place in the queue, nor a token grow old while waiting for one.
    await authorize?.token(signal);
    await limiter?.acquire({ signal, priority });
    const token = await authorize?.token(signal);
    return { done: await exchange(call, token), token };
  }

  /** Makes the call, again after a 401: once with the same credential when it is young, and once with another. */
  return async function request(call: HttpCall): Promise<HttpAnswer> {
    let rested = false;
    let renewed = false;
    for (;;) {
      const { done, token } = await attempt(call);
      if (done.response.status !== 401 || token === undefined) return judge(options, call, done);
      const restMs = rested ? 0 : (authorize?.restMs?.(token) ?? 0);
      // A 401 means that nothing was done, so a write may be repeated too, or given up by an abort.
      if (restMs > 0) {
        rested = true;
        await sleep(restMs, call.signal);
      } else {
        if (renewed || authorize?.refused(token) !== 'retry') return judge(options, call, done);
        renewed = true;
      }
    }
  };
}
