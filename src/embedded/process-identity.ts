import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { z } from 'zod';

/** A process for good: a pid alone may belong to somebody else after a reboot or a long while. */
export const processIdentity = z.object({
  pid: z.int().positive(),
  startToken: z.string().min(1),
});

export type ProcessIdentity = z.infer<typeof processIdentity>;

/**
 * Says when a process started, as an opaque token that no other process with the same pid will ever have.
 * On Linux from /proc (field 22 of `stat`, proc_pid_stat(5), and the boot's id, since the field counts from boot);
 * elsewhere from `ps`.
 *
 * @returns undefined when no such process runs; one that has ended but was not reaped yet counts as gone
 */
export function startTokenOf(pid: number): string | undefined {
  return process.platform === 'linux' ? tokenFromProc(pid) : tokenFromPs(pid);
}

/** Names the process that runs now under a pid; undefined when there is none. */
export function identityOf(pid: number): ProcessIdentity | undefined {
  const startToken = startTokenOf(pid);
  return startToken === undefined ? undefined : { pid, startToken };
}

/** Whether this very process still runs: not merely one with the same pid. */
export function isAlive({ pid, startToken }: ProcessIdentity): boolean {
  return startTokenOf(pid) === startToken;
}

function tokenFromProc(pid: number): string | undefined {
  let stat: string;
  try {
    stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  } catch {
    return undefined;
  }
  const startTime = startTimeIn(stat);
  if (startTime === undefined) return undefined;
  const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  return `${boot}/${startTime}`;
}

/** Reads field 22, the start time, of a /proc/<pid>/stat line; undefined when the process has ended. */
export function startTimeIn(stat: string): string | undefined {
  // The second field is the program's name in parentheses, and may itself hold spaces and parentheses.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [state, startTime] = [fields[0], fields[19]];
  return state === 'Z' || state === 'X' ? undefined : startTime;
}

function tokenFromPs(pid: number): string | undefined {
  const { status, stdout } = spawnSync('ps', ['-o', 'stat=,lstart=', '-p', String(pid)], {
    encoding: 'utf8',
    // `lstart` follows the locale and the zone: the same process must read the same from every shell.
    env: { PATH: process.env['PATH'], LC_ALL: 'C', TZ: 'UTC' },
  });
  const line = stdout.trim();
  if (status !== 0 || line === '' || line.startsWith('Z')) return undefined;
  return line.replace(/^\S+\s+/, '');
}
