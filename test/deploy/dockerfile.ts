import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

export const repository = fileURLToPath(new URL('../..', import.meta.url));

/** One instruction of a Dockerfile, with its continued lines joined. */
export interface Instruction {
  readonly name: string;
  readonly text: string;
}

/** A build stage: its image, and what is done in it. */
export interface Stage {
  readonly image: string;
  readonly name: string | undefined;
  readonly instructions: readonly Instruction[];
}

/** The stages of the Dockerfile. Throws at an instruction that stands before the first `FROM`. */
export function readStages(): readonly Stage[] {
  const text = readFileSync(`${repository}Dockerfile`, 'utf8').replaceAll(/^\s*#.*\n/gm, '');
  const stages: { image: string; name: string | undefined; instructions: Instruction[] }[] = [];
  for (const line of text.replaceAll(/\\\n/g, ' ').split('\n')) {
    const [, name, rest] = /^([A-Z]+)\s+(.*)$/.exec(line.trim()) ?? [];
    if (name === undefined || rest === undefined) continue;
    if (name === 'FROM') {
      const [, image = '', as] = /^(\S+)(?: AS (\S+))?$/.exec(rest) ?? [];
      stages.push({ image, name: as, instructions: [] });
      continue;
    }
    const stage = stages.at(-1);
    if (stage === undefined) throw new Error(`${name} before the first FROM`);
    stage.instructions.push({ name, text: rest });
  }
  return stages;
}

/** The words of an instruction in its JSON form, as `CMD ["start"]`. Throws when it is missing or a shell line. */
export function wordsOf({ instructions }: Stage, name: string): string[] {
  const found = instructions.findLast((instruction) => instruction.name === name);
  const json = /\[.*\]$/.exec(found?.text ?? '')?.[0];
  if (json === undefined) throw new Error(`no ${name} in the JSON form`);
  return z.array(z.string()).parse(JSON.parse(json));
}

/** The variables that a stage sets. */
export function environmentOf({ instructions }: Stage): Record<string, string> {
  const pairs = instructions
    .filter(({ name }) => name === 'ENV')
    .flatMap(({ text }) => text.split(/\s+/))
    .map((pair) => /^(\w+)=(.*)$/.exec(pair))
    .map((match) => [match?.[1] ?? '', match?.[2] ?? ''] as const);
  return Object.fromEntries(pairs);
}

/**
 * Whether .dockerignore keeps a file out of the build: the last pattern that fits it, or a folder above it, decides.
 * Knows the forms that the file uses: names, `*` and `**` with a slash behind it, and `!` in front.
 */
export function createIgnore(text: string): (file: string) => boolean {
  const patterns = text
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => {
      const source = line
        .replace(/^!/, '')
        .replaceAll(/[.+^${}()|[\]\\?]/g, String.raw`\$&`)
        .replaceAll('**/', '(.*/)#')
        .replaceAll('*', '[^/]*')
        .replaceAll('(.[^/]*/)#', '(.*/)?');
      return { keeps: line.startsWith('!'), fits: new RegExp(`^${source}(/.*)?$`) };
    });
  return (file) => patterns.findLast(({ fits }) => fits.test(file))?.keeps !== true;
}
