import { execFile } from 'node:child_process';
import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { TestFolder } from './process-folder.ts';
import { launchEnv } from './process-launch.ts';

/** How a command typed into a shell ended. */
interface Typed {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

const root = fileURLToPath(new URL('../..', import.meta.url));
const parts = ['package.json', 'tsconfig.json', 'node_modules', 'src', 'sandbox', 'scripts'];

/**
 * A folder in which `npm run` works as in the repository, but for its `.env`, which is not for tests; its commands
 * find what runs in the home of the test's folder.
 */
export function checkoutIn(folder: TestFolder) {
  const path = join(folder.path, 'checkout');
  mkdirSync(path, { recursive: true });
  for (const part of parts) symlinkSync(join(root, part), join(path, part));
  return {
    path,
    /** Types a command, then `input`, with these variables beside those of the launched processes. */
    type: async (
      command: string,
      variables: Readonly<Record<string, string>>,
      input = '',
    ): Promise<Typed> => {
      const quiet = { npm_config_update_notifier: 'false', LOG_LEVEL: 'warn' };
      // All is installed, and other tests need it as it is.
      const env = { ...(await launchEnv(folder)), ...quiet, npm_config_ignore_scripts: 'true', ...variables };
      return new Promise((resolve) => {
        const shell = execFile('bash', ['-c', command], { env, cwd: path }, (error, stdout, stderr) => {
          const code = error === null ? 0 : typeof error.code === 'number' ? error.code : -1;
          resolve({ code, stdout, stderr });
        });
        // One that needs no answer may have ended before it reads.
        shell.stdin?.on('error', () => undefined).end(input);
      });
    },
  };
}
