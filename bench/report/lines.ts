import type { Chart } from './chart.ts';
import { colourOf, drawing, element, escapeXml, ticksUpTo } from './svg.ts';

export interface Line {
  readonly label: string;
  readonly points: readonly (readonly [number, number])[];
}

const left = 70;
const right = 24;
const top = 48;
const width = 760;
const plotHeight = 260;

/** A chart of lines over a common axis, both axes from 0. */
export function lineChart(options: {
  readonly name: string;
  readonly title: string;
  readonly x: string;
  readonly y: string;
  readonly lines: readonly Line[];
}): Chart {
  const { name, title, lines } = options;
  const points = lines.flatMap((line) => line.points);
  const xTicks = ticksUpTo(Math.max(...points.map(([x]) => x)));
  const yTicks = ticksUpTo(Math.max(...points.map(([, y]) => y)));
  const bottom = top + plotHeight;
  const atX = (x: number) => left + (x / (xTicks.at(-1) ?? 1)) * (width - left - right);
  const atY = (y: number) => bottom - (y / (yTicks.at(-1) ?? 1)) * plotHeight;
  const grid = [
    ...yTicks.map(
      (tick) =>
        element('line', { x1: left, x2: width - right, y1: atY(tick), y2: atY(tick), class: 'grid' }) +
        element(
          'text',
          { x: left - 8, y: atY(tick) + 4, 'text-anchor': 'end', class: 'faint' },
          String(tick),
        ),
    ),
    ...xTicks.map((tick) =>
      element(
        'text',
        { x: atX(tick), y: bottom + 18, 'text-anchor': 'middle', class: 'faint' },
        String(tick),
      ),
    ),
    element('text', { x: width - right, y: bottom + 58, 'text-anchor': 'end', class: 'faint' }, options.x),
    element('text', { x: 20, y: top - 4, class: 'faint' }, options.y),
  ];
  const drawn = lines.map(({ label, points: each }, index) => {
    const path = each.map(([x, y]) => `${atX(x).toFixed(1)},${atY(y).toFixed(1)}`).join(' ');
    const legendX = left + index * 220;
    return (
      element('polyline', { points: path, fill: 'none', stroke: colourOf(index), 'stroke-width': 2 }) +
      element('rect', { x: legendX, y: bottom + 28, width: 12, height: 12, fill: colourOf(index) }) +
      element('text', { x: legendX + 18, y: bottom + 39 }, escapeXml(label))
    );
  });
  const size = { width, height: bottom + 70 };
  const alt = `${title}: ${lines.map(({ label }) => label).join(', ')} over ${options.x}`;
  return { name, alt, svg: drawing(size, title, [...grid, ...drawn].join('')) };
}
