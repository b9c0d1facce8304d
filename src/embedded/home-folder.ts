import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { randomUUID } from 'node:crypto';

/** Makes a folder of the embedded parts, readable by its owner alone: it holds keys and the approvals' state. */
export function makeHomeFolder(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
}

/**
 * Writes a file of the home folder so that a reader, or a start after a kill, finds the old content or the new,
 * never a part of either. Mode 0600.
 */
export function writeWhole(file: string, content: string): void {
  makeHomeFolder(dirname(file));
  const draft = `${file}.${randomUUID()}.tmp`;
  try {
    writeFileSync(draft, content, { mode: 0o600, flag: 'wx' });
    renameSync(draft, file);
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
}
