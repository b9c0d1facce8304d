/** A moment for people, in the configured zone: "Mar 2, 2026, 8:15 AM PST". Null when Coupa sent no readable date. */
export function formatMoment(iso: string | null, locale: string, timeZone: string): string | null {
  const ms = iso === null ? NaN : Date.parse(iso);
  if (!Number.isFinite(ms)) return null;
  const format = new Intl.DateTimeFormat(locale, {
    year: 'numeric',
    month: 'short',
    day: 'numeric',
    hour: 'numeric',
    minute: '2-digit',
    timeZone,
    timeZoneName: 'short',
  });
  return plainSpaces(format.format(ms));
}

/**
 * A date without a time of day: "Mar 20, 2026". Coupa sends such a date as midnight with its own offset; the day is
 * the one that it wrote, since in another zone it would be the day before. Null when there is no readable date.
 */
export function formatDay(iso: string | null, locale: string): string | null {
  const [, day] = /^(\d{4}-\d{2}-\d{2})(?:T|$)/.exec(iso ?? '') ?? [];
  const ms = day === undefined ? NaN : Date.parse(`${day}T00:00:00Z`);
  if (!Number.isFinite(ms)) return null;
  const format = new Intl.DateTimeFormat(locale, {
    year: 'numeric',
    month: 'short',
    day: 'numeric',
    timeZone: 'UTC',
  });
  return plainSpaces(format.format(ms));
}

/** A span in one plain unit: "45 minutes", "5 hours", "3 days". Whole units that have passed, one minute at least. */
export function formatSpan(ms: number): string {
  const minutes = Math.max(1, Math.round(ms / 60_000));
  if (minutes < 60) return counted(minutes, 'minute');
  const hours = Math.floor(minutes / 60);
  return hours < 24 ? counted(hours, 'hour') : counted(Math.floor(hours / 24), 'day');
}

function counted(count: number, unit: string): string {
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}

function plainSpaces(text: string): string {
  return text.replace(/[\u00a0\u202f]/g, ' ');
}
