import { setTimeout as sleep } from 'node:timers/promises';

/** Asks again and again until there is something. Throws, naming what was waited for, when there is nothing in time. */
export async function until<T>(
  what: string,
  ask: () => Promise<T | undefined>,
  withinMs: number,
  everyMs = 50,
): Promise<T> {
  const deadlineMs = performance.now() + withinMs;
  for (;;) {
    const found = await ask();
    if (found !== undefined) return found;
    if (performance.now() > deadlineMs) throw new Error(`Waited ${withinMs} ms in vain for ${what}.`);
    await sleep(everyMs);
  }
}
