import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { cpus, loadavg, platform, release, totalmem } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { findTemporalCli } from '../../src/embedded/temporal-cli.ts';

const version = z.object({ version: z.string() });

/** What a figure depends on besides the code. */
export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  readonly memoryGiB: number;
  readonly system: string;
  readonly node: string;
  readonly temporalServer: string;
  readonly temporalSdk: string;
  /** Processes waiting for a core before the run, over a minute: above 0.5 somebody else is at work. */
  readonly loadBefore: number;
  readonly commit: string;
}

function firstLine(program: string, args: readonly string[], cwd: string): string {
  try {
    const text = execFileSync(program, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
    return text.trim().split('\n')[0] ?? '';
  } catch {
    return 'unknown';
  }
}

export async function describeMachine(): Promise<Machine> {
  const root = fileURLToPath(new URL('../..', import.meta.url));
  const home = process.env['COUNTERSIGN_HOME'] ?? join(root, '.countersign');
  const cli = await findTemporalCli({ home, env: process.env, log: () => undefined });
  const sdk = createRequire(import.meta.url).resolve('@temporalio/worker/package.json');
  return {
    cpu: cpus()[0]?.model ?? 'unknown',
    cores: cpus().length,
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    system: `${platform()} ${release()}`,
    node: process.version,
    temporalServer: firstLine(cli, ['--version'], root),
    temporalSdk: version.parse(JSON.parse(readFileSync(sdk, 'utf8'))).version,
    loadBefore: Math.round((loadavg()[0] ?? 0) * 100) / 100,
    commit: firstLine('git', ['describe', '--always', '--dirty'], root),
  };
}
