import type { Table } from '../experiment.ts';

/** A table for a terminal: columns lined up. */
export function plainTable({ title, columns, rows }: Table): string {
  const all = [columns, ...rows];
  const widths = columns.map((_, index) => Math.max(...all.map((row) => (row[index] ?? '').length)));
  const line = (row: readonly string[]) =>
    `  ${widths.map((width, index) => (row[index] ?? '').padEnd(width)).join('  ')}`.trimEnd();
  return [
    `\n${title}`,
    line(columns),
    line(widths.map((width) => '-'.repeat(width))),
    ...rows.map(line),
  ].join('\n');
}

/** A table for a Markdown page. */
export function markdownTable({ title, columns, rows }: Table): string {
  const line = (row: readonly string[]) =>
    `| ${columns.map((_, index) => (row[index] ?? '').replaceAll('|', '\\|')).join(' | ')} |`;
  return [`**${title}**`, '', line(columns), line(columns.map(() => '---')), ...rows.map(line)].join('\n');
}
