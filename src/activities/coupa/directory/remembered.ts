import { ConnectorError, RetryableError, TerminalError } from '../../../connectors/http/errors.ts';
import { singleFlight } from '../../../connectors/http/single-flight.ts';
import type { ReadOptions } from '../../../connectors/coupa/read-options.ts';
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

interface Known<Value> {
  readonly value: Value | undefined;
  readonly readAtMs: number;
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
): (key: Key, reading?: ReadOptions) => Promise<Value | undefined> {
  const { read, right, freshMs, maxKeys, now = Date.now } = options;
  const known = new Map<Key, Known<Value>>();
  const flights = new Map<string, (signal?: AbortSignal) => Promise<Value | undefined>>();

  function keep(key: Key, value: Value | undefined): void {
    // Taken out first, so that the map's order is the order of reading.
    known.delete(key);
    known.set(key, { value, readAtMs: now(), askAgainAtMs: now() + freshMs });
    const [oldest] = known.keys();
    if (known.size > maxKeys && oldest !== undefined) known.delete(oldest);
  }

  function instead(key: Key, error: unknown): Value | undefined {
    if (!(error instanceof ConnectorError)) throw error;
    const { operation, status } = error;
    if (error instanceof TerminalError) {
      // No token at all is no matter of this right.
      if (!operation.startsWith('GET ')) throw error;
      if (status === 401 || status === 403) {
        right.refused(operation, status);
        return undefined;
      }
    }
    const held = known.get(key);
    if (held !== undefined && now() - held.readAtMs < lastKnownMs) {
      held.askAgainAtMs = now() + afterFailureMs;
      return held.value;
    }
    if (!(error instanceof TerminalError)) throw error;
    if (status !== undefined && status >= 300 && status < 400) {
      throw new RetryableError(`HTTP ${status}, a redirect instead of an answer; try again`, error);
    }
    right.unusable(operation, status);
    keep(key, undefined);
    return undefined;
  }

  async function ask(key: Key, reading: ReadOptions): Promise<Value | undefined> {
    try {
      const value = await read(key, reading);
      keep(key, value);
      return value;
    } catch (error) {
      return instead(key, error);
    }
  }

  return async (key, { signal, priority } = {}) => {
    if (right.isMissing()) return undefined;
    const held = known.get(key);
    if (held !== undefined && now() < held.askAgainAtMs) return held.value;
    // A decision never waits for requests that go with the crowd (P11).
    const name = `${priority ?? 'normal'} ${key}`;
    const flight =
      flights.get(name) ??
      singleFlight((own) =>
        ask(key, { signal: own, priority }).finally(() => {
          flights.delete(name);
        }),
      );
    flights.set(name, flight);
    return flight(signal);
  };
}
