const KEPT_ENTRIES = 20_000;
/** The oldest entries go so many at a time: taking one from the front of a long list moves all others. */
const SPARE_ENTRIES = 2000;

/** One request that the vendor's API received, in order of arrival. */
export interface RequestEntry {
  /** UTC, with milliseconds. */
  at: string;
  method: string;
  path: string;
  query: Record<string, string>;
  /** What the client was answered; null while under way and when the connection was cut. */
  status: number | null;
  /** How long the vendor took from its arrival to the answer, in milliseconds; absent while under way. */
  durationMs?: number;
  /** Present when the request changed an approval, even if the client never learnt of it. */
  effect?: 'approved' | 'rejected';
  approvalId?: number;
  /** The kind of fault that was played on it. */
  fault?: string;
}

/** The record of what a vendor's API was asked; the newest 20,000 requests. Credentials and bodies are not kept. */
export class RequestRecord {
  #entries: RequestEntry[] = [];

  /** Notes a request at its arrival; the caller completes the entry when it is answered. */
  open(request: { method: string; url: string }): RequestEntry {
    const url = new URL(request.url);
    const entry: RequestEntry = {
      at: new Date().toISOString(),
      method: request.method,
      path: url.pathname,
      query: Object.fromEntries(url.searchParams),
      status: null,
    };
    this.#entries.push(entry);
    if (this.#entries.length > KEPT_ENTRIES + SPARE_ENTRIES) {
      this.#entries = this.#entries.slice(-KEPT_ENTRIES);
    }
    return entry;
  }

  list(): readonly RequestEntry[] {
    return this.#entries.slice(-KEPT_ENTRIES);
  }

  clear(): void {
    this.#entries = [];
  }
}
