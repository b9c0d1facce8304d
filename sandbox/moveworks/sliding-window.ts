const WINDOW_MS = 60_000;

/** A limit over any 60 seconds. What it turns away does not count towards it. */
export class SlidingWindow {
  #admittedAtMs: number[] = [];

  /** Whether a request at this instant is let in. A limit of 0 lets everything in. */
  admit(nowMs: number, requestsPerMinute: number): boolean {
    this.#admittedAtMs = this.#admittedAtMs.filter((atMs) => atMs > nowMs - WINDOW_MS);
    if (requestsPerMinute > 0 && this.#admittedAtMs.length >= requestsPerMinute) return false;
    if (requestsPerMinute > 0) this.#admittedAtMs.push(nowMs);
    return true;
  }
}
