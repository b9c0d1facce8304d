import { randomUUID } from 'node:crypto';
import {
  closeSync,
  fsyncSync,
  openSync,
  readdirSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** A draft this old belongs to nobody any more. */
const LEFT_BEHIND_MS = 10 * 60_000;

/**
 * Replaces a file (mode 0600) so that a reader, after a kill or a power failure too, finds the old content or the new
 * one whole. A link stays one: where it leads may be the only place that outlives a container. Throws the system's
 * error; the old content stands then.
 */
export function replaceFile(path: string, content: string): void {
  const file = targetOf(path);
  const folder = dirname(file);
  const draft = `${file}.${randomUUID()}.tmp`;
  try {
    const descriptor = openSync(draft, 'wx', 0o600);
    try {
      writeFileSync(descriptor, content);
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
    renameSync(draft, file);
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
  syncFolder(folder);
  removeLeftBehind(file);
}

/** Where a path leads; itself where nothing is there yet. */
function targetOf(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}

/** Without it a power failure could bring the old name back. Some file systems do not let folders be synced. */
function syncFolder(folder: string): void {
  try {
    const descriptor = openSync(folder, 'r');
    try {
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
  } catch {
    // The content is in place; only its durability is the file system's own affair here.
  }
}

/** Drafts of processes that were killed in the middle hold a secret, so they do not stay. */
function removeLeftBehind(file: string): void {
  const folder = dirname(file);
  const names = readdirSync(folder).filter(
    (name) => name.startsWith(`${basename(file)}.`) && /\.[\da-f-]{36}\.tmp$/.test(name),
  );
  for (const name of names) {
    const draft = join(folder, name);
    const age = Date.now() - (statSync(draft, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
    if (age > LEFT_BEHIND_MS) rmSync(draft, { force: true });
  }
}
