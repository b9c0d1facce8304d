import { existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';

/** From the sources, and from the build, which lies one folder deeper. */
const places = ['../../package.json', '../../../package.json'];

/** This package's version, as its package.json has it. */
export function packageVersion(): string {
  const file = places.map((place) => new URL(place, import.meta.url)).find((place) => existsSync(place));
  if (file === undefined) throw new Error('the package.json of countersign is not where it belongs');
  return z.object({ version: z.string() }).parse(JSON.parse(readFileSync(file, 'utf8'))).version;
}
