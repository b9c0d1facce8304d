/** Lets so many through at a time; the others wait in the order in which they came. */
export function createGate(size: number) {
  const waiting: (() => void)[] = [];
  let inside = 0;
  return {
    async through<T>(work: () => Promise<T>): Promise<T> {
      if (inside >= size) await new Promise<void>((resolve) => waiting.push(resolve));
      else inside += 1;
      try {
        return await work();
      } finally {
        const next = waiting.shift();
        if (next === undefined) inside -= 1;
        else next();
      }
    },
  };
}
