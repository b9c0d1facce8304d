/** The same difference is told to a workflow once in this time. */
const tellAgainMs = 10 * 60_000;
/** Newest entries kept, some 50 bytes each: the result of a run stays far below Temporal's 2 MB. */
const mostKept = 2_000;

/** What workflows were told of, and when (ISO 8601), by approval id or approval id and difference. */
export type Told = Readonly<Record<string, string>>;

/** What was told lately enough to count at `now`; of very much, the newest. */
export function toldLately(told: Told, now: string): Told {
  const recent = Object.entries(told).filter(([, at]) => Date.parse(now) - Date.parse(at) < tellAgainMs);
  if (recent.length <= mostKept) return Object.fromEntries(recent);
  return Object.fromEntries(
    recent.toSorted(([, a], [, b]) => Date.parse(b) - Date.parse(a)).slice(0, mostKept),
  );
}

/** The approvals that a pass of the very run that began at `now` has told to look. */
export function toldInThisRun(told: Told, now: string): ReadonlySet<number> {
  const keys = Object.entries(told).flatMap(([key, at]) => (at === now ? [key] : []));
  return new Set(keys.map((key) => Number(key.split(':')[0])));
}
