import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { readChildRecords } from '../../src/embedded/child-records.ts';

function argumentsOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
  } catch {
    return execFileSync('ps', ['-ww', '-o', 'args=', '-p', String(pid)], { encoding: 'utf8' });
  }
}

/** Where the embedded Temporal of a running `countersign start` listens, and the flags it was started with. */
export function embeddedTemporal(home: string): { address: string; flags: string } {
  const pid = readChildRecords(home).find(({ name }) => name === 'temporal')?.pid;
  if (pid === undefined) throw new Error(`no Temporal is recorded in ${home}`);
  const flags = argumentsOf(pid);
  const [, ip] = / --ip (\S+)/.exec(flags) ?? [];
  const [, port] = / --port (\d+)/.exec(flags) ?? [];
  if (ip === undefined || port === undefined) throw new Error(`Temporal's address is not in: ${flags}`);
  return { address: `${ip}:${port}`, flags };
}
