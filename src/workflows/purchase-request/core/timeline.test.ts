import { expect, it } from 'vitest';
import { note } from './timeline.ts';
import { minute, order } from './test-purchases.ts';

it('keeps the beginning and the newest of a long story', () => {
  let core = order();
  for (let line = 0; line < 1_000; line += 1) core = note(core, minute(line), `line ${line}`);
  const lines = core.timeline.map(({ text }) => Number(text.slice(5)));
  expect(lines).toHaveLength(200);
  expect(lines.slice(0, 40)).toEqual(Array.from({ length: 40 }, (_, index) => index));
  expect(lines.slice(40)).toEqual(Array.from({ length: 160 }, (_, index) => 840 + index));
});

it('cuts a line that is too long', () => {
  expect(note(order(), minute(0), 'x'.repeat(9_000)).timeline[0]?.text.length).toBeLessThanOrEqual(500);
});
