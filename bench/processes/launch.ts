import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { z } from 'zod';
import { signalGroup, signalProcess } from '../../src/embedded/signals.ts';

export interface Launched {
  readonly pid: number;
  readonly exited: Promise<void>;
  /** What it printed so far. */
  output(): string;
  /** Waits for a message that fits; the others are left to whoever waits for them. */
  message<T>(shape: z.ZodType<T>, withinMs: number): Promise<T>;
  onMessage(listener: (message: unknown) => void): void;
  send(message: object): void;
  /** SIGTERM, and SIGKILL for all it started when it has not ended within `graceMs`. */
  stop(graceMs: number): Promise<void>;
}

/** Nothing of the bench's own environment but what programs need to run at all. */
const handedDown = ['PATH', 'HOME', 'TMPDIR', 'TZ', 'LANG'];

function childEnv(more: Readonly<Record<string, string>>): Record<string, string> {
  const kept = handedDown.flatMap((name) => {
    const value = process.env[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return { ...Object.fromEntries(kept), ...more };
}

/**
 * Runs a TypeScript program in a process group of its own, so that Ctrl-C reaches the bench alone. It has a channel
 * to the bench and must end when that closes: a bench that is killed leaves nothing behind.
 */
export function launch(
  program: string,
  options: {
    readonly cwd: string;
    readonly logFile: string;
    readonly args?: readonly string[];
    readonly nodeArgs?: readonly string[];
    readonly env?: Readonly<Record<string, string>>;
  },
): Launched {
  const log = openSync(options.logFile, 'a');
  const script = fileURLToPath(new URL(program, import.meta.url));
  const nodeArgs = ['--import', import.meta.resolve('tsx'), ...(options.nodeArgs ?? [])];
  const child = spawn(process.execPath, [...nodeArgs, script, ...(options.args ?? [])], {
    cwd: options.cwd,
    env: childEnv(options.env ?? {}),
    detached: true,
    stdio: ['ignore', log, log, 'ipc'],
  });
  closeSync(log);
  const { pid } = child;
  if (pid === undefined) throw new Error(`${program} could not be started`);
  let ended = false;
  const exited = new Promise<void>((resolve) => {
    child.once('exit', () => {
      ended = true;
      resolve();
    });
  });
  const output = () => readFileSync(options.logFile, 'utf8');

  return {
    pid,
    exited,
    output,
    onMessage: (listener) => void child.on('message', listener),
    send: (message) => void child.send(message),
    async message(shape, withinMs) {
      let found: { readonly value: z.infer<typeof shape> } | undefined;
      const listener = (message: unknown): void => {
        const parsed = shape.safeParse(message);
        if (parsed.success) found ??= { value: parsed.data };
      };
      child.on('message', listener);
      const deadlineMs = performance.now() + withinMs;
      try {
        while (found === undefined) {
          if (ended) throw new Error(`${program} has ended:\n${output().slice(-2_000)}`);
          if (performance.now() > deadlineMs) throw new Error(`${program} did not answer in ${withinMs} ms`);
          await sleep(10);
        }
        return found.value;
      } finally {
        child.off('message', listener);
      }
    },
    async stop(graceMs) {
      if (!ended) signalProcess(pid, 'SIGTERM');
      await Promise.race([exited, sleep(graceMs, undefined, { ref: false })]);
      if (!ended) signalGroup(pid, 'SIGKILL');
      await exited;
    },
  };
}
