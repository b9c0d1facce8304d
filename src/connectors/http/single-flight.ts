import { orAborted } from './aborting.ts';

interface Flight<T> {
  readonly result: Promise<T>;
  readonly controller: AbortController;
  waiters: number;
}

/**
 * Wraps `run` so that calls made while one is under way share it. A caller's abort ends only its own wait;
 * the shared run is aborted when the last caller has left. A failure reaches every waiter and is not kept.
 */
export function singleFlight<T>(
  run: (signal: AbortSignal) => Promise<T>,
): (signal?: AbortSignal) => Promise<T> {
  let current: Flight<T> | undefined;

  function start(): Flight<T> {
    const controller = new AbortController();
    const flight: Flight<T> = { result: run(controller.signal), controller, waiters: 0 };
    current = flight;
    const land = () => {
      if (current === flight) current = undefined;
    };
    flight.result.then(land, land);
    return flight;
  }

  return async (signal) => {
    signal?.throwIfAborted();
    const flight = current ?? start();
    flight.waiters += 1;
    try {
      return await orAborted(flight.result, signal);
    } finally {
      flight.waiters -= 1;
      if (flight.waiters === 0 && current === flight) {
        current = undefined;
        flight.controller.abort();
      }
    }
  };
}
