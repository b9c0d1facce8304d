import { describe, expect, it } from 'vitest';
import { creatingOff, decisionsOff } from './mode-words.ts';

describe('decisionsOff', () => {
  it('names the mode and where to decide instead', () => {
    expect(decisionsOff('notify')).toBe('Decisions are off here (MODE=notify): decide in Coupa.');
    expect(decisionsOff('shadow')).toContain('MODE=shadow');
  });

  it('says nothing where decisions are taken', () => {
    expect(decisionsOff('decide')).toBeUndefined();
  });
});

describe('creatingOff', () => {
  it('names the mode and where to create instead', () => {
    expect(creatingOff('shadow')).toBe(
      'Nothing is created in SAP Concur from here (MODE=shadow): create it there.',
    );
    expect(creatingOff('notify')).toContain('MODE=notify');
  });

  it('says nothing where purchase requests are created', () => {
    expect(creatingOff('decide')).toBeUndefined();
  });
});
