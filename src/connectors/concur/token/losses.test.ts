import { readFileSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { RetryableError } from '../../http/errors.ts';
import { failureOf } from '../../http/test-server.ts';
import { createCompanyTokens } from './company-tokens.ts';
import { createExchange } from './exchange.ts';
import { createTokenEndpoint } from './ask.ts';
import { createKeeper } from './keeper.ts';
import { companyOptions, companyUuid, startTokenServer, tokenFilePath } from './test-token-server.ts';
import { openTokenFile } from './token-file.ts';

async function setUp() {
  const server = await startTokenServer();
  const options = companyOptions(server.url, tokenFilePath());
  await createCompanyTokens(options).bootstrap();
  return { server, options };
}

describe('a refresh token', () => {
  it('is not spent while its successor could not be stored, as where the file is a mount point', async () => {
    const { server, options } = await setUp();
    const endpoint = createTokenEndpoint(options);
    const file = {
      ...openTokenFile(options.tokenFile, companyUuid, server.url),
      // What a rename onto a mount point comes to.
      rehearse: () => {
        throw new RetryableError('cannot be written (EBUSY)', { vendor: 'concur', operation: 'token file' });
      },
    };
    const keeper = createKeeper({ file, authOrigin: server.url, now: Date.now });
    const exchange = createExchange({
      endpoint,
      keeper,
      companyUuid,
      requestToken: undefined,
      now: Date.now,
    });
    expect(await failureOf(exchange.next())).toBeInstanceOf(RetryableError);
    expect(server.requests).toHaveLength(1);
    expect(server.present()).toBe('refresh-1');
  });

  it('is stored behind a link, where the link leads', async () => {
    const { options } = await setUp();
    const link = join(dirname(options.tokenFile), 'linked.json');
    symlinkSync('concur-token.json', link);
    await createCompanyTokens({ ...options, tokenFile: link }).access();
    expect(readFileSync(options.tokenFile, 'utf8')).toContain('refresh-2');
    expect((await createCompanyTokens(options).access()).token.reveal()).toBe('access-3');
  });

  it('that could not be written survives the loss of the file', async () => {
    const { server, options } = await setUp();
    const file = openTokenFile(options.tokenFile, companyUuid, server.url);
    let full = true;
    let there = file.read();
    const keeper = createKeeper({
      file: {
        read: () => there,
        rehearse: () => undefined,
        write: (next) => {
          if (full) throw new RetryableError('full', { vendor: 'concur', operation: 'token file' });
          there = next;
        },
      },
      authOrigin: server.url,
      now: Date.now,
    });
    const endpoint = createTokenEndpoint(options);
    const exchange = createExchange({
      endpoint,
      keeper,
      companyUuid,
      requestToken: undefined,
      now: Date.now,
    });
    await failureOf(exchange.next());
    // Somebody made room, and took the file for rubbish.
    there = undefined;
    full = false;
    expect((await exchange.next()).token.reveal()).toBe('access-3');
  });
});

describe('settled', () => {
  it('waits for the answer that brings the next refresh token, so that a process may end then', async () => {
    const { server, options } = await setUp();
    let answer = (): void => undefined;
    const asked = new Promise<void>((resolve) => {
      server.settings.meanwhile = () => {
        resolve();
        return new Promise<void>((go) => {
          answer = go;
        });
      };
    });
    const tokens = createCompanyTokens(options);
    const caller = new AbortController();
    const left = failureOf(tokens.access(caller.signal));
    await asked;
    caller.abort(new Error('the process ends'));
    await left;
    let isSettled = false;
    const settled = tokens.settled().then(() => {
      isSettled = true;
    });
    await new Promise(setImmediate);
    expect(isSettled).toBe(false);
    answer();
    await settled;
    expect(readFileSync(options.tokenFile, 'utf8')).toContain('refresh-2');
  });

  it('has nothing to wait for when nothing is under way, also after a failure', async () => {
    const { server, options } = await setUp();
    const tokens = createCompanyTokens(options);
    await tokens.settled();
    server.settings.odd = () => ({ status: 500, body: {} });
    await failureOf(tokens.access());
    await tokens.settled();
  });
});
