import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readEnvironment } from './env-file.ts';

let cwd = '';
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'countersign-env-'));
});
afterEach(() => rmSync(cwd, { recursive: true }));

describe('readEnvironment', () => {
  it('is the environment itself when there is no .env', () => {
    expect(readEnvironment({ cwd, env: { PORT: '81', HOST: undefined } })).toEqual({ PORT: '81' });
  });

  it('adds what .env says', () => {
    writeFileSync(join(cwd, '.env'), '# a comment\nPORT=81\nexport HOST="::1"\n');
    expect(readEnvironment({ cwd, env: { LANG: 'C' } })).toEqual({ PORT: '81', HOST: '::1', LANG: 'C' });
  });

  it('lets the real environment win, even with an empty value, but not with an absent one', () => {
    writeFileSync(join(cwd, '.env'), 'PORT=81\nHOST=a\nPILOT=jo@acme.com\n');
    const env = { PORT: '82', PILOT: '', HOST: undefined };
    expect(readEnvironment({ cwd, env })).toEqual({ PORT: '82', HOST: 'a', PILOT: '' });
  });

  it('reads a file that an editor on Windows wrote', () => {
    writeFileSync(join(cwd, '.env'), '\uFEFFPORT=81\r\nHOST=a\r\n');
    expect(readEnvironment({ cwd, env: {} })).toEqual({ PORT: '81', HOST: 'a' });
  });

  it('passes over a folder called .env', () => {
    mkdirSync(join(cwd, '.env'));
    expect(readEnvironment({ cwd, env: {} })).toEqual({});
  });

  it('throws one sentence when .env is there but cannot be read, instead of going on without it', () => {
    symlinkSync('.env', join(cwd, '.env'));
    expect(() => readEnvironment({ cwd, env: {} })).toThrow(
      `${join(cwd, '.env')} cannot be read (ELOOP): let this user read it, or move it away`,
    );
  });
});
