import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, it } from 'vitest';
import { identityOf, isAlive, startTimeIn, startTokenOf } from './process-identity.ts';

it('gives one process the same token every time', () => {
  expect(startTokenOf(process.pid)).toBeDefined();
  expect(startTokenOf(process.pid)).toBe(startTokenOf(process.pid));
});

it('takes a living pid with another start token for somebody else', () => {
  const own = identityOf(process.pid);
  expect(own && isAlive(own)).toBe(true);
  expect(isAlive({ pid: process.pid, startToken: 'an earlier boot' })).toBe(false);
});

it('knows that a process has ended', async () => {
  const child = spawn('sleep', ['60']);
  const identity = child.pid === undefined ? undefined : identityOf(child.pid);
  expect(identity).toBeDefined();
  child.kill('SIGKILL');
  await once(child, 'exit');
  expect(identity && isAlive(identity)).toBe(false);
});

const rest = '5167 5167 2688 0 -1 4194304 126 0 0 0 0 0 0 0 20 0 1 0 105802 3932160 552';

it('reads the start of a program whose name holds parentheses and spaces', () => {
  expect(startTimeIn(`5197 (sed) R ${rest}`)).toBe('105802');
  expect(startTimeIn(`5197 (evil) S 1 (x) R ${rest}`)).toBe('105802');
});

it('takes a process that waits to be reaped for one that has ended', () => {
  expect(startTimeIn(`5197 (sed) Z ${rest}`)).toBeUndefined();
});
