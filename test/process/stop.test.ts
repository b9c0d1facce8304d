import { readdirSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { readChildRecords } from '../../src/embedded/child-records.ts';
import { isAlive } from '../../src/embedded/process-identity.ts';
import { testFolder, type TestFolder } from '../support/process-folder.ts';
import { startDemo, type Demo } from '../support/process-demo.ts';
import { until } from '../support/until.ts';

// Starts wait for those of other files, and each takes its time on a busy machine.
vi.setConfig({ testTimeout: 600_000, hookTimeout: 600_000 });

let folder: TestFolder;
let demo: Demo;
beforeEach(async () => {
  folder = testFolder();
  demo = await startDemo(folder);
});
afterEach(() => {
  folder.remove();
});

const stops = ['SIGTERM', 'SIGINT', 'SIGHUP'] as const;
const longMs = 600_000;

describe('a stop', () => {
  it.each(stops)('by %s leaves no process, port or claim behind', async (signal) => {
    const ended = await demo.end(() => demo.start.kill(signal));
    expect(ended).toEqual({ code: 0, signal: null, remains: [] });
    expect(demo.start.stdout()).toContain('Stopping ...');
    expect(readdirSync(`${folder.home}/lock`)).toEqual([]);
    expect(readChildRecords(folder.home)).toEqual([]);
    expect(demo.start.stderr()).toBe('');
  });

  it('keeps what waits: after the next start the same reference approves', async () => {
    const { approvalId } = await demo.coupa.submit({ chain: [201] });
    const reference = await demo.moveworks.card(approvalId);
    demo.start.kill('SIGTERM');
    await demo.start.ended;
    demo = await startDemo(folder);
    expect(demo.start.stderr()).toBe('');
    expect((await demo.api.press(reference)).body).toMatchObject({
      status: 'approved',
      decision: { by: 201 },
    });
    expect(await demo.moveworks.cards(approvalId)).toHaveLength(1);
  });

  it('takes signals that come together, as those of a terminal and of npm do, for one', async () => {
    const { approvalId } = await demo.coupa.submit({ chain: [201] });
    const reference = await demo.moveworks.card(approvalId);
    await holdTheDecision(reference);
    const ended = await demo.end(() => {
      demo.start.kill('SIGINT');
      demo.start.kill('SIGINT');
      demo.start.kill('SIGTERM');
    });
    expect(ended).toEqual({ code: 0, signal: null, remains: [] });
  });

  it('ends at once, children included, when a second signal comes later', async () => {
    const { approvalId } = await demo.coupa.submit({ chain: [201] });
    const reference = await demo.moveworks.card(approvalId);
    await holdTheDecision(reference);
    const { code, signal } = await demo.end(async () => {
      demo.start.kill('SIGINT');
      await demo.start.prints(/^Stopping \.\.\.$/m);
      // Less than that would be the same Ctrl-C, which arrives from the terminal and from npm.
      await sleep(700);
      demo.start.kill('SIGINT');
    });
    // 130 and not 0: it did not wait for the decision under way.
    expect({ code, signal }).toEqual({ code: 130, signal: null });
    await until('no child to be left', () => Promise.resolve(!demo.children.some(isAlive)));
  });
});

/** A decision that Coupa holds up keeps the workers from ending before their grace is over. */
async function holdTheDecision(reference: string): Promise<void> {
  await demo.coupa.fault({ route: 'approve', kind: 'delay', delayMs: longMs });
  expect((await demo.api.press(reference, { prefer: 'respond-async' })).status).toBe(202);
  await until('the write to Coupa', async () =>
    (await demo.coupa.requests()).some((request) => request.path.endsWith('/approve')),
  );
}
