import { join } from 'node:path';
import { isExecutable } from './executable.ts';
import { runCommand } from './run-command.ts';
import { scriptFile } from './script-file.ts';
import type { TemporalTool, ToolSearch } from './tool.ts';
import { installInto, installedTool } from './tools-folder.ts';

/** Pinned versions with their hashes: pip refuses anything else. */
const requirements = scriptFile('temporal-requirements.txt');

const installWithinMs = 300_000;
const programs = ['temporal', 'temporal-test-server'];

/** Installs both Temporal programs with Python's pip, without touching the system's Python. */
export async function installWithPip(
  tool: TemporalTool,
  { home, env, log }: ToolSearch,
): Promise<string | undefined> {
  log(`${tool.title}: installing it with python3 -m pip ...`);
  await installInto(home, async (staging) => {
    const { code, output } = await runCommand(
      'python3',
      [
        ...[
          '-m',
          'pip',
          'install',
          '--quiet',
          '--no-input',
          '--disable-pip-version-check',
          '--target',
          staging,
        ],
        ...['--no-deps', '--require-hashes', '--only-binary', ':all:', '-r', requirements],
      ],
      { env, timeoutMs: installWithinMs },
    );
    if (code === 0) return programs.map((program) => ({ program, file: join(staging, 'bin', program) }));
    log(`${tool.title}: pip could not install it: ${output.trim().split('\n').at(-1) ?? ''}`);
    return [];
  });
  const path = installedTool(home, tool.program);
  return isExecutable(path) ? path : undefined;
}
