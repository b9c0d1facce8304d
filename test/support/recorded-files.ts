import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { recordedHistory, toText, type RecordedHistory } from './recorded-history.ts';

const root = fileURLToPath(new URL('../replay/histories', import.meta.url));

/** A recorded run, by the name of its file: `<group>/<scenario>` or, of several runs, `<group>/<scenario>.<n>`. */
export interface RecordedRun {
  readonly name: string;
  readonly text: string;
  readonly history: RecordedHistory;
}

/** Every recorded run, by name. */
export function recordedRuns(): RecordedRun[] {
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' });
  return files
    .filter((file) => file.endsWith('.json'))
    .toSorted()
    .map((file) => {
      const text = readFileSync(join(root, file), 'utf8');
      return { name: file.slice(0, -'.json'.length), text, history: recordedHistory.parse(JSON.parse(text)) };
    });
}

function remove(group: string, isMeant: (scenario: string) => boolean): void {
  mkdirSync(join(root, group), { recursive: true });
  for (const file of readdirSync(join(root, group))) {
    if (isMeant(file.split('.')[0] ?? '')) rmSync(join(root, group, file));
  }
}

/** Writes the runs of one scenario in place of those recorded before. */
export function writeRuns(group: string, scenario: string, runs: readonly RecordedHistory[]): void {
  remove(group, (each) => each === scenario);
  for (const [index, run] of runs.entries()) {
    const name = runs.length === 1 ? scenario : `${scenario}.${index + 1}`;
    const path = join(root, group, `${name}.json`);
    writeFileSync(path, toText(run));
  }
}

/** Removes what no scenario of the group records any more. */
export function keepOnly(group: string, scenarios: ReadonlySet<string>): void {
  remove(group, (each) => !scenarios.has(each));
}
