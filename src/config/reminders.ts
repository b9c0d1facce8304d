import { parseDuration } from './duration.ts';
import { entriesOf, kind, listedKind } from './kind.ts';
import { meansOff } from './numbers.ts';

const minMs = 60_000;
const maxMs = 365 * 86_400_000;
const range = 'a duration from 1m to 365d, such as 24h or 3d';

function read(text: string): number | undefined {
  const durationMs = parseDuration(text);
  return durationMs !== undefined && durationMs >= minMs && durationMs <= maxMs ? durationMs : undefined;
}

/** Durations counted from the first card, in milliseconds, ascending; `off` alone gives none. */
export const remindAfter = listedKind<number[]>((text, problem) => {
  if (meansOff(text)) return [];
  const entries = entriesOf(text);
  const durations = entries.map(read);
  if (entries.length === 0) problem('durations separated by commas, such as 24h,48h,72h; off for none');
  let earlierMs = 0;
  for (const [index, durationMs] of durations.entries()) {
    const where = `entry ${index + 1} should be`;
    if (durationMs === undefined) {
      const alone = meansOff(entries[index] ?? '') ? '; off stands alone' : '';
      problem(`${where} ${range}${alone}`);
    } else if (durationMs <= earlierMs) {
      problem(`${where} longer than the one before it: each counts from the first card, such as 24h,48h,72h`);
    }
    earlierMs = durationMs ?? earlierMs;
  }
  return durations.filter((durationMs) => durationMs !== undefined);
});

/** A duration in milliseconds, or `off`. */
export const remindEvery = kind(`${range}; off for no more`, (text) =>
  meansOff(text) ? ('off' as const) : read(text),
);
