import { describe, expect, it } from 'vitest';
import { configOf, messagesOf } from './test-config.ts';

const quietOf = (text: string) =>
  configOf({ QUIET_HOURS: text }).policy.quietHours.map(({ fromMinute, toMinute }) => [fromMinute, toMinute]);
const hour = 60;
const day = 24 * hour;

describe('QUIET_HOURS', () => {
  it('reads hours as those of every day', () => {
    expect(quietOf('12:00-13:30')).toEqual(
      Array.from({ length: 7 }, (_, index) => [index * day + 12 * hour, index * day + 13 * hour + 30]),
    );
  });

  it('lets hours wrap midnight, those of Sunday into Monday', () => {
    const spans = quietOf('22:00-06:00');
    expect(spans).toHaveLength(8);
    expect(spans[0]).toEqual([0, 6 * hour]);
    expect(spans[1]).toEqual([22 * hour, day + 6 * hour]);
    expect(spans[7]).toEqual([6 * day + 22 * hour, 7 * day]);
  });

  it.each([
    ['mon', 0],
    ['Tuesday', 1],
    ['WED', 2],
    ['thu', 3],
    ['friday', 4],
    ['Sat', 5],
    ['sunday', 6],
  ])('reads %s as that whole day', (name, index) => {
    expect(quietOf(name)).toEqual([[index * day, (index + 1) * day]]);
  });

  it('joins what touches or overlaps', () => {
    expect(quietOf('sun,sat,sat')).toEqual([[5 * day, 7 * day]]);
    expect(quietOf('sat,12:00-24:00,sun').at(-1)).toEqual([4 * day + 12 * hour, 7 * day]);
    expect(quietOf('0:00-8:00, 20:00-24:00')).toEqual(quietOf('20:00-08:00'));
    expect(quietOf('08:00 – 10:00; 09:00-09:30')).toEqual(quietOf('08:00-10:00'));
  });

  it.each(['off', 'None', 'no'])('%s lets reminders go out at any time', (word) => {
    expect(quietOf(word)).toEqual([]);
  });

  it.each([
    ['an hour that no clock shows', '25:00-08:00', /^entry 1 should be HH:MM-HH:MM or a day of the week/],
    ['a minute that no clock shows', 'sat,20:60-08:00', /^entry 2 should be/],
    ['a time after the end of the day', '20:00-24:01', /^entry 1 should be/],
    ['hours without minutes', '20-08', /^entry 1 should be/],
    ['hours of no length', '08:00-08:00', /^entry 1 should be/],
    ['hours that begin at the end of the day', '24:00-08:00', /^entry 1 should be/],
    ['three times', '08:00-09:00-10:00', /^entry 1 should be/],
    ['a day that no week has', 'su', /^entry 1 should be .*, such as 20:00-08:00,sat,sun$/],
    ['off beside something', 'sat,off', /^entry 2 should be .*; off stands alone$/],
    ['a list without entries', ';', /^hours and days separated by commas/],
  ])('refuses %s, and says what it should be', (_, text, expected) => {
    const [message, ...others] = messagesOf({ QUIET_HOURS: text });
    expect(message).toMatch(expected);
    expect(others).toEqual([]);
  });

  it.each([
    '00:00-24:00',
    'mon,tue,wed,thu,fri,sat,sun',
    '08:00-20:00,20:00-08:00',
    '00:30-00:00,23:59-01:00',
  ])('refuses %s, which leaves no time of the week', (text) => {
    expect(messagesOf({ QUIET_HOURS: text })).toEqual([
      expect.stringMatching(/^leaves no time of the week for a reminder; .*REMIND_AFTER=off$/),
    ]);
  });

  it('accepts what leaves a single minute', () => {
    expect(quietOf('mon,tue,wed,thu,fri,sat,00:01-24:00')).toEqual([
      [0, 6 * day],
      [6 * day + 1, 7 * day],
    ]);
  });
});
