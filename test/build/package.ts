import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { z } from 'zod';
import { copyRepository } from '../support/process-copy.ts';
import type { TestFolder } from '../support/process-folder.ts';
import { launchEnv } from '../support/process-launch.ts';

export const root = fileURLToPath(new URL('../..', import.meta.url));

const run = promisify(execFile);
const lockFile = z.looseObject({
  packages: z.record(z.string(), z.looseObject({ dev: z.boolean().optional() })),
});

/** `npm run build`, into another folder than the `dist` that somebody may be using. */
export async function build(out: string): Promise<void> {
  await run(process.execPath, [join(root, 'scripts', 'build.mjs'), '--out', out]);
}

/** The files below a folder, by their paths from there. */
export function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .toSorted();
}

/** Builds and packs a copy of the repository. Returns the tarball. */
async function pack(folder: TestFolder): Promise<string> {
  const copy = join(folder.path, 'copy');
  copyRepository(copy);
  await build(join(copy, 'dist'));
  // Without scripts: `prepack` would install everything that a build needs once more.
  const args = ['pack', '--ignore-scripts', '--pack-destination', folder.path];
  const { stdout } = await run('npm', args, { cwd: copy, env: await launchEnv(folder) });
  return join(folder.path, stdout.trim());
}

/** What our lock file says of the packages that running needs: an install takes these, as long as they fit. */
function productionLock(name: string): string {
  const lock = lockFile.parse(JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')));
  const needed = Object.entries(lock.packages).filter(([path, entry]) => path !== '' && entry.dev !== true);
  return JSON.stringify({ ...lock, name, packages: { '': { name }, ...Object.fromEntries(needed) } });
}

/** The package as somebody has it who ran `npm install <tarball>` in an empty folder. */
export interface InstalledPackage {
  /** The folder with the install. */
  readonly place: string;
  /** The package's own folder in there. */
  readonly path: string;
}

/** Builds, packs and installs the package in `folder`. */
export async function installPackage(folder: TestFolder): Promise<InstalledPackage> {
  const tarball = await pack(folder);
  const place = join(folder.path, 'place');
  mkdirSync(place);
  writeFileSync(join(place, 'package.json'), JSON.stringify({ name: 'place', private: true }));
  writeFileSync(join(place, 'package-lock.json'), productionLock('place'));
  const args = ['install', '--prefer-offline', '--no-audit', '--no-fund', relative(place, tarball)];
  await run('npm', args, { cwd: place, env: await launchEnv(folder) });
  return { place, path: join(place, 'node_modules', 'countersign') };
}

/** The files that the sandbox's pages serve. */
export function assets(): string[] {
  return filesIn(join(root, 'sandbox'))
    .filter((file) => dirname(file).endsWith('assets'))
    .map((file) => join('sandbox', file));
}
