import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lazyClient } from '../../src/cli/temporal.ts';
import { runApi } from '../../src/cli/serve.ts';
import { freePort } from '../../src/embedded/ports.ts';
import { createVendors } from '../../src/worker/vendors.ts';
import { apiClient } from '../support/api-client.ts';
import { somePort } from '../support/process-demo.ts';
import { testFolder, type TestFolder } from '../support/process-folder.ts';
import { countersign, launch, type Launched } from '../support/process-launch.ts';
import { environmentOf } from '../support/rolling-members.ts';
import { quiet } from '../support/runtime.ts';
import { apiKey } from '../support/sandboxes.ts';
import { startStack, type Stack } from '../support/stack.ts';
import { until } from '../support/until.ts';
import { healthCheckOf } from './compose-file.ts';
import { repository } from './dockerfile.ts';

const longMs = 300_000;
/** Longer than any stop takes: whoever waits for this write does not see its end. */
const heldMs = 120_000;

let folder: TestFolder;
let stack: Stack;
beforeAll(async () => {
  folder = testFolder();
  stack = await startStack({ workers: false });
}, longMs);
afterAll(async () => {
  folder.remove();
  await stack.stop();
});

async function startWorker(): Promise<Launched> {
  const worker = await countersign(folder, ['worker'], {
    ...environmentOf(stack),
    TMPDIR: folder.path,
  });
  await worker.prints(/^Workers are running\.$/m);
  return worker;
}

async function submitted() {
  const { approvalId } = await stack.coupa.submit({ chain: [201] });
  return { approvalId, reference: await stack.moveworks.card(approvalId) };
}

/** Presses, and returns when Coupa holds the write up. */
async function pressHeld(press: () => ReturnType<Stack['api']['press']>, approvalId: number) {
  await stack.coupa.fault({ route: 'approve', kind: 'delay', delayMs: heldMs });
  const answer = press();
  await until('the write', async () =>
    (await stack.coupa.requests()).some(({ path }) => path === `/api/approvals/${approvalId}/approve`),
  );
  return { answer };
}

/** What the health check of the compose file says of the workers that run here. */
async function isWell(): Promise<boolean> {
  const [program, ...args] = healthCheckOf('worker');
  expect(program).toBe('node');
  const env = { PATH: process.env['PATH'] ?? '', TMPDIR: folder.path };
  return (await launch(folder, process.execPath, args, { env, cwd: repository }).ended).code === 0;
}

describe('a worker', () => {
  let worker: Launched;

  it(
    'is well once Temporal sees it ask for work, and not before',
    async () => {
      expect(await isWell()).toBe(false);
      worker = await startWorker();
      await until('the worker to be well', isWell, longMs);
    },
    longMs,
  );

  it(
    'that is told to stop hands back a write that does not end in time, and the next finishes it, once (P5)',
    async () => {
      const { approvalId, reference } = await submitted();
      const press = () => stack.api.press(reference, { prefer: 'respond-async' });
      const { answer } = await pressHeld(press, approvalId);
      expect((await answer).status).toBe(202);
      worker.kill('SIGTERM');
      expect(await worker.ended).toEqual({ code: 0, signal: null });
      expect(await isWell()).toBe(false);
      const next = await startWorker();
      await stack.api.waitFor(approvalId, { outcome: 'approved' }, longMs);
      expect(await stack.coupa.effects(approvalId)).toHaveLength(1);
      next.kill('SIGTERM');
      expect(await next.ended).toEqual({ code: 0, signal: null });
    },
    longMs * 2,
  );
});

describe('an API that is told to stop', () => {
  it(
    'says so on readiness, still takes decisions, and answers 202 to whoever waits when it closes (P3)',
    async () => {
      const { client } = lazyClient({
        connectionOptions: { address: stack.temporal.address },
        namespace: stack.temporal.namespace,
      });
      await stack.startWorkers();
      const { config } = stack;
      const port = await freePort(await somePort(), '127.0.0.1');
      const served = await runApi({
        config,
        client,
        coupa: createVendors(config).coupa,
        logger: quiet,
        port,
      });
      const api = apiClient(served.url, apiKey);
      expect((await api.request('GET', '/readyz')).status).toBe(200);

      const quick = await submitted();
      const held = await submitted();
      const press = () => api.press(held.reference, { prefer: 'wait=14' });
      const { answer } = await pressHeld(press, held.approvalId);
      const stopped = served.stop(5_000, 8_000);
      // By itself, a client keeps its connection: it is the API that ends it.
      const unready = await fetch(`${api.url}/readyz`);
      expect(unready.status).toBe(503);
      expect(unready.headers.get('connection')).toBe('close');
      expect((await api.request('GET', '/livez')).status).toBe(200);
      expect((await api.press(quick.reference)).body.status).toBe('approved');

      expect((await answer).status).toBe(202);
      await stopped;
      await expect(api.request('GET', '/livez')).rejects.toThrow('fetch failed');
    },
    longMs,
  );
});
