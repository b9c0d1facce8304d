import { plain } from './plain.ts';

function widthOf(text: string): number {
  return Array.from(text).length;
}

function pad(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - widthOf(text)));
}

/** Columns of texts under their titles. What is missing shows as `-`. */
export function table(titles: readonly string[], rows: readonly (readonly (string | undefined)[])[]): string {
  const cells = [titles, ...rows.map((row) => titles.map((_, column) => plain(row[column] ?? '') || '-'))];
  const widths = titles.map((_, column) =>
    cells.reduce((widest, row) => Math.max(widest, widthOf(row[column] ?? '')), 0),
  );
  return cells
    .map((row) =>
      row
        .map((cell, column) => pad(cell, widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** Lines of a name and its value, indented; those without a value are left out. */
export function facts(pairs: readonly (readonly [string, string | undefined])[]): string[] {
  const there = pairs.flatMap(([name, value]) =>
    value === undefined ? [] : [[name, plain(value)] as const],
  );
  const width = there.reduce((widest, [name]) => Math.max(widest, name.length), 0);
  return there.map(([name, value]) => `  ${name.padEnd(width)}  ${value}`);
}
