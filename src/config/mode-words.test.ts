import { describe, expect, it } from 'vitest';
import { decisionsOff } from './mode-words.ts';

describe('decisionsOff', () => {
  it('names the mode and where to decide instead', () => {
    expect(decisionsOff('notify')).toBe('Decisions are off here (MODE=notify): decide in Coupa.');
    expect(decisionsOff('shadow')).toContain('MODE=shadow');
  });

  it('says nothing where decisions are taken', () => {
    expect(decisionsOff('decide')).toBeUndefined();
  });
});
