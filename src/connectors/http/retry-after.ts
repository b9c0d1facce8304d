/**
 * The longest wait we take from a vendor. A proxy that asks for a day must not silence a waiting approval:
 * a try after 15 minutes costs one request.
 */
export const MAX_RETRY_AFTER_MS = 15 * 60_000;

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const IMF_FIXDATE =
  /^[A-Z][a-z]{2}, (?<day>\d{2}) (?<month>[A-Z][a-z]{2}) (?<year>\d{4}) (?<time>[\d:]{8}) GMT$/;
const RFC_850 =
  /^[A-Z][a-z]+day, (?<day>\d{2})-(?<month>[A-Z][a-z]{2})-(?<year>\d{2}) (?<time>[\d:]{8}) GMT$/;
const ASCTIME = /^[A-Z][a-z]{2} (?<month>[A-Z][a-z]{2}) (?<day>[ \d]\d) (?<time>[\d:]{8}) (?<year>\d{4})$/;

/**
 * How many milliseconds a `Retry-After` header asks us to wait from `nowMs` (epoch milliseconds), capped at
 * `MAX_RETRY_AFTER_MS`; a date in the past is 0. Knows delay seconds and the three HTTP-date forms (RFC 9110,
 * 10.2.3 and 5.6.7). Anything else is undefined: the caller's own backoff applies.
 */
export function parseRetryAfter(header: string | null | undefined, nowMs: number): number | undefined {
  const value = header?.trim();
  if (value === undefined || value === '') return undefined;
  if (/^\d+$/.test(value)) return Math.min(Number(value) * 1000, MAX_RETRY_AFTER_MS);
  const dateMs = parseHttpDate(value, nowMs);
  if (dateMs === undefined) return undefined;
  return Math.min(Math.max(0, dateMs - nowMs), MAX_RETRY_AFTER_MS);
}

/** `Date.parse` would read the asctime form in the host's zone; HTTP dates are UTC in all three forms. */
function parseHttpDate(value: string, nowMs: number): number | undefined {
  const match = IMF_FIXDATE.exec(value) ?? RFC_850.exec(value) ?? ASCTIME.exec(value);
  if (!match?.groups) return undefined;
  const { day = '', month = '', year = '', time = '' } = match.groups;
  const monthIndex = MONTHS.indexOf(month);
  const clock = /^(\d{2}):(\d{2}):(\d{2})$/.exec(time);
  if (monthIndex < 0 || !clock) return undefined;
  const [hours, minutes, seconds] = clock.slice(1).map(Number);
  if (hours === undefined || minutes === undefined || seconds === undefined) return undefined;
  if (hours > 23 || minutes > 59 || seconds > 60) return undefined;
  const fullYear = year.length === 2 ? nearestYear(Number(year), nowMs) : Number(year);
  const midnight = new Date(Date.UTC(fullYear, monthIndex, Number(day)));
  // A day that its month does not have has moved into another month.
  if (midnight.getUTCDate() !== Number(day)) return undefined;
  return midnight.getTime() + ((hours * 60 + minutes) * 60 + seconds) * 1000;
}

/** RFC 9110, 5.6.7: a two-digit year that seems more than 50 years ahead is the most recent past one. */
function nearestYear(twoDigits: number, nowMs: number): number {
  const thisYear = new Date(nowMs).getUTCFullYear();
  const year = thisYear - (thisYear % 100) + twoDigits;
  return year > thisYear + 50 ? year - 100 : year;
}
