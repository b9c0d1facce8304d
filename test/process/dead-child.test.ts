import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { signalProcess } from '../../src/embedded/signals.ts';
import { testFolder, type TestFolder } from '../support/process-folder.ts';
import { startDemo, type Demo } from '../support/process-demo.ts';

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

describe('a start whose child is killed', () => {
  it.each(['temporal', 'sandbox'])(
    'says that %s has ended and where its log is, and stops the rest',
    async (name) => {
      const child = demo.children.find((each) => each.name === name);
      if (child === undefined) throw new Error(`no child ${name}`);
      const ended = await demo.end(() => signalProcess(child.pid, 'SIGKILL'));
      expect(ended).toEqual({ code: 1, signal: null, remains: [] });
      const log = `${folder.home}/logs/${name}.log`;
      expect(demo.start.stderr()).toContain(`${name} has ended by itself; its log is ${log}.\n`);
    },
  );

  it('starts again afterwards with what waited', async () => {
    const { approvalId } = await demo.coupa.submit({ chain: [201] });
    const reference = await demo.moveworks.card(approvalId);
    const temporal = demo.children.find(({ name }) => name === 'temporal');
    if (temporal === undefined) throw new Error('no child temporal');
    signalProcess(temporal.pid, 'SIGKILL');
    await demo.start.ended;
    demo = await startDemo(folder);
    expect((await demo.api.press(reference)).body.status).toBe('approved');
  });
});
