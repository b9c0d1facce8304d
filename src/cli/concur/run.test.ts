import { rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { startConcurSandbox } from '../../../sandbox/concur/start.ts';
import { identityOf } from '../../embedded/process-identity.ts';
import { readConcurArguments } from './options.ts';
import { runConcur } from './run.ts';
import { dana, goodRequest, pat, leaksIn, startTestPlace, type TestPlace } from './test-place.ts';
import { testInterrupts, testTalk } from './test-talk.ts';

let place: TestPlace;
let printed = '';
beforeEach(async () => {
  printed = '';
  place = await startTestPlace(startConcurSandbox);
});
afterEach(() => place.close());

interface How {
  readonly answers?: string[];
  readonly env?: Record<string, string>;
  readonly interactive?: boolean;
}

async function concur(args: string[], { answers, env, interactive = true }: How = {}) {
  const options = readConcurArguments(args);
  if (typeof options === 'string') throw new Error(options);
  const script = testTalk(answers === undefined ? { interactive } : { answers, interactive });
  const { interrupts } = testInterrupts();
  const world = { env: env ?? place.env, input: Readable.from([]), talk: script.talk, interrupts };
  const ended = await runConcur(options, world).catch((error: unknown) => String(error));
  const failed = typeof ended === 'string' ? ended : '';
  printed += [script.out(), script.said(), failed].join('\n');
  return { code: ended, out: script.out(), said: script.said() };
}

const accepted = z.object({ outcome: z.literal('accepted'), id: z.string(), ref: z.string() });

async function create(...more: string[]): Promise<z.infer<typeof accepted>> {
  const { out } = await concur(['create', place.file(goodRequest), '--yes', '--json', ...more]);
  return accepted.parse(JSON.parse(out));
}

describe('against a simulated SAP Concur', () => {
  it('the request token is exchanged once, and the state is shown from then on', async () => {
    const first = await concur(['token']);
    expect(first.code).toBe(0);
    expect(first.out).toMatch(/ends in 1(79|80) days/);
    expect(first.out).toContain(place.client.companyUuid);
    expect(first.out).toMatch(/mode 0600/);
    expect(statSync(place.tokenFile).mode & 0o777).toBe(0o600);
    const before = place.refreshToken();
    const { CONCUR_COMPANY_REQUEST_TOKEN: _, ...env } = place.env;
    expect((await concur(['token'], { env })).code).toBe(0);
    expect(place.refreshToken()).toBe(before);
    expect((await concur(['token', '--renew'], { env })).code).toBe(0);
    expect(place.refreshToken()).not.toBe(before);
    expect(leaksIn(printed, place)).toEqual([]);
  });

  it('a refused exchange says what to do', async () => {
    await place.control('PUT', '/settings', { requestTokenExpired: true });
    const { code } = await concur(['token']);
    expect(code).toMatch(/Company Request Token/);
    expect(code).not.toContain('\n');
  });

  it('a login is told whose it is, and what its token would do', async () => {
    const { code, out } = await concur(['whoami'], { answers: [dana.login, dana.password] });
    expect(code).toBe(0);
    expect(out).toContain(dana.uuid);
    expect(out).toContain(place.url);
    expect(out).toMatch(/assigned to this user, whatever/);
    await concur(['token']);
    expect(leaksIn(printed, place)).toEqual([]);
  });

  it('a wrong password is refused without being shown', async () => {
    const { code } = await concur(['whoami'], { answers: [dana.login, 'hunter2'] });
    expect(code).toMatch(/login or password/);
    expect(printed).not.toContain('hunter2');
  });

  it('vendors, lists and items are those of the company', async () => {
    expect((await concur(['vendors', '--code', 'ACME'])).out).toMatch(/ACME +ACME-02 +Acme Test Supply +yes/);
    expect((await concur(['lists'])).out).toMatch(/11111111-aaaa-\S+ +Cost Centres/);
    const items = await concur(['lists', '11111111-aaaa-4000-8000-000000000001', '--json']);
    expect(JSON.parse(items.out)).toContainEqual({ code: 'CC200', name: 'Marketing' });
    const none = await concur(['lists', 'nope']);
    expect(none).toMatchObject({ code: 1, out: '' });
    expect(none.said).toMatch(/SAP Concur has no list nope; `countersign concur lists` shows them\.$/);
  });

  it('a purchase request is created once, with our mark, and followed to its order', async () => {
    const { id, ref } = await create();
    const [request, ...others] = await place.requests();
    expect(others).toEqual([]);
    expect(request).toMatchObject({ id, requester: dana.uuid, body: { comments: `${ref} for the lab` } });
    expect(ref).toMatch(/^ref:cli-/);
    await expect.poll(async () => (await concur(['status', id])).out).toMatch(/Pending Approval/);
    await place.control('POST', `/purchase-requests/${id}/approve`);
    const { code, out } = await concur(['status', id, '--watch']);
    expect(code).toBe(0);
    expect(out).toMatch(/PO10001 {2}Transmitted/);
    expect(leaksIn(printed, place)).toEqual([]);
  });

  it('with a user’s token it becomes this user’s', async () => {
    const file = place.file({ ...goodRequest, userEmail: pat.address });
    const { code, said } = await concur(['create', file, '--as-user', '--yes'], {
      answers: [dana.login, dana.password],
    });
    expect(code).toBe(0);
    expect(said).toContain(dana.uuid);
    expect(await place.requests()).toMatchObject([{ requester: dana.uuid, createdWith: 'user' }]);
  });

  it('unknown codes are told together, and nothing is sent', async () => {
    const [line] = goodRequest.lineItems;
    const file = place.file({
      ...goodRequest,
      custom1: 'CC999',
      lineItems: [line, { ...line, vendorAddressCode: 'ACME-09' }],
    });
    const { code, said } = await concur(['create', file, '--yes']);
    expect(code).toBe(1);
    expect(said).toMatch(/unknownListItem/);
    expect(said).toMatch(/line 2.*unknownVendor/);
    expect(await place.requests()).toEqual([]);
  });

  it('a refusal shows all that SAP Concur says', async () => {
    const file = place.file({ ...goodRequest, userEmail: 'nobody@acme.example', currencyCode: 'ZZZ' });
    const { code, said } = await concur(['create', file, '--yes']);
    expect(code).toBe(1);
    expect(said).toContain('invalidUserInfo');
    expect(said).toContain('invalidCurrencyCode');
  });

  it('a lost answer ends with 3, and what it names is found in Concur (P5)', async () => {
    await place.control('POST', '/faults', { route: 'create', kind: 'dropAfter' });
    const { code, out } = await concur(['create', place.file(goodRequest), '--yes', '--json']);
    expect(code).toBe(3);
    const found = (await place.requests()).map(({ ref, correlationId }) => [
      `ref:${ref ?? ''}`,
      correlationId,
    ]);
    const told = z.object({ outcome: z.literal('unknown'), ref: z.string(), correlationId: z.string() });
    const { ref, correlationId } = told.parse(JSON.parse(out));
    expect(found).toEqual([[ref, correlationId]]);
  });

  it('nobody can be asked and --yes is missing: nothing is even read', async () => {
    const { code, said } = await concur(['create', '/nowhere/request.json'], { interactive: false });
    expect(code).toBe(2);
    expect(said).toMatch(/--yes/);
  });

  it.each(['shadow', 'notify'])('MODE=%s creates nothing', async (mode) => {
    const env = { ...place.env, MODE: mode };
    const { code } = await concur(['create', place.file(goodRequest), '--yes'], { env });
    expect(code).toContain(`MODE=${mode}`);
    expect(await place.requests()).toEqual([]);
  });
});

describe('without a setting for SAP Concur', () => {
  const writeDemo = (processes: object[]) => {
    const { url: concurUrl, client, home } = place;
    writeFileSync(join(home, 'demo.json'), JSON.stringify({ concur: concurUrl, concurClient: client }));
    writeFileSync(join(home, 'children.json'), JSON.stringify(processes));
  };

  it('the sandbox of the demo that runs here is used, and that is said', async () => {
    writeDemo([{ name: 'sandbox', ...identityOf(process.pid) }]);
    const { code, said } = await concur(['token'], { env: { COUNTERSIGN_HOME: place.home } });
    expect(code).toBe(0);
    expect(said).toContain(`using the sandbox at ${place.url}`);
    expect(place.refreshToken()).not.toBe('');
    expect(leaksIn(printed, place)).toEqual([]);
  });

  it.each(['no demo', 'an ended demo'])('%s is answered with what to set', async (which) => {
    if (which === 'an ended demo') writeDemo([{ name: 'sandbox', pid: 1, startToken: 'long ago' }]);
    const { code } = await concur(['vendors'], { env: { COUNTERSIGN_HOME: place.home } });
    expect(code).toMatch(/set CONCUR_CLIENT_ID, .*countersign start/);
    expect(code).not.toContain('\n');
    rmSync(join(place.home, 'demo.json'), { force: true });
  });
});
