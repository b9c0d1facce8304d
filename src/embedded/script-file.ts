import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Finds a file of the `scripts` folder, from the sources or from a build one folder deeper. */
export function scriptFile(name: string): string {
  const fromSources = fileURLToPath(new URL(`../../scripts/${name}`, import.meta.url));
  const fromBuild = fileURLToPath(new URL(`../../../scripts/${name}`, import.meta.url));
  return existsSync(fromSources) ? fromSources : fromBuild;
}
