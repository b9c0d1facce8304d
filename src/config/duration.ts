const unitMs: Readonly<Record<string, number>> = {
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};

/**
 * Reads a duration as people write it: `90s`, `5m`, `24h`, `3d`. A bare number is refused, since it does not say
 * whether it counts seconds or milliseconds.
 *
 * @returns milliseconds, or undefined when the text is no such duration
 */
export function parseDuration(text: string): number | undefined {
  const match = /^(\d+)\s*([smhd])$/i.exec(text.trim());
  const unit = unitMs[match?.[2]?.toLowerCase() ?? ''];
  if (match === null || unit === undefined) return undefined;
  const durationMs = Number(match[1]) * unit;
  return Number.isSafeInteger(durationMs) ? durationMs : undefined;
}
