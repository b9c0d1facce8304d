import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { testFolder, type TestFolder } from '../support/process-folder.ts';
import { demoOf, startDemo, urlBlock, type Demo } from '../support/process-demo.ts';
import { countersign } from '../support/process-launch.ts';
import { inTurn } from '../support/process-turn.ts';

// Starts wait for those of other files, and each takes its time on a busy machine.
vi.setConfig({ testTimeout: 600_000, hookTimeout: 600_000 });

describe('a second start on the same home folder', () => {
  let folder: TestFolder;
  let demo: Demo;
  beforeAll(async () => {
    folder = testFolder();
    demo = await startDemo(folder);
  });
  afterAll(() => {
    folder.remove();
  });

  it('prints the running URLs, ends with 0 and leaves the first alone', async () => {
    const second = await countersign(folder, ['start']);
    expect(await second.ended).toEqual({ code: 0, signal: null });
    expect(second.stdout()).toContain(`Countersign already runs here (process ${demo.start.pid}).`);
    const [, api, temporalUi] = urlBlock.exec(second.stdout()) ?? [];
    expect({ api, temporalUi }).toEqual({ api: demo.urls.api, temporalUi: demo.urls.temporalUi });
    expect(second.stderr()).toBe('');
    const left = await demo.remains();
    expect(left).toEqual([
      ...['start', 'temporal', 'sandbox'],
      ...[demo.urls.api, demo.urls.coupa, demo.urls.moveworks, demo.urls.concur, demo.urls.temporalUi],
    ]);
    const { approvalId } = await demo.coupa.submit({ chain: [201] });
    const answer = await demo.api.press(await demo.moveworks.card(approvalId));
    expect(answer.body.status).toBe('approved');
  });
});

describe('two starts at once on one home folder', () => {
  let folder: TestFolder;
  beforeAll(() => {
    folder = testFolder();
  });
  afterAll(() => {
    folder.remove();
  });

  it('are one that runs and one that ends with 0 and says which', async () => {
    await inTurn(async () => {
      const both = await Promise.all([countersign(folder, ['start']), countersign(folder, ['start'])]);
      const { code, loser } = await Promise.race(
        both.map(async (start) => ({ ...(await start.ended), loser: start })),
      );
      const winner = both.find((start) => start !== loser);
      if (winner === undefined) throw new Error('both have ended');
      expect(code).toBe(0);
      expect(loser.stdout()).toMatch(
        new RegExp(`^Countersign (already runs|is just starting) here \\(process ${winner.pid}\\)`, 'm'),
      );
      await winner.prints(urlBlock);
      const demo = demoOf(folder, winner);
      expect(demo.children.map(({ name }) => name)).toEqual(['temporal', 'sandbox']);
      const { approvalId } = await demo.coupa.submit({ chain: [201] });
      const answer = await demo.api.press(await demo.moveworks.card(approvalId));
      expect(answer.body.status).toBe('approved');
      winner.kill('SIGTERM');
      expect(await winner.ended).toEqual({ code: 0, signal: null });
      expect(await demo.remains()).toEqual([]);
    });
  });
});
