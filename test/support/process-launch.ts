import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { findTemporalCli } from '../../src/embedded/temporal-cli.ts';
import { signalGroup, signalProcess } from '../../src/embedded/signals.ts';
import type { TestFolder } from './process-folder.ts';
import { until } from './until.ts';

interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** A process of the product as a user or an operator runs it, with what it printed so far. */
export interface Launched {
  readonly pid: number;
  readonly ended: Promise<Ended>;
  stdout(): string;
  stderr(): string;
  /** To this process alone. */
  kill(signal: NodeJS.Signals): void;
  /** To its whole process group, as a terminal's Ctrl-C is. */
  killGroup(signal: NodeJS.Signals): void;
  /** Waits until its stdout matches; an error with all it printed when it ends before. */
  prints(pattern: RegExp, withinMs?: number): Promise<RegExpExecArray>;
}

const root = fileURLToPath(new URL('../..', import.meta.url));

/** What a shell hands down and npm needs; nothing of the test's own environment, whose `.env` names it may hold. */
const handedDown =
  /^(PATH|HOME|TMPDIR|LANG|TZ|NODE_EXTRA_CA_CERTS|SSL_CERT_(FILE|DIR)|(https?|no)_proxy|npm_config_(registry|cache|userconfig|globalconfig|cafile|prefer_offline))$/i;

/** The environment of a launched process: its own home folder, and the Temporal CLI that is there already. */
export async function launchEnv(folder: TestFolder): Promise<Record<string, string>> {
  const home = process.env['COUNTERSIGN_HOME'] ?? `${root}.countersign`;
  const cli = await findTemporalCli({ home, env: process.env, log: () => undefined });
  const kept = Object.entries(process.env).flatMap(([name, value]) =>
    handedDown.test(name) && value !== undefined ? [[name, value] as const] : [],
  );
  return { ...Object.fromEntries(kept), COUNTERSIGN_HOME: folder.home, TEMPORAL_CLI_PATH: cli };
}

/** Runs a command in a process group of its own, which the folder remembers. */
export function launch(
  folder: TestFolder,
  command: string,
  args: readonly string[],
  options: { env: Record<string, string>; cwd?: string },
): Launched {
  // Elsewhere than in the repository, whose `.env` is not for tests.
  const cwd = options.cwd ?? folder.path;
  mkdirSync(cwd, { recursive: true });
  const child = spawn(command, args, {
    cwd,
    env: options.env,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const { pid } = child;
  if (pid === undefined) throw new Error(`${command} could not be started`);
  folder.remember(pid);
  let stdout = '';
  let stderr = '';
  let over: Ended | undefined;
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const ended = new Promise<Ended>((resolve) => {
    // `exit`, since a pipe that an orphan holds open would keep `close` back.
    child.once('exit', (code, signal) => {
      // What it wrote last may still be in the pipes.
      setImmediate(() => {
        over = { code, signal };
        resolve(over);
      });
    });
  });
  return {
    pid,
    ended,
    stdout: () => stdout,
    stderr: () => stderr,
    kill: (signal) => {
      if (over === undefined) signalProcess(pid, signal);
    },
    killGroup: (signal) => {
      signalGroup(pid, signal);
    },
    prints: (pattern, withinMs = 120_000) =>
      until(
        `stdout with ${String(pattern)}`,
        () => {
          const found = pattern.exec(stdout) ?? undefined;
          if (found === undefined && over !== undefined) {
            throw new Error(
              `ended (${JSON.stringify(over)}) without ${String(pattern)}\n${stdout}\n${stderr}`,
            );
          }
          return Promise.resolve(found);
        },
        withinMs,
      ),
  };
}

/** Runs `countersign <args>` from the sources with Node itself, so that signals reach it and nothing between. */
export async function countersign(
  folder: TestFolder,
  args: readonly string[],
  env: Record<string, string> = {},
): Promise<Launched> {
  const main = `${root}src/cli/main.ts`;
  return launch(folder, process.execPath, ['--import', import.meta.resolve('tsx'), main, ...args], {
    env: { ...(await launchEnv(folder)), LOG_LEVEL: 'warn', ...env },
  });
}
