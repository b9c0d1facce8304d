import { expect, it } from 'vitest';
import { at, newCore } from './test-values.ts';
import { tell } from './timeline.ts';

it('the story keeps its newest two hundred lines', () => {
  const lines = Array.from({ length: 201 }, (_, index) => `line ${index}`);
  const { timeline } = lines.reduce((core, text) => tell(core, at, text), newCore);
  expect(timeline.map((entry) => entry.text)).toEqual(lines.slice(1));
});
