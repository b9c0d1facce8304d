import { expect, test } from 'vitest';
import { fillMarkers } from './page.ts';

const page = 'before\n\n<!-- bench:cost -->\nold\n<!-- /bench:cost -->\n\nafter\n';

test('replaces what stands between the markers and keeps the rest, however often', () => {
  const once = fillMarkers(page, 'cost', 'new');
  expect(once).toBe('before\n\n<!-- bench:cost -->\n\nnew\n\n<!-- /bench:cost -->\n\nafter\n');
  expect(fillMarkers(once, 'cost', 'new')).toBe(once);
});

test('refuses a page without a place for it', () => {
  expect(() => fillMarkers(page, 'floor', 'new')).toThrow('floor');
});
