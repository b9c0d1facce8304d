import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { z } from 'zod';

const main = fileURLToPath(new URL('./main.ts', import.meta.url));
const loader = ['--import', import.meta.resolve('tsx')];
const home = mkdtempSync(join(tmpdir(), 'countersign-main-'));
afterAll(() => {
  rmSync(home, { recursive: true });
});

/** Runs the real command in a folder without `.env`. */
function countersign(args: readonly string[], env: Record<string, string> = {}) {
  return new Promise<{ code: number | string | null | undefined; out: string; said: string }>((resolve) => {
    const options = { cwd: home, env: { PATH: process.env['PATH'], COUNTERSIGN_HOME: home, ...env } };
    execFile(process.execPath, [...loader, main, ...args], options, (error, out, said) => {
      resolve({ code: error === null ? 0 : error.code, out, said });
    });
  });
}

describe('the countersign command', { timeout: 60_000 }, () => {
  it('says which version it is', async () => {
    const manifest = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
    const { version } = z.object({ version: z.string().min(1) }).parse(JSON.parse(manifest));
    expect(await countersign(['--version'])).toEqual({ code: 0, out: `${version}\n`, said: '' });
  });

  it('shows the same usage for concur alone, with 2 as for no command at all, and for its --help', async () => {
    const [bare, help, none] = await Promise.all([
      countersign(['concur']),
      countersign(['concur', '--help']),
      countersign([]),
    ]);
    expect(bare).toEqual({ code: 2, out: help.out, said: '' });
    expect(help).toMatchObject({ code: 0, said: '' });
    expect(none).toEqual(bare);
    expect(help.out).toContain('concur status ID');
  });

  it('says that npm kept an option, and goes on as it was told', async () => {
    const npm = { npm_command: 'run', npm_config_json: 'true', npm_config_yes: '' };
    const { code, out, said } = await countersign(['concur', 'vendors'], npm);
    expect({ code, out }).toEqual({ code: 1, out: '' });
    const [hint, why, ...more] = said.trimEnd().split('\n');
    expect(hint).toMatch(/^countersign: npm kept --json for itself: put -- before/);
    expect(why).toMatch(/^SAP Concur is not configured/);
    expect(more).toEqual([]);
    const report = await countersign(['shadow', 'report', '24h'], { ...npm, npm_config_since: 'true' });
    expect(report.code).toBe(2);
    expect(report.said).toMatch(/^countersign: npm kept --since and --json for itself: .*\n.*24h/);
  });

  it('creates nothing without the --yes that npm kept, and says where it went', async () => {
    const npm = { npm_command: 'run', npm_config_yes: 'true' };
    const { code, said } = await countersign(['concur', 'create', 'request.json'], npm);
    expect(code).toBe(2);
    expect(said).toMatch(/^countersign: npm kept --yes for itself: .*\n.*concur create needs --yes\.\n$/);
  });
});
