import { describe, expect, it } from 'vitest';
import { mayDecide, othersBeside } from './entitled.ts';
import { withApprovers } from './state.ts';
import { ana, ben, cho, newCore, turn } from './test-values.ts';

describe('others who may decide', () => {
  it('are nobody where somebody decides alone, however often they are named', () => {
    expect(othersBeside(withApprovers(newCore, turn('1', [ana, ana])), ana.id)).toEqual({});
  });

  it('are named up to ten; the rest are counted, also those of a group that were not carried', () => {
    const many = Array.from({ length: 15 }, (_, index) => ({ id: index + 1, name: `P${index + 1}` }));
    const group = { id: 9, size: 500 };
    const { others } = othersBeside(withApprovers(newCore, { ...turn('1', many), group }), 3);
    expect(others?.names).toEqual(['P1', 'P2', 'P4', 'P5', 'P6', 'P7', 'P8', 'P9', 'P10', 'P11']);
    expect(others?.more).toBe(489);
  });
});

describe('who may decide', () => {
  const group = { id: 9, size: 4 };

  it('is whoever the last look named', () => {
    const core = withApprovers(newCore, { ...turn('1', [ana, ben]), group: { id: 9, size: 2 } });
    expect([ana, ben, cho].map(({ id }) => mayDecide(core, id))).toEqual([true, true, false]);
    expect(mayDecide(newCore, ana.id)).toBe(false);
  });

  it('is not known of those behind the last that was carried of a group', () => {
    const core = withApprovers(newCore, { ...turn('1', [ben], false), group });
    expect([ana, ben, cho].map(({ id }) => mayDecide(core, id))).toEqual([false, true, true]);
    const asked = withApprovers(newCore, { ...turn('1', [ana, cho], [cho.id]), group });
    expect([ana, ben, cho].map(({ id }) => mayDecide(asked, id))).toEqual([true, true, true]);
  });
});
