import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import type { Environment } from './gather.ts';

function errorCode(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}

/** The text of `.env`, or nothing when there is no such file (a folder of that name is a Python habit). */
function readIfPresent(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const code = errorCode(error);
    if (code === 'ENOENT' || code === 'EISDIR' || code === 'ENOTDIR') return '';
    throw new Error(`${path} cannot be read (${String(code)}): let this user read it, or move it away`, {
      cause: error,
    });
  }
}

/**
 * The environment with what `.env` in `cwd` adds to it; the real environment wins.
 *
 * @throws Error when `.env` is there but cannot be read
 */
export function readEnvironment({ cwd, env }: { cwd: string; env: Environment }): Record<string, string> {
  // Editors on Windows begin a file with a byte order mark, which would become part of the first name.
  const fromFile = parseEnv(readIfPresent(join(cwd, '.env')).replace(/^\uFEFF/, ''));
  const merged: Record<string, string> = {};
  for (const source of [fromFile, env]) {
    for (const [name, value] of Object.entries(source)) {
      if (value !== undefined) merged[name] = value;
    }
  }
  return merged;
}
