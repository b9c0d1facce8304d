import { readFileSync } from 'node:fs';
import { relative, sep } from 'node:path';

/** Folders with a row of their own, besides those right under `src`. */
const ownRows = ['src/workflows/approval/core'];

function rowOf(file) {
  return ownRows.find((folder) => file.startsWith(`${folder}/`)) ?? file.split('/').slice(0, 2).join('/');
}

function percent({ covered, total }) {
  // Rounded down: only what is covered wholly may say 100.
  return total === 0 ? 100 : Math.floor((covered / total) * 1_000) / 10;
}

/** The share of lines that tests ran, a row for each folder, from Istanbul's `json-summary` of one run. */
export function coverageTable(summaryFile, root) {
  const rows = new Map();
  for (const [path, { lines }] of Object.entries(JSON.parse(readFileSync(summaryFile, 'utf8')))) {
    const name = path === 'total' ? 'all' : rowOf(relative(root, path).split(sep).join('/'));
    const row = rows.get(name) ?? { covered: 0, total: 0 };
    rows.set(name, {
      covered: row.covered + lines.covered,
      total: row.total + lines.total,
    });
  }
  return [...rows]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, row]) => {
      const share = percent(row).toFixed(1).padStart(6);
      return `${name.padEnd(30)}${share} %  ${String(row.covered).padStart(5)} of ${row.total} lines`;
    })
    .join('\n');
}
