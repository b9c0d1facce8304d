import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { existsSync } from 'node:fs';
import { testFolder, type TestFolder } from '../support/process-folder.ts';
import { countersign } from '../support/process-launch.ts';

let folder: TestFolder;
beforeEach(() => {
  folder = testFolder();
});
afterEach(() => {
  folder.remove();
});

/** Runs a command that should refuse, and returns how it ended and what it said. */
async function run(args: readonly string[], env: Record<string, string> = {}) {
  const launched = await countersign(folder, args, env);
  const { code } = await launched.ended;
  return { code, stdout: launched.stdout(), stderr: launched.stderr() };
}

const coupa = {
  COUPA_BASE_URL: 'http://127.0.0.1:9',
  COUPA_CLIENT_ID: 'client',
  COUPA_CLIENT_SECRET: 'a-secret-of-coupa',
};

describe('a configuration that will not do', () => {
  it('with one vendor alone is refused, each missing variable by its name', async () => {
    const { code, stdout, stderr } = await run(['start'], coupa);
    expect(code).toBe(1);
    const named = [...stderr.matchAll(/^ {2}([A-Z_]+) /gm)].map(([, name]) => name);
    expect(named).toEqual(['MOVEWORKS_EVENT_ID', 'MOVEWORKS_API_KEY', 'API_KEYS', 'REFERENCE_SECRETS']);
    expect(stdout).toBe('');
    expect(existsSync(folder.home)).toBe(false);
  });

  it('is refused with all its problems at once, and without the values (P9)', async () => {
    const { code, stderr } = await run(['start'], {
      PORT: '99999',
      POLL_INTERVAL: 'often',
      LOG_LEVEL: 'chatty',
      API_KEYS: 'chat:too-short',
    });
    expect(code).toBe(1);
    for (const name of ['PORT', 'POLL_INTERVAL', 'LOG_LEVEL', 'API_KEYS']) {
      expect(stderr).toMatch(new RegExp(`^  ${name} `, 'm'));
    }
    expect(stderr).not.toContain('too-short');
  });
});

describe('the command line', () => {
  it('answers an unknown command with the usage and 2', async () => {
    const { code, stderr } = await run(['bogus']);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^countersign: unknown command bogus\n\ncountersign <command>\n/);
  });

  it('answers an unknown option with the usage and 2', async () => {
    const { code, stderr } = await run(['start', '--fast']);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^countersign: unknown option --fast\n/);
  });

  it('shows the usage when it is asked for it, and with 2 when no command is given', async () => {
    expect(await run(['--help'])).toMatchObject({ code: 0, stderr: '' });
    const bare = await run([]);
    expect(bare.code).toBe(2);
    expect(bare.stdout).toContain('countersign <command>');
  });

  it.each(['worker', 'api'])('says in one sentence that %s needs the vendors', async (command) => {
    const { code, stdout, stderr } = await run([command], { TEMPORAL_ADDRESS: '127.0.0.1:9' });
    expect(code).toBe(1);
    expect(stdout).toBe('');
    expect(stderr).toMatch(/^Coupa and Moveworks are not configured: [^\n]+\n$/);
  });
});
