import { describe, expect, it } from 'vitest';
import { changedDelegators, delegationHashes } from './delegation-pass.ts';

const hashes = (...entries: [number, number[]][]) => delegationHashes(new Map(entries));

describe('delegations in force', () => {
  it('are the same in any order, and without those who delegated to nobody', () => {
    expect(hashes([7, [2, 1, 2]], [5, [9]], [6, []])).toEqual(hashes([5, [9]], [7, [1, 2]]));
  });

  it('differ for whoever began, ended or changed one', () => {
    const before = hashes([1, [10]], [2, [10]], [30, [10]]);
    const now = hashes([1, [10]], [2, [10, 11]], [4, [12]]);
    expect(changedDelegators(before, now)).toEqual([2, 4, 30]);
    expect(changedDelegators(now, now)).toEqual([]);
  });

  it('are kept as to the same 2,000 delegators each time, so that the rest is not told in every run', () => {
    const many = new Map(Array.from({ length: 3_000 }, (_, n) => [3_000 - n, [1]] as const));
    const kept = delegationHashes(many);
    expect(Object.keys(kept)).toHaveLength(2_000);
    expect(changedDelegators(kept, delegationHashes(new Map([...many].reverse())))).toEqual([]);
    expect(JSON.stringify(kept).length).toBeLessThan(60_000);
  });
});
