import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** A port as the lock: it comes free with the process that holds it, whatever ends that, and leaves no file. */
const lockPort = 19_871;

/**
 * Runs `work` while no other test file does. Each demo looks for the same free ports and takes them a moment later:
 * two that start at once would meet on them, which is not what these suites are about.
 */
export async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  for (;;) {
    const lock = createServer();
    try {
      lock.listen({ port: lockPort, host: '127.0.0.1', exclusive: true });
      await once(lock, 'listening');
    } catch {
      await sleep(100);
      continue;
    }
    try {
      return await work();
    } finally {
      lock.close();
    }
  }
}
