import { mkdtempSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { isExecutable } from './executable.ts';
import { makeHomeFolder } from './home-folder.ts';

const stagingPrefix = '.staging-';

/** No install takes longer than this; what is older was left by one that was killed. */
const staleAfterMs = 60 * 60_000;

/** Where a program of our own installing stands. */
export function installedTool(home: string, program: string): string {
  return join(home, 'tools', 'bin', program);
}

/**
 * Runs an install in a folder of its own and moves the finished programs into place one by one. A rename is whole
 * or not at all, so neither a kill nor a second install at the same time leaves half a program.
 *
 * @param install fills the folder and names the files in it that are programs; may find none
 */
export async function installInto(
  home: string,
  install: (staging: string) => Promise<{ program: string; file: string }[]>,
): Promise<void> {
  const tools = join(home, 'tools');
  makeHomeFolder(join(tools, 'bin'));
  removeLeftovers(tools);
  const staging = mkdtempSync(join(tools, stagingPrefix));
  try {
    for (const { program, file } of await install(staging)) {
      if (isExecutable(file)) renameSync(file, installedTool(home, program));
    }
  } finally {
    rmSync(staging, { recursive: true, force: true });
  }
}

function removeLeftovers(tools: string): void {
  for (const name of readdirSync(tools)) {
    if (!name.startsWith(stagingPrefix)) continue;
    const folder = join(tools, name);
    const changedMs = statSync(folder, { throwIfNoEntry: false })?.mtimeMs ?? Infinity;
    if (Date.now() - changedMs > staleAfterMs) rmSync(folder, { recursive: true, force: true });
  }
}
