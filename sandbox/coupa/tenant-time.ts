const OFFSET_HOURS = -8;
const OFFSET_TEXT = '-08:00';

/** An instant (ms since the epoch) as Coupa writes it: ISO 8601, the tenant's numeric offset, whole seconds. */
export function tenantTime(atMs: number): string {
  const shifted = new Date(atMs + OFFSET_HOURS * 3_600_000).toISOString();
  return `${shifted.slice(0, 19)}${OFFSET_TEXT}`;
}
