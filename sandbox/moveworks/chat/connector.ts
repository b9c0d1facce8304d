import type { Connector } from '../options.ts';
import type { FilledCall } from './templates.ts';

/** What came of the call of a follow-up action. */
export type CallResult =
  | { kind: 'answered'; status: number; body: unknown }
  /** Nothing came in time; whether it was carried out is not known. */
  | { kind: 'timedOut' }
  /** No connection, or it broke. */
  | { kind: 'unreachable' };

/** Creator Studio hangs up after 16 s without an answer. */
const USUAL_TIMEOUT_MS = 16_000;
/** One repeat of the same call: Agent Studio documents an id to recognise repeated calls by, so repeats happen. */
const MOST_TRIES = 2;

/**
 * Makes the call as Moveworks' cloud does: with the connector's credential, from the server, not from the browser.
 * Repeats it once after a time-out or a dropped connection. Redirects are not followed, and `ended` cuts it short.
 */
export async function callConnector(
  connector: Connector,
  call: FilledCall,
  ended: AbortSignal,
): Promise<CallResult> {
  let result: CallResult = { kind: 'unreachable' };
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    result = await tryOnce(connector, call, ended);
    if (result.kind === 'answered' || ended.aborted) break;
  }
  return result;
}

async function tryOnce(connector: Connector, call: FilledCall, ended: AbortSignal): Promise<CallResult> {
  const timeOut = AbortSignal.timeout(connector.timeoutMs ?? USUAL_TIMEOUT_MS);
  try {
    const answer = await fetch(`${connector.url.replace(/\/+$/, '')}${call.target}`, {
      method: call.method,
      headers: {
        Authorization: `Bearer ${connector.key}`,
        Accept: 'application/json',
        ...(call.body === undefined ? {} : { 'Content-Type': 'application/json' }),
      },
      ...(call.body === undefined ? {} : { body: call.body }),
      redirect: 'manual',
      signal: AbortSignal.any([timeOut, ended]),
    });
    return { kind: 'answered', status: answer.status, body: jsonOrNothing(await answer.text()) };
  } catch {
    return { kind: timeOut.aborted ? 'timedOut' : 'unreachable' };
  }
}

function jsonOrNothing(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
