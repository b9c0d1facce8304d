import { z } from 'zod';

/**
 * What can go wrong with a request.
 * Without effect: `status`, `dropBefore`, `html` (a maintenance page, 503 unless told), `redirect` (to a login page).
 * With effect: `delay` (held back, then carried out), `dropAfter`, `statusAfter`, `truncated`, `xml`, `empty`,
 * `slowBody` (half of the answer, the rest `delayMs` later) and `otherResource` (what a mixed-up cache would answer).
 */
const faultKind = z.enum([
  'status',
  'delay',
  'dropBefore',
  'dropAfter',
  'statusAfter',
  'html',
  'redirect',
  'truncated',
  'xml',
  'empty',
  'slowBody',
  'otherResource',
]);

/** The body of `POST /sandbox/faults` for a vendor with these routes; `*` meets any request. */
export function faultSchema(routes: readonly string[]) {
  return z.strictObject({
    route: z.enum([...routes, '*']),
    /** Meets only requests whose path has this id as a segment. */
    id: z.int().optional(),
    times: z.int().min(1).default(1),
    kind: faultKind,
    // Up to 599 and not below 200: a response cannot be built with another status.
    status: z.int().min(200).max(599).optional(),
    retryAfter: z.string().optional(),
    delayMs: z.int().min(0).optional(),
    /** Where a redirect leads; `/login` unless told. */
    location: z.string().optional(),
  });
}

export type Fault = z.infer<ReturnType<typeof faultSchema>>;

/** The faults that are still to be played, oldest first. */
export class Faults {
  #waiting: Fault[] = [];

  add(fault: Fault): void {
    this.#waiting.push({ ...fault });
  }

  clear(): void {
    this.#waiting = [];
  }

  /** Takes the oldest fault that is meant for this route and path, counting down its `times`. */
  take(route: string | null, path: string): Fault | undefined {
    const segments = path.split('/');
    const fault = this.#waiting.find(
      (waiting) =>
        (waiting.route === '*' || waiting.route === route) &&
        (waiting.id === undefined || segments.includes(String(waiting.id))),
    );
    if (fault === undefined) return undefined;
    fault.times -= 1;
    if (fault.times === 0) this.#waiting = this.#waiting.filter((waiting) => waiting !== fault);
    return fault;
  }
}
