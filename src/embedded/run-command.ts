import { spawn } from 'node:child_process';
import { signalGroup } from './signals.ts';

export interface CommandResult {
  /** Null when it could not be started, or ended by a signal (ours, when the time was over). */
  code: number | null;
  /** The end of both outputs, or why it could not be started. */
  output: string;
}

const keptCharacters = 16_384;

/** Runs a command to its end and keeps what it prints; ends it with all it started when it takes too long. */
export function runCommand(
  command: string,
  args: readonly string[],
  { env, timeoutMs }: { env: NodeJS.ProcessEnv; timeoutMs: number },
): Promise<CommandResult> {
  return new Promise((resolve) => {
    const child = spawn(command, args, { env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    const keep = (chunk: Buffer): void => {
      output = (output + chunk.toString('utf8')).slice(-keptCharacters);
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    const timer = setTimeout(() => {
      if (child.pid !== undefined) signalGroup(child.pid, 'SIGKILL');
    }, timeoutMs);
    const finish = (code: number | null): void => {
      clearTimeout(timer);
      resolve({ code, output });
    };
    child.on('error', (error) => {
      output = error.message;
      finish(null);
    });
    child.on('close', finish);
  });
}
