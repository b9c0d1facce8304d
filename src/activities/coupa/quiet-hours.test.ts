import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { QuietSpan } from '../../config/config.ts';
import { createQuietHours } from './quiet-hours.ts';
import { instants, timeZones, week } from './fixtures/reminder-arbitraries.ts';

const hour = 60;
const day = 24 * hour;
const nights: QuietSpan[] = [
  { fromMinute: 0, toMinute: 8 * hour },
  ...[0, 1, 2, 3].map((index) => ({
    fromMinute: index * day + 20 * hour,
    toMinute: (index + 1) * day + 8 * hour,
  })),
  { fromMinute: 4 * day + 20 * hour, toMinute: 7 * day },
];
const daily = (fromMinute: number, toMinute: number): QuietSpan[] =>
  [0, 1, 2, 3, 4, 5, 6].map((index) => ({
    fromMinute: index * day + fromMinute,
    toMinute: index * day + toMinute,
  }));

function endOf(spans: readonly QuietSpan[], timeZone: string, at: string): string | undefined {
  const end = createQuietHours(spans, timeZone).quietUntil(Date.parse(at));
  return end === undefined ? undefined : new Date(end).toISOString();
}

describe('quiet hours', () => {
  it('begin at their first minute and are over at their last', () => {
    const { isQuiet } = createQuietHours(nights, 'UTC');
    expect(isQuiet(Date.parse('2026-03-04T19:59:59.999Z'))).toBe(false);
    expect(isQuiet(Date.parse('2026-03-04T20:00:00.000Z'))).toBe(true);
    expect(isQuiet(Date.parse('2026-03-05T07:59:59.999Z'))).toBe(true);
    expect(isQuiet(Date.parse('2026-03-05T08:00:00.000Z'))).toBe(false);
  });

  it('are read on the clock of the zone', () => {
    const at = '2026-03-05T07:30:00.000Z';
    expect(endOf(nights, 'UTC', at)).toBe('2026-03-05T08:00:00.000Z');
    expect(endOf(nights, 'Europe/Berlin', at)).toBe(at);
    expect(endOf(nights, 'America/Los_Angeles', at)).toBe('2026-03-05T16:00:00.000Z');
    expect(endOf(nights, 'Asia/Kolkata', '2026-03-05T17:00:00.123Z')).toBe('2026-03-06T02:30:00.000Z');
  });

  it('last over the weekend, whose turn of the week they pass', () => {
    expect(endOf(nights, 'UTC', '2026-03-06T21:17:43.210Z')).toBe('2026-03-09T08:00:00.000Z');
    expect(endOf(nights, 'UTC', '2026-03-08T23:59:59.999Z')).toBe('2026-03-09T08:00:00.000Z');
  });

  it('end at the hour that was set, whether the clocks were put forward or back in them', () => {
    expect(endOf(nights, 'Europe/Berlin', '2026-03-27T20:00:00.000Z')).toBe('2026-03-30T06:00:00.000Z');
    expect(endOf(nights, 'Europe/Berlin', '2026-10-23T20:00:00.000Z')).toBe('2026-10-26T07:00:00.000Z');
    expect(endOf(daily(0, 4 * hour), 'America/New_York', '2026-03-08T06:00:00Z')).toBe(
      '2026-03-08T08:00:00.000Z',
    );
    expect(endOf(daily(0, 4 * hour), 'America/New_York', '2026-11-01T05:00:00Z')).toBe(
      '2026-11-01T09:00:00.000Z',
    );
  });

  it('that would end in the hour which the clocks leap over end with the leap', () => {
    expect(endOf(daily(60, 150), 'Europe/Berlin', '2026-03-29T00:15:00Z')).toBe('2026-03-29T01:00:00.000Z');
  });

  it('come again with the hour that the clocks repeat', () => {
    const spans = daily(2 * hour, 2 * hour + 30);
    const { isQuiet } = createQuietHours(spans, 'Europe/Berlin');
    const states = ['00:15', '00:45', '01:15', '01:45'].map((time) =>
      isQuiet(Date.parse(`2026-10-25T${time}:00Z`)),
    );
    expect(states).toEqual([true, false, true, false]);
    expect(endOf(daily(2 * hour, 3 * hour), 'Europe/Berlin', '2026-10-25T00:15:00Z')).toBe(
      '2026-10-25T02:00:00.000Z',
    );
  });

  it('whose only gap the clocks leap over go on until the week after', () => {
    const gap = 6 * day + 2 * hour;
    const spans = [
      { fromMinute: 0, toMinute: gap },
      { fromMinute: gap + 30, toMinute: 7 * day },
    ];
    expect(endOf(spans, 'Europe/Berlin', '2026-03-28T12:00:00Z')).toBe('2026-04-05T00:00:00.000Z');
  });

  it('hold in a zone that left a whole day out', () => {
    expect(endOf([{ fromMinute: 3 * day, toMinute: 5 * day }], 'Pacific/Apia', '2011-12-30T00:00:00Z')).toBe(
      '2011-12-30T10:00:00.000Z',
    );
  });

  it('are none without spans, and never end without a gap', () => {
    const at = '2026-03-07T00:00:00.000Z';
    expect(endOf([], 'UTC', at)).toBe(at);
    expect(endOf([{ fromMinute: 0, toMinute: 7 * day }], 'UTC', at)).toBeUndefined();
  });

  it('end at the first instant that is not quiet, in every zone and week', () => {
    fc.assert(
      fc.property(
        week,
        timeZones,
        instants,
        fc.double({ min: 0, max: 1, noNaN: true }),
        (spans, zone, at, share) => {
          const quiet = createQuietHours(spans, zone);
          const end = quiet.quietUntil(at);
          if (end === undefined) throw new Error('no end');
          expect(end >= at).toBe(true);
          expect(quiet.isQuiet(end)).toBe(false);
          if (end > at) {
            expect(quiet.isQuiet(end - 1)).toBe(true);
            expect(quiet.isQuiet(at + Math.floor((end - 1 - at) * share))).toBe(true);
          }
        },
      ),
      { numRuns: 500 },
    );
  });
});
