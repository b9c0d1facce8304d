import { spawnSync } from 'node:child_process';
import { repository } from './dockerfile.ts';

let usage: string | undefined;

/** The commands that the program says it has, each of which it takes by that name. */
export function commandsOfProgram(): string[] {
  usage ??= spawnSync(
    process.execPath,
    ['--import', import.meta.resolve('tsx'), `${repository}src/cli/main.ts`, '--help'],
    { encoding: 'utf8' },
  ).stdout;
  return [...usage.matchAll(/^ {2}(\w+) {2,}\S/gm)].map(([, name = '']) => name);
}
