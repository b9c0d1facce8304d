import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { startConcurSandbox } from '../../sandbox/concur/start.ts';
import { demoTiedFields } from '../../sandbox/concur/seed.ts';
import { loadConfig } from '../config/load-config.ts';
import { createVendors } from '../worker/vendors.ts';
import { demoHints } from './banner.ts';
import { demoConcurClient, demoConfig, demoListFields } from './demo.ts';
import { demoSecrets } from './demo-secrets.ts';

function newHome(): string {
  const home = mkdtempSync(join(tmpdir(), 'demo-'));
  onTestFinished(() => {
    rmSync(home, { recursive: true });
  });
  return home;
}

async function demo(home = newHome()) {
  const secrets = demoSecrets(home);
  const concur = await startConcurSandbox({ ...demoConcurClient(secrets), seed: 'demo' });
  onTestFinished(() => concur.close());
  const loaded = loadConfig({ COUNTERSIGN_HOME: home });
  if (!loaded.ok) throw new Error('the demo needs no configuration');
  const child = {
    name: 'sandbox',
    pid: 0,
    logFile: '',
    exited: Promise.resolve(0),
    stop: () => Promise.resolve(),
  };
  const running = { coupa: 'http://127.0.0.1:1', moveworks: 'http://127.0.0.1:2', concur: concur.url, child };
  return { home, concur, config: demoConfig(loaded.config, secrets, running) };
}

it('configures the service so that the simulated Concur takes it in, with its token in the home folder', async () => {
  const { home, config } = await demo();
  expect(config.concur?.tokenFile).toBe(join(home, 'concur-sandbox-token.json'));
  expect(config.concur?.handOff).toBeUndefined();
  const { concur } = createVendors(config);
  expect(await concur?.hasVendor({ vendorCode: 'ACME', addressCode: 'ACME-01' })).toBe(true);
  for (const { listId } of demoListFields) {
    expect(await concur?.hasListItem(listId, 'NONE')).toBe(false);
  }
});

it('gets on with the simulated Concur when it has moved to another port, or has forgotten our token', async () => {
  const home = newHome();
  const vendor = { vendorCode: 'ACME', addressCode: 'ACME-01' };
  for (let start = 1; start <= 2; start += 1) {
    const { config, concur: sandbox } = await demo(home);
    expect(await createVendors(config).concur?.hasVendor(vendor)).toBe(true);
    await sandbox.close();
  }
});

it('leaves the token file of a real company in the same folder alone', async () => {
  const home = newHome();
  writeFileSync(join(home, 'concur-token.json'), 'the only refresh token');
  const { concur } = createVendors((await demo(home)).config);
  await concur?.hasVendor({ vendorCode: 'ACME', addressCode: 'ACME-01' });
  expect(readFileSync(join(home, 'concur-token.json'), 'utf8')).toBe('the only refresh token');
});

it("looks up codes in the same fields as the simulated Concur's form ties to lists", () => {
  expect(demoListFields).toEqual(demoTiedFields);
});

it('prints an order that the simulated Concur takes', async () => {
  const { config } = await demo();
  const hints = demoHints({ api: 'http://api.test', apiKey: 'key', coupa: 'http://coupa.test' }, undefined);
  expect(hints).toMatch(/Idempotency-Key: .* http:\/\/api\.test\/purchase-requests$/m);
  const [, body = ''] = / -d '(\{"userEmail.*\})' /.exec(hints) ?? [];
  const { concur } = createVendors(config);
  const correlationId = '3f2c1a70-5d0e-4a55-9c1b-0a7d6f4f8e21';
  const document = JSON.parse(body) as Parameters<NonNullable<typeof concur>['createPurchaseRequest']>[0];
  expect(await concur?.createPurchaseRequest(document, { correlationId })).toMatchObject({
    kind: 'accepted',
  });
});
