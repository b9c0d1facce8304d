import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';

/** Each process of the machine as [pid, parent's pid]. */
function everyProcess() {
  if (!existsSync('/proc/self/stat')) {
    const { stdout = '' } = spawnSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' });
    return stdout.split('\n').map((line) => line.trim().split(/\s+/).map(Number));
  }
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
        // The name in parentheses may hold spaces, and parentheses: after it come the state and the parent.
        return [[Number(pid), Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1])]];
      } catch {
        return [];
      }
    });
}

/** The ids of all processes below one, nearest first, in whatever process groups they are. */
export function descendants(pid) {
  const all = everyProcess();
  const found = [pid];
  for (const parent of found) {
    for (const [child, parentOfChild] of all) {
      if (parentOfChild === parent && !found.includes(child)) found.push(child);
    }
  }
  return found.slice(1);
}
