/** Coupa's largest page: a greater limit is not honoured, and a shorter page is the last one. */
export const LARGEST_PAGE = 50;

/** A moment in a filter: Coupa takes a bare date as midnight UTC, so the zone is always sent, and has no milliseconds. */
export function utcSeconds(date: Date): string {
  return `${date.toISOString().slice(0, 19)}Z`;
}
