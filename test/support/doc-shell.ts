import { execFile } from 'node:child_process';
import { z } from 'zod';
import type { Json } from './doc-blocks.ts';

/** What a pasted command came to. */
export interface Pasted {
  readonly status: number;
  readonly body: Json;
}

/** Shows the status of the answer beside it, and keeps the machine's own settings of curl out. */
const prelude = `
set -u
curl() { command curl -q -w '%{stderr}\\nstatus %{http_code}\\n' "$@"; }
`;

/**
 * Runs a command that makes one HTTP call as somebody who pastes it into a shell would, with these variables and
 * no others; `cwd` has the files that it names. Throws when it uses another variable, fails, or makes no call or more
 * than one.
 */
export function paste(
  command: string,
  variables: Readonly<Record<string, string>>,
  cwd = process.cwd(),
): Promise<Pasted> {
  const env = { PATH: process.env['PATH'] ?? '', ...variables };
  return new Promise((resolve, reject) => {
    execFile('bash', ['-c', prelude + command], { env, cwd }, (error, stdout, stderr) => {
      const statuses = [...stderr.matchAll(/^status (\d{3})$/gm)].map(([, status]) => Number(status));
      const [status] = statuses;
      if (error !== null || status === undefined || statuses.length > 1) {
        reject(new Error(`the command failed: ${stderr}\n${stdout}`));
        return;
      }
      resolve({ status, body: z.json().parse(JSON.parse(stdout)) });
    });
  });
}
