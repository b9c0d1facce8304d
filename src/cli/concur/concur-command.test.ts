import { spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startConcurSandbox } from '../../../sandbox/concur/start.ts';
import { createCompanyTokens } from '../../connectors/concur/token/company-tokens.ts';
import { Secret } from '../../contract/secret.ts';
import { dana, goodRequest, leaksIn, startTestPlace, type TestPlace } from './test-place.ts';

const main = fileURLToPath(new URL('../main.ts', import.meta.url));
const loader = ['--import', import.meta.resolve('tsx')];

let place: TestPlace;
const running = new Set<() => void>();
beforeEach(async () => {
  place = await startTestPlace(startConcurSandbox);
});
afterEach(async () => {
  for (const end of running) end();
  await place.close();
});

/** Runs the real command as a user does, in a folder without `.env`. */
function concur(args: readonly string[], env: Record<string, string> = place.env) {
  const child = spawn(process.execPath, [...loader, main, 'concur', ...args], {
    cwd: place.home,
    env: { PATH: process.env['PATH'], ...env },
  });
  const end = () => child.kill('SIGKILL');
  running.add(end);
  const printed = { out: '', said: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => (printed.out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (printed.said += text));
  const ended = new Promise<{ code: number | null; out: string; said: string }>((resolve) => {
    child.once('close', (code) => {
      running.delete(end);
      resolve({ code, ...printed });
    });
  });
  return {
    ended,
    press: () => child.kill('SIGINT'),
    type: (text: string) => child.stdin.end(text),
    says: (pattern: RegExp) => expect.poll(() => printed.said, { timeout: 30_000 }).toMatch(pattern),
    prints: (pattern: RegExp) => expect.poll(() => printed.out, { timeout: 30_000 }).toMatch(pattern),
  };
}

/** Longer than a busy machine takes to press Ctrl-C. */
const heldBackMs = 5_000;

/** Waits until Concur has received such a request. */
function arrives(request: RegExp) {
  return expect
    .poll(async () => JSON.stringify(await place.control('GET', '/requests')), { timeout: 30_000 })
    .toMatch(request);
}

describe('countersign concur', { timeout: 60_000 }, () => {
  it('creates a request from standard input, and prints one document alone', async () => {
    const create = concur(['create', '-', '--yes', '--json']);
    create.type(JSON.stringify(goodRequest));
    const { code, out, said } = await create.ended;
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ outcome: 'accepted' });
    expect(await place.requests()).toHaveLength(1);
    expect(leaksIn(out + said, place)).toEqual([]);
  });

  it('takes login and password from standard input as two lines, and shows neither', async () => {
    const asked = concur(['whoami']);
    asked.type(`${dana.login}\n${dana.password}\n`);
    const { code, out, said } = await asked.ended;
    expect(code).toBe(0);
    expect(out).toContain(dana.uuid);
    expect(out + said).not.toContain(dana.password);
    expect(out + said).not.toContain('eyJ');
  });

  it('ends with 2 and a sentence for what it does not know, and with 1 where nothing is configured', async () => {
    const env = { COUNTERSIGN_HOME: place.home };
    const [wrong, bare] = await Promise.all([concur(['create']).ended, concur(['vendors'], env).ended]);
    expect(wrong).toMatchObject({ code: 2, out: '' });
    expect(wrong.said).toMatch(/^countersign: create needs the file.*\n$/);
    expect(bare).toMatchObject({ code: 1, out: '' });
    expect(bare.said).toMatch(/^SAP Concur is not configured.*\n$/);
  });

  it('ends with 3 when the answer is lost', async () => {
    await place.control('POST', '/faults', { route: 'create', kind: 'dropAfter' });
    const { code, said } = await concur(['create', place.file(goodRequest), '--yes']).ended;
    expect(code).toBe(3);
    const [request] = await place.requests();
    expect(said).toContain(`comments begin with ref:${request?.ref ?? 'none'}`);
  });

  it('Ctrl-C ends a watch without a stack', async () => {
    await place.control('PUT', '/settings', { creationDelayMs: 3_600_000 });
    const { out } = await concur(['create', place.file(goodRequest), '--yes', '--json']).ended;
    const { id } = JSON.parse(out) as { id: string };
    const watch = concur(['status', id, '--watch']);
    await watch.prints(/PENDING_CREATION/);
    watch.press();
    const { code, said } = await watch.ended;
    expect(code).toBe(130);
    expect(said).not.toContain('Error');
  });

  it('Ctrl-C while a request is on its way waits for the answer', async () => {
    await place.control('POST', '/faults', { route: 'create', kind: 'delay', delayMs: heldBackMs });
    const create = concur(['create', place.file(goodRequest), '--yes', '--json']);
    await arrives(/purchaserequests"/);
    create.press();
    const { code, out, said } = await create.ended;
    expect(said).toMatch(/waiting for the answer/);
    expect(JSON.parse(out)).toMatchObject({ outcome: 'accepted' });
    expect(code).toBe(0);
    expect(await place.requests()).toHaveLength(1);
  });

  it('a second Ctrl-C leaves it at once, with 3 and what to look for', async () => {
    await place.control('POST', '/faults', { route: 'create', kind: 'delay', delayMs: 60_000 });
    const create = concur(['create', place.file(goodRequest), '--yes']);
    await arrives(/purchaserequests"/);
    create.press();
    await create.says(/waiting for the answer/);
    // Sooner it would be the same one, which a terminal and npm both pass on.
    await sleep(700);
    create.press();
    const { code, said } = await create.ended;
    expect(code).toBe(3);
    const [, ref = 'none'] = /Sending it with (ref:\S+),/.exec(said) ?? [];
    expect(said).toContain(`comments begin with ${ref}`);
  });

  it('Ctrl-C while the token is renewed loses no refresh token', async () => {
    const { clientSecret, requestToken, ...client } = place.client;
    const tokens = () =>
      createCompanyTokens({
        ...client,
        authUrl: place.url,
        clientSecret: new Secret(clientSecret),
        requestToken: new Secret(requestToken),
        tokenFile: place.tokenFile,
      });
    await tokens().bootstrap();
    const before = place.refreshToken();
    await place.control('DELETE', '/requests');
    await place.control('POST', '/faults', { route: 'token', kind: 'delay', delayMs: heldBackMs });
    const vendors = concur(['vendors']);
    await arrives(/token"/);
    vendors.press();
    const { code, said } = await vendors.ended;
    expect(code).toBe(130);
    expect(said).toMatch(/until the new token is stored/);
    expect(place.refreshToken()).not.toBe(before);
    expect((await tokens().access()).origin).toBe(place.url);
  });
});
