import { describe, expect, it } from 'vitest';
import { coupaRate } from './request-rate.ts';

describe('coupaRate', () => {
  it('is the whole rate for one process, with a burst of a second’s requests, 10 at the most', () => {
    expect(coupaRate(5)).toEqual({ perSecond: 5, burst: 5 });
    expect(coupaRate(25)).toEqual({ perSecond: 25, burst: 10 });
  });

  it('is divided evenly among processes, so that together they keep the rate', () => {
    expect(coupaRate(5, 2)).toEqual({ perSecond: 2.5, burst: 2 });
    expect(coupaRate(24, 3)).toEqual({ perSecond: 8, burst: 3 });
  });

  it('leaves room for one request at a time, however many share it', () => {
    expect(coupaRate(5, 50)).toEqual({ perSecond: 0.1, burst: 1 });
    expect(coupaRate(0.5)).toEqual({ perSecond: 0.5, burst: 1 });
  });

  it('takes a senseless number of processes for one', () => {
    expect(coupaRate(5, 0)).toEqual(coupaRate(5));
  });
});
