/** A stream of pseudo-random numbers that the seed decides. */
export interface Random {
  /** From 0 up to, not including, 1. */
  share(): number;
  /** A whole number from lowest to highest, both included. */
  whole(lowest: number, highest: number): number;
  /** One of the items; throws for an empty list. */
  oneOf<Item>(items: readonly Item[]): Item;
  /** True that often, from 0 (never) to 1 (always). */
  chance(share: number): boolean;
}

/** The stream of a seed (any whole number): mulberry32, whose 32 bits of state are enough for test data. */
export function randomFrom(seed: number): Random {
  let state = seed | 0;
  const share = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const whole = (lowest: number, highest: number) => lowest + Math.floor(share() * (highest - lowest + 1));
  return {
    share,
    whole,
    oneOf: (items) => {
      const item = items[whole(0, items.length - 1)];
      if (item === undefined) throw new Error('There is nothing to choose from.');
      return item;
    },
    chance: (often) => share() < often,
  };
}
