import { createServer, type Server } from 'node:net';
import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { testFolder, type TestFolder } from '../support/process-folder.ts';
import { demoOf, somePort, urlBlock } from '../support/process-demo.ts';
import { countersign } from '../support/process-launch.ts';
import { inTurn } from '../support/process-turn.ts';

// Starts wait for those of other files, and each takes its time on a busy machine.
vi.setConfig({ testTimeout: 600_000, hookTimeout: 600_000 });

let folder: TestFolder;
let taken: Server | undefined;
beforeEach(() => {
  folder = testFolder();
});
afterEach(() => {
  taken?.close();
  folder.remove();
});

/** Takes a port unless somebody else has it already: either way it is taken. */
async function take(port: number): Promise<void> {
  taken = createServer();
  taken.listen(port, '127.0.0.1');
  await once(taken, 'listening').catch(() => {
    taken = undefined;
  });
}

describe('a port in use', () => {
  it('that was asked for ends the start with one sentence and 1, before anything runs', async () => {
    const port = await somePort();
    await take(port);
    const start = await countersign(folder, ['start'], { PORT: String(port) });
    expect(await start.ended).toEqual({ code: 1, signal: null });
    expect(start.stderr()).toBe(
      `countersign: Port ${port} on 127.0.0.1 is in use: stop what listens there, or choose another port.\n`,
    );
    expect(start.stdout()).not.toMatch(urlBlock);
  });

  it('that nobody asked for makes the start take the next free one and print it', async () => {
    await inTurn(async () => {
      await take(3000);
      const start = await countersign(folder, ['start']);
      const [, api] = await start.prints(urlBlock);
      const port = Number(new URL(api ?? '').port);
      expect(port).toBeGreaterThan(3000);
      expect(port).toBeLessThanOrEqual(3100);
      const demo = demoOf(folder, start);
      expect(demo.urls.api).toBe(api);
      expect((await demo.api.request('GET', '/readyz')).status).toBe(200);
      start.kill('SIGTERM');
      expect(await start.ended).toEqual({ code: 0, signal: null });
      expect(await demo.remains()).toEqual([]);
    });
  });
});
