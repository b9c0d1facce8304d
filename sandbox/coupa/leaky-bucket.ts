const USUAL_RATE = 25;
const USUAL_QUEUE = 20;

/**
 * Coupa's limit: 25 requests a second with a burst queue of 20, what overflows is answered 429.
 * The bucket drains at the rate; the queue grows with a rate above the usual one.
 */
export class LeakyBucket {
  #level = 0;
  #drainedAtMs = 0;

  /** Whether a request at this instant is let in. A rate of 0 lets everything in. */
  admit(nowMs: number, requestsPerSecond: number): boolean {
    if (requestsPerSecond === 0) return true;
    const drained = ((nowMs - this.#drainedAtMs) / 1000) * requestsPerSecond;
    this.#level = Math.max(0, this.#level - drained);
    this.#drainedAtMs = nowMs;
    // One request is being served while the queue holds the others.
    const capacity = 1 + Math.max(USUAL_QUEUE, (requestsPerSecond * USUAL_QUEUE) / USUAL_RATE);
    if (this.#level + 1 > capacity) return false;
    this.#level += 1;
    return true;
  }
}
