import { closeSync, fstatSync, ftruncateSync, openSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { makeHomeFolder } from './home-folder.ts';

const largestLogBytes = 10 * 1024 * 1024;

/** Where a child's output goes when nobody says otherwise. */
export function logFileOf(home: string, name: string): string {
  return join(home, 'logs', `${name}.log`);
}

/** Opens a log to append to (mode 0600) and empties it first when it has outgrown 10 MB. The caller closes it. */
export function openLog(file: string): number {
  makeHomeFolder(dirname(file));
  const descriptor = openSync(file, 'a', 0o600);
  try {
    if (fstatSync(descriptor).size > largestLogBytes) ftruncateSync(descriptor);
  } catch (error) {
    closeSync(descriptor);
    throw error;
  }
  return descriptor;
}

/** The last lines of a log, for a message about what went wrong; empty when there is none. */
export function lastLines(file: string, count: number): string {
  try {
    return readFileSync(file, 'utf8').trimEnd().split('\n').slice(-count).join('\n');
  } catch {
    return '';
  }
}
