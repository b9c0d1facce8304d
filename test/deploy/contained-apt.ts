import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Writes a configuration by which apt keeps its lists in a folder, and says what it would install without installing
 * it: it reads which packages this machine has, and changes none of them. How packages are fetched is as this machine
 * is set up; what it does after an update (hooks that clean or index) is left out.
 *
 * @returns the file for `APT_CONFIG`
 */
export function containedApt(folder: string): string {
  for (const each of ['lists/partial', 'cache/archives/partial', 'parts']) {
    mkdirSync(join(folder, each), { recursive: true });
  }
  const ofThisMachine = execFileSync('/usr/bin/apt-config', ['dump'], { encoding: 'utf8' })
    .split('\n')
    .filter((line) => line.startsWith('Acquire::'));
  const lines = [
    ...ofThisMachine,
    `Dir::Etc::Parts "${join(folder, 'parts')}";`,
    'Dir::Etc::Main "none";',
    `Dir::State::Lists "${join(folder, 'lists')}";`,
    `Dir::Cache "${join(folder, 'cache')}";`,
    'APT::Get::Simulate "true";',
    'APT::Sandbox::User "root";',
    'Debug::NoLocking "true";',
  ];
  const file = join(folder, 'apt.conf');
  writeFileSync(file, `${lines.join('\n')}\n`);
  return file;
}
