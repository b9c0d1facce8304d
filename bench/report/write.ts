import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import prettier from 'prettier';
import type { Experiment, Outcome } from '../experiment.ts';
import { figureTable } from './figures.ts';
import type { Machine } from './machine.ts';
import { fillMarkers } from './page.ts';
import { markdownTable } from './tables.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const results = join(root, 'bench', 'results');
const page = join(root, 'docs', 'performance.md');

/** Where a run leaves what it measured. A quick one leaves the committed page alone and fills a copy of it. */
export interface Places {
  readonly resultFile: string;
  readonly page: string;
  readonly charts: string;
  /** Where experiments with a file of their own leave it. */
  readonly ownFiles: string;
}

export function placesOf(startedAt: Date, quick: boolean): Places {
  if (quick) {
    const folder = join(results, 'quick');
    return {
      resultFile: join(folder, 'result.json'),
      page: join(folder, 'performance.md'),
      charts: join(folder, 'images'),
      ownFiles: folder,
    };
  }
  const name = startedAt.toISOString().slice(0, 19).replaceAll(':', '');
  return {
    resultFile: join(results, `${name}Z.json`),
    page,
    charts: join(root, 'docs', 'images'),
    ownFiles: results,
  };
}

async function writeFormatted(file: string, text: string): Promise<void> {
  const options = await prettier.resolveConfig(page);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, await prettier.format(text, { ...options, filepath: file }));
}

export interface Measured {
  readonly experiment: Experiment;
  readonly outcome: Outcome;
  readonly tookMs: number;
}

/** The whole run as JSON: machine, versions, date, settings, figures, samples. */
export function writeResults(
  resultFile: string,
  run: { startedAt: Date; quick: boolean; machine: Machine; measured: readonly Measured[] },
): Promise<void> {
  const { startedAt, quick, machine, measured } = run;
  const experiments = Object.fromEntries(
    measured.map(({ experiment, outcome: { charts: _, ...outcome }, tookMs }) => [
      experiment.name,
      { tookS: Math.round(tookMs / 1_000), ...outcome },
    ]),
  );
  const content = { date: startedAt.toISOString(), quick, machine, experiments };
  return writeFormatted(resultFile, JSON.stringify(content, null, 2));
}

function machineLine(startedAt: Date, machine: Machine): string {
  const { cpu, cores, memoryGiB, node, temporalServer, temporalSdk, loadBefore } = machine;
  return (
    `Measured on ${startedAt.toISOString().slice(0, 10)}: ${cpu}, ${cores} cores, ${memoryGiB} GiB, ` +
    `Node ${node}, ${temporalServer}, SDK ${temporalSdk}; load before the run ${loadBefore}.`
  );
}

/** Fills the page's place for one experiment: what was measured, on what, the tables and the charts. */
export async function writePage(
  places: Places,
  run: { startedAt: Date; machine: Machine; measured: Measured },
): Promise<void> {
  const { startedAt, machine, measured } = run;
  const { experiment, outcome } = measured;
  const charts = outcome.charts.map(({ name, alt, svg }) => {
    const file = join(places.charts, `performance-${name}.svg`);
    mkdirSync(places.charts, { recursive: true });
    writeFileSync(file, svg);
    return `![${alt}](${relative(dirname(places.page), file)})`;
  });
  const content = [
    machineLine(startedAt, machine),
    markdownTable(figureTable(experiment.title, outcome.figures)),
    ...charts,
    ...outcome.tables.map(markdownTable),
  ].join('\n\n');
  await writeFormatted(places.page, fillMarkers(readPage(places), experiment.name, content));
}

/** A quick run begins its copy with the committed page. */
function readPage(places: Places): string {
  try {
    return readFileSync(places.page, 'utf8');
  } catch {
    return readFileSync(page, 'utf8');
  }
}
