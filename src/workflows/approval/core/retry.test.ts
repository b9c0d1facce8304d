import { describe, expect, it } from 'vitest';
import { decisionRetryMs, slowRetryMs } from './retry.ts';

const minuteMs = 60_000;

describe('retries', () => {
  it('of looks and cards go from 15 minutes to 6 hours', () => {
    expect([0, 1, 2, 3, 5, 6, 1_000].map((failures) => slowRetryMs(failures) / minuteMs)).toEqual([
      15, 15, 30, 60, 240, 360, 360,
    ]);
  });

  it('of a decision go from half a minute to 15, because somebody waits for it', () => {
    expect([0, 1, 2, 3, 5, 6, 1_000].map((failures) => decisionRetryMs(failures) / minuteMs)).toEqual([
      0.5, 0.5, 1, 2, 8, 15, 15,
    ]);
  });
});
