import { describe, expect, it } from 'vitest';
import { loadConfig } from './load-config.ts';
import { configOf, messagesOf } from './test-config.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

describe('REMIND_AFTER', () => {
  it('reads durations counted from the first card', () => {
    const { remindAfterMs } = configOf({ REMIND_AFTER: '1m; 4H, 365d' }).policy;
    expect(remindAfterMs).toEqual([minute, 4 * hour, 365 * day]);
  });

  it.each(['off', 'OFF', 'none', 'no', 'false', '0'])('%s switches reminders off', (word) => {
    expect(configOf({ REMIND_AFTER: word }).policy.remindAfterMs).toEqual([]);
  });

  it.each([
    ['durations that are not ascending', '48h,24h,72h', /^entry 2 should be longer than the one before it/],
    ['a duration twice', '24h,1d', /^entry 2 should be longer than the one before it/],
    ['what is no duration', '24h,tomorrow', /^entry 2 should be a duration from 1m to 365d, such as 24h/],
    ['a number without a unit', '24', /^entry 1 should be a duration/],
    ['a duration below a minute', '59s,1h', /^entry 1 should be a duration from 1m/],
    ['a duration above a year', '1h,366d', /^entry 2 should be a duration from 1m to 365d/],
    ['off among durations', '24h,off', /^entry 2 should be a duration .*; off stands alone$/],
    ['a list without entries', ',', /^durations separated by commas, such as 24h,48h,72h; off for none$/],
  ])('refuses %s, and says what it should be', (_, text, expected) => {
    const [message, ...others] = messagesOf({ REMIND_AFTER: text });
    expect(message).toMatch(expected);
    expect(others).toEqual([]);
  });
});

describe('REMIND_EVERY', () => {
  it('reads a duration', () => {
    expect(configOf({ REMIND_EVERY: '2d' }).policy.remindEveryMs).toBe(2 * day);
  });

  it('is absent when switched off', () => {
    expect(configOf({ REMIND_EVERY: 'off' }).policy).not.toHaveProperty('remindEveryMs');
  });

  it.each(['7', '30s', '400d', '1d,2d'])('refuses %s, and says what it should be', (text) => {
    expect(messagesOf({ REMIND_EVERY: text })).toEqual([
      'a duration from 1m to 365d, such as 24h or 3d; off for no more',
    ]);
  });
});

describe('reminders that are off', () => {
  it('leave the other settings about them without effect, and the start says so', () => {
    const env = { REMIND_AFTER: 'off', REMIND_EVERY: '7d', QUIET_HOURS: 'sun' };
    expect(loadConfig(env).warnings).toEqual([
      'REMIND_EVERY has no effect while REMIND_AFTER is off',
      'QUIET_HOURS has no effect while REMIND_AFTER is off',
    ]);
    expect(loadConfig({ ...env, REMIND_AFTER: '1d' }).warnings).toEqual([]);
    expect(loadConfig({ REMIND_AFTER: 'off' }).warnings).toEqual([]);
  });
});
