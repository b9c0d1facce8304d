import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { closeSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { logFileOf, openLog } from './child-log.ts';
import { addChildRecord, removeChildRecord } from './child-records.ts';
import { startTokenOf } from './process-identity.ts';
import { signalGroup, signalProcess } from './signals.ts';

export interface ChildOptions {
  /** Names the child in messages and its log file. */
  name: string;
  command: string;
  args: readonly string[];
  /** All of its environment: nothing is inherited, so that no secret reaches a child that does not need it. */
  env: NodeJS.ProcessEnv;
  home: string;
  /** Gets both outputs, appended; by default `<home>/logs/<name>.log`. */
  logFile?: string;
  cwd?: string;
}

export interface ChildHandle {
  readonly name: string;
  readonly pid: number;
  readonly logFile: string;
  /** Resolves when it has ended: its exit code, or null after a signal. */
  readonly exited: Promise<number | null>;
  /** Asks it to end, and ends it with all it started when it has not within `graceMs`. Safe to call twice. */
  stop(graceMs: number): Promise<void>;
}

/**
 * Starts a child that outlives Ctrl-C: in a process group of its own, so that the terminal's signal does not reach
 * it before the work that depends on it has drained. It is recorded in the home folder at once, for `stopOrphans`.
 *
 * @throws Error of one sentence when the command cannot be started
 */
export async function startChild(options: ChildOptions): Promise<ChildHandle> {
  const { name, command, args, env, home, cwd } = options;
  const logFile = options.logFile ?? logFileOf(home, name);
  const log = openLog(logFile);
  let child: ChildProcess;
  let pid: number;
  try {
    child = spawn(command, args, {
      detached: true,
      stdio: ['ignore', log, log],
      env,
      ...(cwd === undefined ? {} : { cwd }),
    });
    if (child.pid === undefined) {
      const reason = await new Promise<Error>((resolve) => child.once('error', resolve));
      throw new Error(`${name} could not be started: ${reason.message}.`, { cause: reason });
    }
    pid = child.pid;
  } finally {
    closeSync(log);
  }

  const startToken = startTokenOf(pid);
  const record = startToken === undefined ? undefined : { name, pid, startToken };
  if (record) addChildRecord(home, record);

  const exited = new Promise<number | null>((resolve) => {
    child.once('exit', (code) => {
      // Whatever it started ends with it. At once: later the number could be another group's.
      signalGroup(pid, 'SIGKILL');
      if (record) removeChildRecord(home, record);
      resolve(code);
    });
  });

  return { name, pid, logFile, exited, stop: (graceMs) => stopChild(child, pid, exited, graceMs) };
}

async function stopChild(
  child: ChildProcess,
  pid: number,
  exited: Promise<number | null>,
  graceMs: number,
): Promise<void> {
  const hasEnded = (): boolean => child.exitCode !== null || child.signalCode !== null;
  if (!hasEnded()) signalProcess(pid, 'SIGTERM');
  const grace = new AbortController();
  await Promise.race([exited, sleep(graceMs, undefined, { signal: grace.signal }).catch(() => undefined)]);
  grace.abort();
  if (!hasEnded()) signalGroup(pid, 'SIGKILL');
  await exited;
}
