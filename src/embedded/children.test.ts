import {
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { addChildRecord, readChildRecords } from './child-records.ts';
import { waitUntilReady } from './child-ready.ts';
import { startChild } from './children.ts';
import type { ChildHandle } from './children.ts';
import { stopOrphans } from './orphans.ts';
import { identityOf, isAlive } from './process-identity.ts';

let home: string;
const started: ChildHandle[] = [];

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'countersign-children-'));
});
afterEach(async () => {
  await Promise.all(started.splice(0).map((child) => child.stop(0)));
  rmSync(home, { recursive: true, force: true });
});

async function shell(script: string): Promise<ChildHandle> {
  const child = await startChild({
    name: 'shell',
    command: 'bash',
    args: ['-c', script],
    env: { PATH: process.env['PATH'] },
    home,
  });
  started.push(child);
  return child;
}

const logOf = (child: ChildHandle): string => readFileSync(child.logFile, 'utf8');
const says = (child: ChildHandle, word: string) => (): Promise<boolean> =>
  Promise.resolve(logOf(child).includes(word));

describe('startChild', () => {
  it('records the child while it lives, and forgets it when it ends', async () => {
    const child = await shell('exec sleep 60');
    expect(readChildRecords(home)).toEqual([{ name: 'shell', ...identityOf(child.pid) }]);
    expect(statSync(join(home, 'children.json')).mode & 0o777).toBe(0o600);
    await child.stop(5_000);
    expect(readChildRecords(home)).toEqual([]);
  });

  it('appends both outputs to a log that only its owner reads', async () => {
    expect(await (await shell('echo one; echo two >&2; exit 3')).exited).toBe(3);
    const child = await shell('echo three');
    await child.exited;
    expect(logOf(child)).toBe('one\ntwo\nthree\n');
    expect(statSync(child.logFile).mode & 0o777).toBe(0o600);
  });

  it('empties a log that has outgrown 10 MB', async () => {
    const first = await shell('echo old');
    await first.exited;
    truncateSync(first.logFile, 10 * 1024 * 1024 + 1);
    const child = await shell('echo new');
    await child.exited;
    expect(logOf(child)).toBe('new\n');
  });

  it('refuses in one sentence when there is no such command', async () => {
    await expect(
      startChild({ name: 'nothing', command: '/nowhere/at-all', args: [], env: {}, home }),
    ).rejects.toThrow('nothing could not be started: spawn /nowhere/at-all ENOENT.');
    expect(readChildRecords(home)).toEqual([]);
  });

  it('hands down no variable that it was not given', async () => {
    process.env['COUNTERSIGN_TEST_SECRET'] = 'leaked';
    const child = await shell('env');
    await child.exited;
    delete process.env['COUNTERSIGN_TEST_SECRET'];
    expect(logOf(child)).toContain('PATH=');
    expect(logOf(child)).not.toContain('leaked');
  });
});

describe('stop', () => {
  it('lets the child end in its own way first', async () => {
    const child = await shell('trap "echo bye; exit 7" TERM; echo up; while :; do sleep 0.05; done');
    await waitUntilReady(child, says(child, 'up'), { timeoutMs: 10_000 });
    await child.stop(10_000);
    expect(logOf(child)).toBe('up\nbye\n');
    expect(await child.exited).toBe(7);
  });

  it('ends a deaf child after the grace, with all it started', async () => {
    const child = await shell('trap "" TERM; sleep 60 & echo "pid $!"; while :; do sleep 0.05; done');
    await waitUntilReady(child, says(child, 'pid '), { timeoutMs: 10_000 });
    const grandchild = identityOf(Number(/pid (\d+)/.exec(logOf(child))?.[1]));
    await Promise.all([child.stop(100), child.stop(100)]);
    expect(await child.exited).toBeNull();
    await expect.poll(() => grandchild && isAlive(grandchild)).toBe(false);
  });
});

describe('waitUntilReady', () => {
  it('gives up with the end of the log as soon as the child ends', async () => {
    const child = await shell('for i in $(seq 30); do echo "line $i"; done; exit 1');
    const waiting = waitUntilReady(child, () => Promise.resolve(false), { timeoutMs: 60_000 });
    await expect(waiting).rejects.toThrow(/^shell ended before it was ready[^]*:\nline 11\n[^]*line 30$/);
  });

  it('does not take the answer of a stranger for that of a child that has ended', async () => {
    const child = await shell('exit 0');
    await child.exited;
    await expect(waitUntilReady(child, () => Promise.resolve(true), { timeoutMs: 1_000 })).rejects.toThrow(
      /ended/,
    );
  });

  it('gives up when the time is over', async () => {
    const child = await shell('echo still here; exec sleep 60');
    await waitUntilReady(child, says(child, 'still'), { timeoutMs: 10_000 });
    const waiting = waitUntilReady(child, () => Promise.resolve(false), { timeoutMs: 100 });
    await expect(waiting).rejects.toThrow(/was not ready within 100 ms[^]*still here$/);
  });
});

describe('stopOrphans', () => {
  it('stops what an earlier run left behind, and names it', async () => {
    const child = await shell('exec sleep 60');
    expect(await stopOrphans(home)).toEqual(['shell']);
    await child.exited;
    expect(readChildRecords(home)).toEqual([]);
    expect(await stopOrphans(home)).toEqual([]);
  });

  it('leaves a stranger alone that has got the same pid since', async () => {
    const child = await shell('exec sleep 60');
    const elsewhere = join(home, 'elsewhere');
    addChildRecord(elsewhere, { name: 'stranger', pid: child.pid, startToken: 'an earlier boot' });
    expect(await stopOrphans(elsewhere)).toEqual([]);
    expect(identityOf(child.pid)).toBeDefined();
    expect(readChildRecords(elsewhere)).toEqual([]);
  });

  it('finds nothing to stop in a folder without records, or with unreadable ones', async () => {
    expect(await stopOrphans(home)).toEqual([]);
    expect(existsSync(join(home, 'children.json'))).toBe(false);
    writeFileSync(join(home, 'children.json'), '{ not json');
    expect(await stopOrphans(home)).toEqual([]);
  });
});
