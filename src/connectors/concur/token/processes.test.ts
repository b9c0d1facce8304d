import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, utimesSync } from 'node:fs';
import { lock } from 'proper-lockfile';
import { describe, expect, it, onTestFinished } from 'vitest';
import { RetryableError, TerminalError } from '../../http/errors.ts';
import { failureOf } from '../../http/test-server.ts';
import { createCompanyTokens } from './company-tokens.ts';
import { companyOptions, startTokenServer, tokenFilePath } from './test-token-server.ts';

/** Another process of the service: gets access once and prints the token. */
const script = `
  import { createCompanyTokens } from ${JSON.stringify(new URL('company-tokens.ts', import.meta.url).href)};
  import { Secret } from ${JSON.stringify(new URL('../../../contract/secret.ts', import.meta.url).href)};
  const { authUrl, clientId, companyUuid, tokenFile } = JSON.parse(process.env.OPTIONS);
  const tokens = createCompanyTokens({
    authUrl, clientId, companyUuid, tokenFile, clientSecret: new Secret('client-secret'),
  });
  process.stdout.write((await tokens.access()).token.reveal());
`;

function startProcess(options: ReturnType<typeof companyOptions>) {
  const child = spawn(
    process.execPath,
    ['--import', import.meta.resolve('tsx'), '--input-type=module', '-e', script],
    { env: { PATH: process.env['PATH'], OPTIONS: JSON.stringify(options) } },
  );
  let printed = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (printed += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (printed += text));
  const ended = once(child, 'close').then(() => printed);
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await ended;
  });
  return { kill: () => child.kill('SIGKILL'), ended };
}

async function setUp() {
  const server = await startTokenServer();
  const options = companyOptions(server.url, tokenFilePath());
  await createCompanyTokens(options).bootstrap();
  const stored = () => JSON.parse(readFileSync(options.tokenFile, 'utf8')) as unknown;
  return { server, options, stored, lockFile: `${options.tokenFile}.lock` };
}

/** A process that is killed after the server has rotated the token and before it gets the answer. */
async function killedInTheMiddle() {
  const setup = await setUp();
  const { server, options } = setup;
  const rotated = new Promise<void>((resolve) => {
    server.settings.meanwhile = async (response) => {
      resolve();
      await once(response, 'close');
    };
  });
  const child = startProcess(options);
  await rotated;
  child.kill();
  await child.ended;
  delete server.settings.meanwhile;
  return setup;
}

describe('two processes on one token file', { timeout: 60_000 }, () => {
  it('that refresh at once both get a working token, and leave the newest refresh token', async () => {
    const { server, options, stored } = await setUp();
    const printed = await Promise.all([startProcess(options).ended, startProcess(options).ended]);
    expect(printed.sort()).toEqual(['access-2', 'access-3']);
    expect(server.requests.map(({ form }) => form.get('refresh_token'))).toEqual([
      null,
      'refresh-1',
      'refresh-2',
    ]);
    expect(stored()).toMatchObject({ refreshToken: 'refresh-3' });
  });

  it('wait for one another, and say so when it takes too long', async () => {
    const { server, options } = await setUp();
    const release = await lock(options.tokenFile, { realpath: false });
    const failure = await failureOf(createCompanyTokens({ ...options, lockWaitMs: 300 }).access());
    expect(failure).toBeInstanceOf(RetryableError);
    expect(String(failure)).toMatch(/another process has held the lock on .*concur-token\.json/);
    expect(server.requests).toHaveLength(1);
    const waiting = createCompanyTokens(options).access();
    await release();
    expect((await waiting).token.reveal()).toBe('access-2');
  });

  it('get past a lock whose holder was killed, and then say that the token died with it', async () => {
    const { server, options, stored, lockFile } = await killedInTheMiddle();
    expect(existsSync(lockFile)).toBe(true);
    // As if the time that a holder may be silent had passed.
    utimesSync(lockFile, 1e9, 1e9);
    const failure = await failureOf(createCompanyTokens(options).access());
    expect(failure).toBeInstanceOf(TerminalError);
    expect(String(failure)).toMatch(/code 108.*never reached the token file.*Company Request Token/);
    expect(stored()).toMatchObject({ refreshToken: 'refresh-1' });
    // What the message says to do.
    await createCompanyTokens(options).bootstrap();
    expect((await createCompanyTokens(options).access()).token.reveal()).toBe(`access-${server.issued()}`);
  });

  it('get past a lock whose holder was killed before its token was exchanged', async () => {
    const { server, options, lockFile } = await setUp();
    server.settings.odd = () => ({ status: 503, body: {} });
    const asked = new Promise<void>((resolve) => {
      server.settings.meanwhile = async (response) => {
        resolve();
        await once(response, 'close');
      };
    });
    const child = startProcess(options);
    await asked;
    child.kill();
    await child.ended;
    delete server.settings.odd;
    delete server.settings.meanwhile;
    utimesSync(lockFile, 1e9, 1e9);
    expect((await createCompanyTokens(options).access()).token.reveal()).toBe('access-2');
  });

  it('go on from what the other wrote, when the lock was taken over meanwhile', async () => {
    const { server, options, stored, lockFile } = await setUp();
    const other = createCompanyTokens(options);
    const late = createCompanyTokens(options);
    let first = true;
    server.settings.odd = (form) => {
      // The late one was asleep when the other one, which took it for dead, exchanged the same token.
      if (!first || form.get('refresh_token') !== 'refresh-1') return undefined;
      first = false;
      return { status: 400, body: { code: 108, error: 'invalid_grant' } };
    };
    server.settings.meanwhile = async () => {
      delete server.settings.meanwhile;
      utimesSync(lockFile, 1e9, 1e9);
      await other.access();
    };
    expect((await late.access()).token.reveal()).toBe('access-3');
    expect(stored()).toMatchObject({ refreshToken: 'refresh-3' });
  });
});
