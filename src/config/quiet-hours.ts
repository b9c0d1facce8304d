import type { QuietSpan } from './config.ts';
import { entriesOf, listedKind } from './kind.ts';
import { meansOff } from './numbers.ts';

const dayMinutes = 24 * 60;
const weekMinutes = 7 * dayMinutes;
const days = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];
const looksLike = 'such as 20:00-08:00,sat,sun';

/** Minutes since midnight; 24:00 is the end of the day. */
function minuteOf(text: string): number | undefined {
  const [, hour = '', minute = ''] = /^(\d{1,2}):(\d{2})$/.exec(text.trim()) ?? [];
  const minutes = Number(hour) * 60 + Number(minute);
  return hour !== '' && Number(minute) < 60 && minutes <= dayMinutes ? minutes : undefined;
}

/** The same hours of every day. Hours that wrap midnight end on the day after, Sunday's on Monday. */
function daily(fromMinute: number, toMinute: number): QuietSpan[] {
  const lengthMinutes = toMinute > fromMinute ? toMinute - fromMinute : toMinute + dayMinutes - fromMinute;
  return days.flatMap((_, day) => {
    const start = day * dayMinutes + fromMinute;
    const end = start + lengthMinutes;
    const thisWeek = { fromMinute: start, toMinute: Math.min(end, weekMinutes) };
    return end > weekMinutes ? [thisWeek, { fromMinute: 0, toMinute: end - weekMinutes }] : [thisWeek];
  });
}

/** One entry: hours of every day, or a whole day by its name or the first letters of it. */
function spansOf(entry: string): QuietSpan[] | undefined {
  const name = entry.toLowerCase();
  const day = days.findIndex((each) => each === name || each.slice(0, 3) === name);
  if (day !== -1) return [{ fromMinute: day * dayMinutes, toMinute: (day + 1) * dayMinutes }];
  const [from, to, ...more] = entry.split(/[-–]/).map(minuteOf);
  return from === undefined || to === undefined || more.length > 0 || from === to || from === dayMinutes
    ? undefined
    : daily(from, to);
}

/** Ascending, and with those that touch or overlap made one. */
function merged(spans: readonly QuietSpan[]): QuietSpan[] {
  const result: QuietSpan[] = [];
  for (const span of [...spans].sort((a, b) => a.fromMinute - b.fromMinute)) {
    const last = result.at(-1);
    if (last === undefined || span.fromMinute > last.toMinute) result.push(span);
    else result.splice(-1, 1, { ...last, toMinute: Math.max(last.toMinute, span.toMinute) });
  }
  return result;
}

/** `20:00-08:00,sat,sun` as parts of a week; `off` alone gives none. */
export const quietHours = listedKind<QuietSpan[]>((text, problem) => {
  if (meansOff(text)) return [];
  const entries = entriesOf(text);
  if (entries.length === 0) problem(`hours and days separated by commas, ${looksLike}; off for none`);
  const spans = entries.flatMap((entry, index) => {
    const found = spansOf(entry);
    if (found === undefined) {
      const alone = meansOff(entry) ? '; off stands alone' : '';
      problem(`entry ${index + 1} should be HH:MM-HH:MM or a day of the week, ${looksLike}${alone}`);
    }
    return found ?? [];
  });
  const quiet = merged(spans);
  if (quiet.some((span) => span.toMinute - span.fromMinute === weekMinutes)) {
    problem(`leaves no time of the week for a reminder; leave some, ${looksLike}, or set REMIND_AFTER=off`);
  }
  return quiet;
});
