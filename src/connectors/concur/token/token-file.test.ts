import {
  chmodSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { TerminalError } from '../../http/errors.ts';
import { failureOf } from '../../http/test-server.ts';
import { createCompanyTokens } from './company-tokens.ts';
import { companyOptions, companyUuid, startTokenServer, tokenFilePath } from './test-token-server.ts';

/** A service that has its first token, and a later process on the same file. */
async function setUp() {
  const server = await startTokenServer();
  const file = tokenFilePath();
  const options = companyOptions(server.url, file);
  await createCompanyTokens(options).bootstrap();
  return { server, file, later: createCompanyTokens(options), options };
}

describe('the token file', () => {
  it.each([0o644, 0o640, 0o666])('is closed to others when it is found with mode %o', async (mode) => {
    const { file, later } = await setUp();
    chmodSync(file, mode);
    later.state();
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it('is replaced whole: the next one is another file, and no draft stays', async () => {
    const { file, later } = await setUp();
    const kept = join(dirname(dirname(file)), 'kept');
    linkSync(file, kept);
    await later.access();
    expect(statSync(file).ino).not.toBe(statSync(kept).ino);
    expect(readFileSync(kept, 'utf8')).toContain('refresh-1');
    expect(readdirSync(dirname(file))).toEqual(['concur-token.json']);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ companyUuid, refreshToken: 'refresh-2' });
  });

  it('is rid of the drafts of killed processes, and of nothing else', async () => {
    const { file, later } = await setUp();
    const drafts = [`${file}.0f0e6a1c-1d5b-4c8e-9d53-2d3a43c4f0aa.tmp`, `${file}.bak`];
    for (const name of drafts) {
      writeFileSync(name, 'a secret');
      utimesSync(name, 1e9, 1e9);
    }
    await later.access();
    expect(readdirSync(dirname(file)).sort()).toEqual(['concur-token.json', 'concur-token.json.bak']);
  });

  it('may name the company in capitals', async () => {
    const { options } = await setUp();
    const capitals = createCompanyTokens({ ...options, companyUuid: companyUuid.toUpperCase() });
    expect((await capitals.access()).token.reveal()).toBe('access-2');
  });

  it.each([
    ['torn', (whole: string) => whole.slice(0, -20)],
    ['empty', () => ''],
    ['of another shape', () => '{"token": "refresh-1"}'],
    ['without a refresh token', (whole: string) => whole.replace('refresh-1', '')],
    ["another company's", (whole: string) => whole.replace('08bcca1e', '99bcca1e')],
    ['of a foreign place', (whole: string) => whole.replace(/http:[^"]+/, 'https://concur.example')],
  ])('is named and left alone when it is %s', async (_, spoil) => {
    const { server, file, later } = await setUp();
    const spoilt = spoil(readFileSync(file, 'utf8'));
    writeFileSync(file, spoilt);
    const attempts = [later.access(), later.bootstrap(), later.renewIfDue()];
    for (const failure of await Promise.all(attempts.map(failureOf))) {
      expect(failure).toBeInstanceOf(TerminalError);
      expect(String(failure)).toContain(file);
      expect(String(failure)).toContain('move it away');
      expect(String(failure)).not.toContain('refresh-1');
    }
    expect(() => later.state()).toThrow(file);
    expect(readFileSync(file, 'utf8')).toBe(spoilt);
    expect(server.requests).toHaveLength(1);
  });

  it('is named when it cannot be read', async () => {
    const server = await startTokenServer();
    const file = tokenFilePath();
    mkdirSync(file, { recursive: true });
    const failure = await failureOf(createCompanyTokens(companyOptions(server.url, file)).access());
    expect(failure).toBeInstanceOf(TerminalError);
    expect(String(failure)).toContain(`${file} cannot be read (EISDIR)`);
  });

  it('is named when its folder cannot be made', async () => {
    const server = await startTokenServer();
    const blocked = tokenFilePath();
    mkdirSync(dirname(blocked));
    writeFileSync(blocked, 'a file where a folder is needed');
    const options = companyOptions(server.url, `${blocked}/concur-token.json`);
    const failure = await failureOf(createCompanyTokens(options).access());
    expect(failure).toBeInstanceOf(TerminalError);
    expect(String(failure)).toMatch(/concur-token\.json\/concur-token\.json cannot be read \(ENOTDIR\)/);
  });
});
