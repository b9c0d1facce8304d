import type { Chart } from './chart.ts';
import { colourOf, drawing, element, escapeXml, ticksUpTo } from './svg.ts';

export interface Bar {
  readonly label: string;
  readonly value: number;
  /** Bars of one group share a colour. */
  readonly group?: number;
  /** What repeated runs gave, smallest and largest: drawn as a whisker. */
  readonly spread?: readonly [number, number] | undefined;
}

const left = 230;
const right = 90;
const top = 48;
const rowHeight = 30;
const width = 760;

/** A chart of horizontal bars, with lines for targets. */
export function barChart(options: {
  readonly name: string;
  readonly title: string;
  readonly unit: string;
  readonly bars: readonly Bar[];
  readonly targets?: readonly { readonly label: string; readonly value: number }[];
}): Chart {
  const { name, title, unit, bars, targets = [] } = options;
  const highest = Math.max(
    ...bars.flatMap(({ value, spread }) => [value, spread?.[1] ?? 0]),
    ...targets.map(({ value }) => value),
  );
  const ticks = ticksUpTo(highest);
  const scale = (value: number) => left + (value / (ticks.at(-1) ?? 1)) * (width - left - right);
  const bottom = top + bars.length * rowHeight;
  const grid = ticks.map((tick) => {
    const x = scale(tick);
    return (
      element('line', { x1: x, x2: x, y1: top, y2: bottom, class: 'grid' }) +
      element('text', { x, y: bottom + 18, 'text-anchor': 'middle', class: 'faint' }, String(tick))
    );
  });
  const rows = bars.map(({ label, value, group = 0, spread }, index) => {
    const y = top + index * rowHeight + rowHeight / 2;
    const end = scale(value);
    const whisker =
      spread === undefined
        ? ''
        : element('line', { x1: scale(spread[0]), x2: scale(spread[1]), y1: y, y2: y, stroke: '#24292f' });
    const labelEnd = Math.max(end, spread === undefined ? end : scale(spread[1]));
    return (
      element('text', { x: left - 10, y: y + 4, 'text-anchor': 'end' }, escapeXml(label)) +
      element('rect', { x: left, y: y - 9, width: end - left, height: 18, rx: 2, fill: colourOf(group) }) +
      whisker +
      element('text', { x: labelEnd + 6, y: y + 4 }, escapeXml(`${roundFor(value)} ${unit}`))
    );
  });
  const lines = targets.map(({ label, value }, index) => {
    const x = scale(value);
    return (
      element('line', { x1: x, x2: x, y1: top - 4, y2: bottom, class: 'target' }) +
      element(
        'text',
        { x, y: bottom + 34 + index * 15, 'text-anchor': 'middle', class: 'target-text' },
        escapeXml(label),
      )
    );
  });
  const height = bottom + 32 + targets.length * 15;
  const content = [...grid, ...rows, ...lines].join('');
  const alt = `${title}: ${bars.map(({ label, value }) => `${label} ${roundFor(value)} ${unit}`).join(', ')}`;
  return { name, alt, svg: drawing({ width, height }, title, content) };
}

function roundFor(value: number): string {
  return value.toFixed(value >= 100 ? 0 : value >= 10 ? 1 : 2);
}
