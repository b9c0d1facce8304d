import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { z } from 'zod';

const WRITE_WITHIN_MS = 50;

/**
 * Reads a simulator's state from its file; undefined when there is no path or no file yet.
 * Throws, naming the file, when it holds something else.
 */
export function readState<Schema extends z.ZodType>(
  path: string | undefined,
  schema: Schema,
): z.infer<Schema> | undefined {
  if (path === undefined || !existsSync(path)) return undefined;
  try {
    return schema.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch (cause) {
    throw new Error(`${path} holds no sandbox state that this version can read; remove it to start afresh.`, {
      cause,
    });
  }
}

/**
 * Writes a simulator's state at most 50 ms after a change, into a neighbour file that then takes the name:
 * a process that dies at any moment leaves the old state or the new one, never a torn file.
 */
export class StateFile {
  readonly #path: string | undefined;
  readonly #snapshot: () => unknown;
  #timer: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(path: string | undefined, snapshot: () => unknown) {
    this.#path = path;
    this.#snapshot = snapshot;
    if (path !== undefined) mkdirSync(dirname(path), { recursive: true });
  }

  /** To be called after each change; several changes share one write. */
  changed(): void {
    if (this.#path === undefined || this.#closed) return;
    this.#timer ??= setTimeout(() => this.#write(), WRITE_WITHIN_MS);
  }

  /** Writes what is still unwritten, at once; later changes are not kept. */
  close(): void {
    if (this.#timer !== undefined) this.#write();
    this.#closed = true;
  }

  #write(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#path === undefined) return;
    const next = `${this.#path}.next`;
    writeFileSync(next, JSON.stringify(this.#snapshot()), { mode: 0o600 });
    renameSync(next, this.#path);
  }
}
