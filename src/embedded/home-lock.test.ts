import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { lockHome } from './home-lock.ts';
import { writeWhole } from './home-folder.ts';

let parent: string;
let home: string;

beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'countersign-lock-'));
  home = join(parent, 'home');
});
afterEach(() => rmSync(parent, { recursive: true, force: true }));

const running: ReturnType<typeof spawn>[] = [];
afterEach(async () => {
  await Promise.all(
    running.splice(0).map(async (child) => {
      if (child.kill('SIGKILL')) await once(child, 'exit');
    }),
  );
});

it('makes the folder for its owner alone', async () => {
  await lockHome(home);
  expect(statSync(home).mode & 0o777).toBe(0o700);
});

it('tells a second start where the first one runs', async () => {
  const first = await lockHome(home);
  if (first.kind === 'busy') expect.unreachable();
  await first.publish({ api: 'http://127.0.0.1:3000' });
  expect(await lockHome(home)).toEqual({
    kind: 'busy',
    pid: process.pid,
    urls: { api: 'http://127.0.0.1:3000' },
  });
});

it('can be taken again once it was released, and a late publish does not take it back', async () => {
  const first = await lockHome(home);
  if (first.kind === 'busy') expect.unreachable();
  await first.release();
  await first.publish({ api: 'late' });
  expect((await lockHome(home)).kind).toBe('locked');
});

it('takes over from a process that was killed, and leaves nothing of it', async () => {
  const claim = { owner: { pid: process.pid, startToken: 'an earlier process' }, held: true, urls: {} };
  writeWhole(join(home, 'lock', `${process.pid}-dead.json`), JSON.stringify(claim));
  expect((await lockHome(home)).kind).toBe('locked');
  expect(readdirSync(join(home, 'lock'))).toHaveLength(1);
});

it('lets exactly one of many simultaneous starts in, also over a dead one', async () => {
  const claim = { owner: { pid: process.pid, startToken: 'an earlier process' }, held: true, urls: {} };
  writeWhole(join(home, 'lock', `${process.pid}-dead.json`), JSON.stringify(claim));
  const starts = await Promise.all(Array.from({ length: 6 }, () => startAndSay()));
  expect(starts.filter((kind) => kind === 'locked')).toHaveLength(1);
  expect(starts.filter((kind) => kind === 'busy')).toHaveLength(5);

  /** A process of its own, which stays alive until all have said how it went. */
  async function startAndSay(): Promise<string> {
    const script = join(parent, 'start.mts');
    const module = new URL('./home-lock.ts', import.meta.url).href;
    writeFileSync(
      script,
      `import { lockHome } from ${JSON.stringify(module)};
       const { kind } = await lockHome(process.argv[2]);
       process.stdout.write(kind);
       process.stdin.resume();`,
    );
    const child = spawn(process.execPath, ['--import', 'tsx', script, home], { cwd: import.meta.dirname });
    running.push(child);
    let said = '';
    child.stdout.on('data', (chunk: Buffer) => {
      said += chunk.toString();
    });
    child.stderr.on('data', (chunk: Buffer) => {
      said += chunk.toString();
    });
    await Promise.race([once(child.stdout, 'data'), once(child, 'exit')]);
    return said;
  }
});

it('says which file to look at when a claim cannot be read', async () => {
  writeWhole(join(home, 'lock', 'odd.json'), '{}');
  await expect(lockHome(home)).rejects.toThrow(/odd\.json is not a claim of ours/);
});
