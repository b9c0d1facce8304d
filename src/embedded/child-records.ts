import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { writeWhole } from './home-folder.ts';
import { processIdentity } from './process-identity.ts';

const childRecord = processIdentity.extend({ name: z.string() });

/** A detached child as the home folder remembers it, so that a start after a kill can stop it. */
export type ChildRecord = z.infer<typeof childRecord>;

const fileOf = (home: string): string => join(home, 'children.json');

/** The children that were started from this home folder and not seen to end. */
export function readChildRecords(home: string): ChildRecord[] {
  try {
    return z.array(childRecord).parse(JSON.parse(readFileSync(fileOf(home), 'utf8')));
  } catch {
    // Missing, or not ours to read: nothing is known that could be stopped safely.
    return [];
  }
}

/**
 * Adds a child. Synchronous, so that nothing can run between the start of a child and its record. Only the holder
 * of the home's lock writes these records.
 */
export function addChildRecord(home: string, record: ChildRecord): void {
  writeWhole(fileOf(home), JSON.stringify([...readChildRecords(home), record]));
}

/** Forgets a child that has ended. */
export function removeChildRecord(home: string, { pid, startToken }: ChildRecord): void {
  const all = readChildRecords(home);
  const rest = all.filter((record) => record.pid !== pid || record.startToken !== startToken);
  if (rest.length < all.length) writeWhole(fileOf(home), JSON.stringify(rest));
}
