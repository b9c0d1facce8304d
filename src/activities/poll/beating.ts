/** A quarter of the shortest heartbeat time-out of a pass. */
const everyMs = 15_000;

/**
 * Waits for work that knows nothing of heartbeats, such as a list of many pages that others share, and beats meanwhile:
 * without it Temporal would take a long list for a dead worker, in every attempt anew. Throws what the work throws.
 */
export async function beating<T>(work: Promise<T>, beat: () => void): Promise<T> {
  const timer = setInterval(beat, everyMs);
  try {
    return await work;
  } finally {
    clearInterval(timer);
  }
}
