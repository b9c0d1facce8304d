import { setTimeout as sleep } from 'node:timers/promises';
import { lastLines } from './child-log.ts';
import type { ChildHandle } from './children.ts';

export interface ReadyOptions {
  /** How long the child may take. */
  timeoutMs: number;
  /** Pause between two checks. */
  intervalMs?: number;
}

/**
 * Waits until a child answers: repeats the check until it is true. The check must end by itself.
 *
 * @throws Error with the last 20 lines of the child's log, as soon as it ends instead, or when the time is over
 */
export async function waitUntilReady(
  child: ChildHandle,
  check: () => Promise<boolean>,
  { timeoutMs, intervalMs = 50 }: ReadyOptions,
): Promise<void> {
  const state = { ended: false };
  void child.exited.then(() => {
    state.ended = true;
  });
  const fail = (what: string): never => {
    throw new Error(`${child.name} ${what}. The end of its log:\n${lastLines(child.logFile, 20)}`);
  };

  const deadline = performance.now() + timeoutMs;
  for (;;) {
    const ready = await check();
    // A stranger may answer on the same port: what counts is that ours lives.
    if (state.ended) fail('ended before it was ready');
    if (ready) return;
    if (performance.now() > deadline) fail(`was not ready within ${timeoutMs} ms`);
    await Promise.race([child.exited, sleep(intervalMs)]);
  }
}
