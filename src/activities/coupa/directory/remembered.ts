import { ConnectorError, RetryableError, TerminalError } from '../../../connectors/http/errors.ts';
import { orAborted } from '../../../connectors/http/aborting.ts';
import type { ReadOptions } from '../../../connectors/http/read-options.ts';
import type { Right } from './right.ts';

interface RememberedOptions<Key, Value> {
  readonly read: (key: Key, options: ReadOptions) => Promise<Value>;
  readonly right: Right;
  /** How long an answer serves without being asked for again, in milliseconds. */
  readonly freshMs: number;
  /** The most keys that are kept; the one read longest ago goes first. */
  readonly maxKeys: number;
  /** Milliseconds of any epoch. */
  readonly now?: (() => number) | undefined;
}

/** How to ask: like a read of Coupa, and how old a remembered answer may be; absent: as long as answers serve. */
export interface Asking extends ReadOptions {
  readonly maxAgeMs?: number | undefined;
}

interface Known<Value> {
  readonly value: Value | undefined;
  readonly readAtMs: number;
  /** When Coupa was asked last, with an answer or without. */
  triedAtMs: number;
  askAgainAtMs: number;
}

/** How old the last answer may be where Coupa gives no new one. */
const lastKnownMs = 60 * 60_000;
/** While Coupa fails, not every look waits for its time-out. */
const afterFailureMs = 60_000;

/**
 * Remembers what Coupa answered: each key is asked for once at a time, and again when its answer is no longer fresh.
 * Undefined where the right is missing, or where Coupa has no usable answer for this key. While Coupa cannot answer
 * the last answer serves, up to an hour old; without one the call throws a RetryableError, since to go on as if there
 * were nothing to know would narrow who may decide without saying so.
 */
export function createRemembered<Key extends string | number, Value>(
  options: RememberedOptions<Key, Value>,
): (key: Key, asking?: Asking) => Promise<Value | undefined> {
  const { read, right, freshMs, maxKeys, now = Date.now } = options;
  const known = new Map<Key, Known<Value>>();
  const flights = new Map<string, Promise<Value | undefined>>();

  function keep(key: Key, value: Value | undefined): void {
    // Taken out first, so that the map's order is the order of reading.
    known.delete(key);
    known.set(key, { value, readAtMs: now(), triedAtMs: now(), askAgainAtMs: now() + freshMs });
    const [oldest] = known.keys();
    if (known.size > maxKeys && oldest !== undefined) known.delete(oldest);
  }

  function instead(key: Key, error: unknown): Value | undefined {
    if (!(error instanceof ConnectorError)) throw error;
    const { operation, status } = error;
    if (error instanceof TerminalError) {
      // No token at all is no matter of this right.
      if (!operation.startsWith('GET ')) throw error;
      if ((status === 401 || status === 403) && right.refused(operation, status)) return undefined;
    }
    const held = known.get(key);
    if (held !== undefined && now() - held.readAtMs < lastKnownMs) {
      held.triedAtMs = now();
      held.askAgainAtMs = now() + afterFailureMs;
      return held.value;
    }
    if (!(error instanceof TerminalError)) throw error;
    if (status !== undefined && status >= 300 && status < 400) {
      throw new RetryableError(`HTTP ${status}, a redirect instead of an answer; try again`, error);
    }
    if (status === 401 || status === 403) {
      throw new RetryableError(`HTTP ${status}, though the right was there before; try again`, error);
    }
    right.unusable(operation, status);
    keep(key, undefined);
    return undefined;
  }

  async function ask(key: Key, priority: ReadOptions['priority']): Promise<Value | undefined> {
    try {
      const value = await read(key, { priority });
      right.granted();
      keep(key, value);
      return value;
    } catch (error) {
      return instead(key, error);
    }
  }

  /** Goes on when nobody waits any more: else a list that takes longer than its callers' time is never had. */
  function start(name: string, key: Key, priority: ReadOptions['priority']): Promise<Value | undefined> {
    const flight = ask(key, priority).finally(() => {
      flights.delete(name);
    });
    flights.set(name, flight);
    // Whoever still waits hears of its failure.
    flight.catch(() => undefined);
    return flight;
  }

  return async (key, { signal, priority, maxAgeMs = Infinity } = {}) => {
    signal?.throwIfAborted();
    if (right.isMissing()) return undefined;
    const held = known.get(key);
    const isYoung = held !== undefined && now() - held.triedAtMs < maxAgeMs;
    if (isYoung && now() < held.askAgainAtMs) return held.value;
    // A decision never waits for requests that go with the crowd (P11).
    const name = `${priority ?? 'normal'} ${key}`;
    return orAborted(flights.get(name) ?? start(name, key, priority), signal);
  };
}
