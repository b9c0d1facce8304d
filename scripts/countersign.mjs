#!/usr/bin/env node
/** The `countersign` command: runs the build where there is one, and the sources in a checkout without one. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { constants } from 'node:os';
import { fileURLToPath } from 'node:url';

const built = new URL('../dist/src/cli/main.js', import.meta.url);
if (existsSync(built)) await import(built.href);
else runSources();

/** In a process of its own, since the loader of the sources has to be there first; stands aside for signals and exit. */
function runSources() {
  const main = fileURLToPath(new URL('../src/cli/main.ts', import.meta.url));
  // Resolved here, because `--import tsx` alone is looked for from the caller's folder.
  const child = spawn(
    process.execPath,
    ['--import', import.meta.resolve('tsx'), main, ...process.argv.slice(2)],
    { stdio: 'inherit' },
  );
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('error', (error) => {
    console.error(`countersign could not be started: ${error.message}.`);
    process.exitCode = 1;
  });
  child.on('exit', (code, signal) => {
    process.exitCode = code ?? 128 + (constants.signals[signal] ?? 0);
  });
}
