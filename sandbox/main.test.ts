import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { startCoupaSandbox } from './coupa/start.ts';

const readyLine = z.object({ ready: z.literal(true), coupa: z.url(), moveworks: z.url(), concur: z.url() });
const children: ChildProcess[] = [];
let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'sandbox-main-'));
});
afterEach(async () => {
  for (const child of children.splice(0)) {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill('SIGKILL');
      await once(child, 'exit');
    }
  }
  rmSync(directory, { recursive: true });
});

function spawnMain(variables: Record<string, string>): ChildProcess {
  const main = join(import.meta.dirname, 'main.ts');
  const child = spawn(process.execPath, ['--import', 'tsx', main], {
    env: { PATH: process.env['PATH'], ...variables },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  children.push(child);
  return child;
}

async function start(): Promise<{ child: ChildProcess; urls: z.infer<typeof readyLine> }> {
  const child = spawnMain({
    SANDBOX_STATE_DIR: join(directory, 'state'),
    SANDBOX_COUPA_CLIENT_ID: 'client',
    SANDBOX_COUPA_CLIENT_SECRET: 'secret',
    SANDBOX_MOVEWORKS_API_KEY: 'key',
    SANDBOX_MOVEWORKS_EVENT_ID: '11111111-1111-4111-8111-111111111111',
    SANDBOX_MOVEWORKS_NOTICE_EVENT_ID: '22222222-2222-4222-8222-222222222222',
    SANDBOX_CONCUR_CLIENT_ID: 'client',
    SANDBOX_CONCUR_CLIENT_SECRET: 'secret',
    SANDBOX_CONCUR_COMPANY_UUID: '33333333-3333-4333-8333-333333333333',
    SANDBOX_CONCUR_REQUEST_TOKEN: 'token',
  });
  if (child.stdout === null) throw new Error('no stdout');
  const lines: AsyncIterator<string> = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const first = await lines.next();
  return { child, urls: readyLine.parse(JSON.parse(String(first.value))) };
}

async function titles(coupa: string): Promise<string[]> {
  const state = z.object({ requisitions: z.array(z.object({ title: z.string() })) });
  const answer: unknown = await (await fetch(`${coupa}/sandbox/state`)).json();
  return state.parse(answer).requisitions.map((requisition) => requisition.title);
}

async function vendorCodes(concur: string): Promise<string[]> {
  const state = z.object({ vendors: z.array(z.object({ vendorCode: z.string() })) });
  const answer: unknown = await (await fetch(`${concur}/sandbox/vendors`)).json();
  return state.parse(answer).vendors.map(({ vendorCode }) => vendorCode);
}

const create = (coupa: string, title: string) =>
  fetch(`${coupa}/sandbox/requisitions`, { method: 'POST', body: JSON.stringify({ title }) });

test('starts the simulators with the demo data and keeps what happened over a SIGTERM and a SIGKILL', async () => {
  const first = await start();
  expect(await titles(first.urls.coupa)).toHaveLength(4);
  expect(await vendorCodes(first.urls.concur)).toContain('ACME');
  const page = await (await fetch(first.urls.concur)).text();
  for (const url of [first.urls.coupa, first.urls.moveworks]) expect(page).toContain(`href="${url}"`);
  await create(first.urls.coupa, 'before the term');
  first.child.kill('SIGTERM');
  expect(await once(first.child, 'exit')).toEqual([0, null]);

  const second = await start();
  expect(await titles(second.urls.coupa)).toContain('before the term');
  await create(second.urls.coupa, 'before the kill');
  const file = join(directory, 'state', 'coupa.json');
  await expect.poll(() => readFileSync(file, 'utf8')).toContain('before the kill');
  second.child.kill('SIGKILL');
  await once(second.child, 'exit');

  // As an earlier release has left it, which knew no Concur.
  rmSync(join(directory, 'state', 'concur.json'), { force: true });
  const third = await start();
  expect(await vendorCodes(third.urls.concur)).toContain('ACME');
  expect(await titles(third.urls.coupa)).toHaveLength(6);
});

test('names every missing variable when it cannot start', async () => {
  const child = spawnMain({ SANDBOX_COUPA_PORT: 'eighty' });
  let said = '';
  child.stderr?.on('data', (chunk: Buffer) => (said += chunk.toString()));
  expect(await once(child, 'close')).toEqual([1, null]);
  expect(said).toContain('SANDBOX_COUPA_PORT');
  expect(said).toContain('SANDBOX_MOVEWORKS_API_KEY');
  expect(said).toContain('SANDBOX_CONCUR_COMPANY_UUID');
});

test('refuses a state file that holds something else, naming it', async () => {
  const statePath = join(directory, 'coupa.json');
  writeFileSync(statePath, '{"half":');
  const starting = startCoupaSandbox({ clientId: 'c', clientSecret: 's', statePath });
  await expect(starting).rejects.toThrow(statePath);
});
