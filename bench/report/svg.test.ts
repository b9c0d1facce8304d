import { expect, test } from 'vitest';
import { barChart } from './bars.ts';
import { lineChart } from './lines.ts';
import { ticksUpTo } from './svg.ts';

test('takes round numbers for an axis, up to the highest value at least', () => {
  expect(ticksUpTo(80)).toEqual([0, 20, 40, 60, 80]);
  expect(ticksUpTo(0.93)).toEqual([0, 0.2, 0.4, 0.6, 0.8, 1]);
  expect(ticksUpTo(10_001).at(-1)).toBe(15_000);
  expect(ticksUpTo(0)).toEqual([0, 1]);
});

test('draws a bar twice as long for twice the value', () => {
  const bars = [
    { label: 'one', value: 20 },
    { label: 'two', value: 40 },
  ];
  const { svg, alt } = barChart({ name: 'n', title: 'T', unit: 'ms', bars });
  const widths = [...svg.matchAll(/<rect [^>]*width="([\d.]+)" height="18"/g)].map(([, each]) =>
    Number(each),
  );
  expect(widths[1]).toBeCloseTo(2 * (widths[0] ?? 0), 0);
  expect(alt).toBe('T: one 20.0 ms, two 40.0 ms');
});

test('escapes what it is told to write', () => {
  const line = { label: '<b>&"', points: [[0, 0] as const, [1, 2] as const] };
  const { svg } = lineChart({ name: 'n', title: 'a < b', x: 'x', y: 'y', lines: [line] });
  expect(svg).toContain('&lt;b&gt;&amp;&quot;');
  expect(svg).toContain('aria-label="a &lt; b"');
});
