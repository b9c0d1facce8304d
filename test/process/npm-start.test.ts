import { execFile } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { copyRepository } from '../support/process-copy.ts';
import { demoOf, somePort, urlBlock, type Demo } from '../support/process-demo.ts';
import { testFolder, type TestFolder } from '../support/process-folder.ts';
import { launch, launchEnv } from '../support/process-launch.ts';
import { inTurn } from '../support/process-turn.ts';

// Starts wait for those of other files, and each takes its time on a busy machine.
vi.setConfig({ testTimeout: 600_000, hookTimeout: 600_000 });

/** An install of everything, on a busy machine. */
const longMs = 600_000;
const pressLine = /^ *(curl -X POST -H 'Authorization: Bearer \S+' \S+\/approvals\/(\d+)\.\S+\/approve)$/m;
const submitLine = /^ *(curl -X POST -H 'Content-Type: application\/json' -d '\{\}' \S+)$/m;

let folder: TestFolder;
let clone: string;
let demo: Demo;
beforeAll(() => {
  folder = testFolder();
  clone = join(folder.path, 'clone');
  copyRepository(clone);
});
afterAll(() => {
  folder.remove();
});

/** `npm start` in the clone, as typed into a terminal: npm leads the process group. */
async function npmStart(): Promise<Demo> {
  const env = {
    ...(await launchEnv(folder)),
    PORT: String(await somePort()),
    npm_config_prefer_offline: 'true',
  };
  return inTurn(async () => {
    const npm = launch(folder, 'npm', ['start'], { env, cwd: clone });
    await npm.prints(urlBlock, longMs);
    return demoOf(folder, npm);
  });
}

async function shell(line: string): Promise<Record<string, unknown>> {
  const { stdout } = await promisify(execFile)('sh', ['-c', line]);
  return JSON.parse(stdout) as Record<string, unknown>;
}

describe('npm start in a fresh clone', () => {
  it('installs what is missing and prints the block of URLs', async () => {
    expect(existsSync(join(clone, 'node_modules'))).toBe(false);
    demo = await npmStart();
    expect(demo.start.stdout()).toContain('Countersign runs with its sandbox: no vendor is configured.');
    for (const url of Object.values(demo.urls)) {
      if (url !== demo.urls.apiKey) expect(demo.start.stdout()).toContain(url);
    }
    expect(statSync(join(folder.home, 'demo.json')).mode & 0o777).toBe(0o600);
    expect(existsSync(join(clone, 'node_modules', '.countersign-stamp'))).toBe(true);
  });

  it('prints a line that approves the waiting requisition when a shell runs it', async () => {
    const [, line = '', id] = await demo.start.prints(pressLine);
    expect(await shell(line)).toMatchObject({ status: 'approved', approvalId: Number(id) });
    const { requisitions } = await demo.coupa.state();
    const row = requisitions.flatMap(({ approvals }) => approvals).find((each) => each.id === Number(id));
    expect(row).toMatchObject({ status: 'approved', approvedById: 900 });
  });

  it('prints a line that submits another, whose card arrives', async () => {
    const [, line = ''] = await demo.start.prints(submitLine);
    const { approvalId } = await shell(line);
    await demo.moveworks.card(Number(approvalId));
  });

  it('hands an approved requisition on to the next approver', async () => {
    const { approvalId, requisitionId } = await demo.coupa.submit({ chain: [201, 202] });
    expect((await demo.api.press(await demo.moveworks.card(approvalId))).body.status).toBe('approved');
    const next = (await demo.coupa.requisition(requisitionId)).currentApprovalId ?? 0;
    await demo.moveworks.card(next);
    expect((await demo.moveworks.cards(next))[0]?.recipients).toEqual(['bo.ss@example.test']);
  });

  it('stops with all it started when npm is told to end', async () => {
    const { remains } = await demo.end(() => demo.start.kill('SIGTERM'));
    expect(remains).toEqual([]);
    expect(demo.start.stdout()).toContain('Stopping ...');
  });

  it('stops in good order at a Ctrl-C, which reaches it more than once, and keeps what waits', async () => {
    demo = await npmStart();
    const { approvalId } = await demo.coupa.submit({ chain: [201] });
    const reference = await demo.moveworks.card(approvalId);
    const { remains } = await demo.end(() => demo.start.killGroup('SIGINT'));
    expect(remains).toEqual([]);
    expect(demo.start.stdout()).toContain('Stopping ...');

    demo = await npmStart();
    expect(demo.start.stderr()).not.toContain('left over');
    expect((await demo.api.press(reference)).body).toMatchObject({ status: 'approved' });
    const { remains: atLast } = await demo.end(() => demo.start.killGroup('SIGINT'));
    expect(atLast).toEqual([]);
  });
});
