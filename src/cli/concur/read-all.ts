import type { Talk } from './talk.ts';

/** Every row of a list that comes in pages; says how far it is where somebody watches. */
export async function readAll<T>(pages: AsyncIterable<readonly T[]>, what: string, talk: Talk): Promise<T[]> {
  const rows: T[] = [];
  for await (const page of pages) {
    rows.push(...page);
    talk.progress(`Reading ${what}: ${rows.length} ...`);
  }
  talk.progress('');
  return rows;
}
