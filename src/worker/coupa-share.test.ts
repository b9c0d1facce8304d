import { describe, expect, it } from 'vitest';
import { countSharers, stillThere } from './coupa-share.ts';

const pollers = (seen: Record<string, number>) => new Map(Object.entries(seen));

describe('who shares Coupa', () => {
  it('is whoever polls, and this process before it does', () => {
    expect(countSharers(pollers({}), 'me')).toBe(1);
    expect(countSharers(pollers({ other: 1_000 }), 'me')).toBe(2);
    expect(countSharers(pollers({ other: 1_000, me: 1_000 }), 'me')).toBe(2);
  });

  it('is still one whom a look missed, since a look shows a part of a queue', () => {
    const known = pollers({ me: 1_000, other: 1_000 });
    expect([...stillThere(known, pollers({ me: 1_030 })).keys()]).toEqual(['me', 'other']);
  });

  it('is no longer one who was last seen 150 s before the newest', () => {
    const known = pollers({ me: 1_000, gone: 1_000, other: 1_001 });
    expect([...stillThere(known, pollers({ me: 1_150 })).keys()]).toEqual(['me', 'other']);
  });

  it('is told by the server’s clock alone: nobody is lost when all were last seen long ago', () => {
    expect(stillThere(pollers({}), pollers({ me: 5, other: 7 })).size).toBe(2);
  });

  it('is one who comes back', () => {
    const without = stillThere(pollers({ me: 1_000 }), pollers({ me: 1_200 }));
    expect(stillThere(without, pollers({ me: 1_210, other: 1_210 })).size).toBe(2);
  });

  it('is nobody known where nobody polls', () => {
    expect(stillThere(pollers({}), pollers({})).size).toBe(0);
  });
});
