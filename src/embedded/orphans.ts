import { setTimeout as sleep } from 'node:timers/promises';
import { readChildRecords, removeChildRecord } from './child-records.ts';
import type { ChildRecord } from './child-records.ts';
import { isAlive } from './process-identity.ts';
import { signalGroup, signalProcess } from './signals.ts';

const graceMs = 5_000;

/**
 * Stops the children of an earlier run that was killed: those recorded in the home folder that still live as the
 * same process. Call it with the home locked and before the first child is started.
 *
 * @returns the names of those it stopped
 */
export async function stopOrphans(home: string): Promise<string[]> {
  const records = readChildRecords(home);
  const orphans = records.filter(isAlive);
  await Promise.all(orphans.map(stopOrphan));
  for (const record of records) removeChildRecord(home, record);
  return orphans.map(({ name }) => name);
}

async function stopOrphan(orphan: ChildRecord): Promise<void> {
  signalProcess(orphan.pid, 'SIGTERM');
  if (await hasEnded(orphan, graceMs)) return;
  signalGroup(orphan.pid, 'SIGKILL');
  await hasEnded(orphan, graceMs);
}

async function hasEnded(orphan: ChildRecord, withinMs: number): Promise<boolean> {
  const deadline = performance.now() + withinMs;
  while (isAlive(orphan)) {
    if (performance.now() > deadline) return false;
    await sleep(20);
  }
  return true;
}
