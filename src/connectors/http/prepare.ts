import type { Secret } from '../../contract/secret.ts';
import { TerminalError } from './errors.ts';
import type { HttpCall, HttpOptions } from './http-types.ts';

/** Of whom a call is made, and how. */
type Way = Pick<HttpOptions, 'vendor' | 'freshConnections'>;

/**
 * The `fetch` options of a call without its signal. Redirects are never followed: they could carry the credential
 * elsewhere. Throws a TerminalError for a header that cannot be sent, without its value (P9).
 */
export function prepareInit(way: Way, call: HttpCall, token: Secret | undefined): RequestInit {
  const init: RequestInit = {
    method: call.method,
    redirect: 'manual',
    headers: headersOf(way, call, token),
  };
  if (call.json !== undefined) init.body = JSON.stringify(call.json);
  else if (call.form) init.body = new URLSearchParams(call.form).toString();
  return init;
}

function headersOf({ vendor, freshConnections }: Way, call: HttpCall, token: Secret | undefined): Headers {
  try {
    const headers = new Headers({ accept: 'application/json' });
    if (call.json !== undefined) headers.set('content-type', 'application/json');
    else if (call.form) headers.set('content-type', 'application/x-www-form-urlencoded');
    for (const [name, value] of Object.entries(call.headers ?? {})) headers.set(name, value);
    if (freshConnections === true) headers.set('connection', 'close');
    if (token) headers.set('authorization', `Bearer ${token.reveal()}`);
    return headers;
  } catch {
    // The original error quotes the header's value.
    throw new TerminalError('a header has characters that HTTP does not allow; check the credential', {
      vendor,
      operation: call.operation,
    });
  }
}
