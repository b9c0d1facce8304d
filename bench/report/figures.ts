import type { Figure, Table } from '../experiment.ts';

function digitsFor(value: number): number {
  return Number.isInteger(value) ? 0 : Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2;
}

function written(value: number, { unit, digits }: Figure): string {
  const text = value.toFixed(digits ?? digitsFor(value));
  return unit === '' ? text : `${text} ${unit}`;
}

/** Whether a figure keeps its target; undefined for one that has none. */
export function isMet({ value, target }: Figure): boolean | undefined {
  if (target === undefined) return undefined;
  return 'atMost' in target ? value <= target.atMost : value >= target.atLeast;
}

function targetOf(figure: Figure): string {
  const { target } = figure;
  if (target === undefined) return '';
  return 'atMost' in target
    ? `at most ${written(target.atMost, { ...figure, digits: digitsFor(target.atMost) })}`
    : `at least ${written(target.atLeast, { ...figure, digits: digitsFor(target.atLeast) })}`;
}

/** Figures with their targets beside them, and whether each is met. */
export function figureTable(title: string, figures: readonly Figure[]): Table {
  return {
    title,
    columns: ['figure', 'measured', 'spread', 'target', ''],
    rows: figures.map((figure) => {
      const met = isMet(figure);
      const { spread } = figure;
      return [
        figure.name,
        written(figure.value, figure),
        spread === undefined
          ? ''
          : `${written(spread[0], { ...figure, unit: '' })} to ${written(spread[1], figure)}`,
        targetOf(figure),
        met === undefined ? '' : met ? 'met' : 'missed',
      ];
    }),
  };
}
