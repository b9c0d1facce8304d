/** A moment for people, in the configured zone: "Mar 2, 2026, 8:15 AM PST". Null when Coupa sent no readable date. */
export function formatMoment(iso: string | null, locale: string, timeZone: string): string | null {
  const ms = iso === null ? NaN : Date.parse(iso);
  if (!Number.isFinite(ms)) return null;
  return new Intl.DateTimeFormat(locale, {
    year: 'numeric',
    month: 'short',
    day: 'numeric',
    hour: 'numeric',
    minute: '2-digit',
    timeZone,
    timeZoneName: 'short',
  })
    .format(ms)
    .replace(/[\u00a0\u202f]/g, ' ');
}
