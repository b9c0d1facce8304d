import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { somePort } from '../support/process-demo.ts';
import { startSurroundings, type Surroundings } from '../support/process-deployment.ts';
import { testFolder, type TestFolder } from '../support/process-folder.ts';
import type { Launched } from '../support/process-launch.ts';
import { until } from '../support/until.ts';

const longMs = 300_000;

let folder: TestFolder;
let around: Surroundings | undefined;
let worker: Launched;
let api: Awaited<ReturnType<Surroundings['api']>>;

/** What `beforeAll` made: it may have failed half way, and then only `afterAll` runs. */
function surroundings(): Surroundings {
  if (around === undefined) throw new Error('nothing was started');
  return around;
}

beforeAll(async () => {
  folder = testFolder();
  around = await startSurroundings(folder);
  worker = await around.worker();
  api = await around.api();
}, longMs);
afterAll(async () => {
  folder.remove();
  await around?.stop();
});

describe('worker, api and schedule as processes of their own', () => {
  it('the schedule is made by a command that ends, and may be run again', async () => {
    for (const interval of ['90s', '2s']) {
      const schedule = await surroundings().run('schedule', { POLL_INTERVAL: interval });
      expect(await schedule.ended).toEqual({ code: 0, signal: null });
      expect(schedule.stdout()).toBe(`The schedule looks at Coupa every ${parseInt(interval)} s.\n`);
    }
  });

  it('carry an approval from Coupa to the card, and its decision back', async () => {
    const { coupa, moveworks } = surroundings();
    const { approvalId, requisitionId } = await coupa.submit({ chain: [201, 202] });
    const answer = await api.press(await moveworks.card(approvalId));
    expect(answer.body).toMatchObject({ status: 'approved', decision: { by: 201 } });
    expect(await coupa.effects(approvalId)).toHaveLength(1);
    const next = (await coupa.requisition(requisitionId)).currentApprovalId ?? 0;
    expect((await api.press(await moveworks.card(next))).body.status).toBe('approved');
    expect((await coupa.requisition(requisitionId)).status).toBe('approved');
  });

  it(
    'a worker that is killed in the middle of a decision is replaced by a new one, which finishes it (P5)',
    async () => {
      const { coupa, moveworks } = surroundings();
      const { approvalId, requisitionId } = await coupa.submit({ chain: [201] });
      const reference = await moveworks.card(approvalId);
      await coupa.fault({ route: 'approve', kind: 'delay', delayMs: 2_000 });
      expect((await api.press(reference, { prefer: 'respond-async' })).status).toBe(202);
      await until('the write', async () =>
        (await coupa.requests()).some(({ path }) => path === `/api/approvals/${approvalId}/approve`),
      );
      worker.kill('SIGKILL');
      await worker.ended;
      expect((await api.show(approvalId)).body).toMatchObject({ source: 'memo' });
      worker = await surroundings().worker();
      await until(
        'the outcome',
        async () => (await api.show(approvalId)).body['outcome'] === 'approved',
        longMs,
      );
      expect((await coupa.approval(requisitionId, approvalId)).note).toMatch(
        /^\[cs [0-9a-f]{12}\] Ada Prover/,
      );
      expect(await coupa.effects(approvalId)).toHaveLength(1);
    },
    longMs * 2,
  );

  it(
    'an api that starts without Temporal says 503 and takes nothing, and is right when Temporal is back (P3)',
    async () => {
      const { coupa, moveworks, temporal } = surroundings();
      const { approvalId } = await coupa.submit({ chain: [201] });
      const reference = await moveworks.card(approvalId);
      await api.waitFor(approvalId, { state: 'asked' });
      await temporal.kill();
      const late = await surroundings().api(await somePort());
      expect((await late.request('GET', '/livez')).status).toBe(200);
      expect((await late.request('GET', '/readyz')).status).toBe(503);
      const refused = await late.press(reference);
      expect(refused.status).toBe(503);
      expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);

      await temporal.restart();
      await until('readiness', async () => (await late.request('GET', '/readyz')).status === 200, longMs);
      const answer = await until(
        'the answer',
        async () => {
          const pressed = await late.press(reference);
          return pressed.status === 200 ? pressed : undefined;
        },
        longMs,
      );
      expect(answer.body).toMatchObject({ status: 'approved', decision: { by: 201 } });
      expect(await coupa.effects(approvalId)).toHaveLength(1);
      late.launched.kill('SIGTERM');
      expect(await late.launched.ended).toEqual({ code: 0, signal: null });
    },
    longMs * 2,
  );

  it('each ends with 0 when it is told to', async () => {
    for (const each of [api.launched, worker]) {
      each.kill('SIGTERM');
      expect(await each.ended).toEqual({ code: 0, signal: null });
    }
  });
});
