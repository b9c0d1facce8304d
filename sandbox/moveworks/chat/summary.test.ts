import { expect, test } from 'vitest';
import { summaryOf } from './summary.ts';

test('names what a card of the guide asks about', () => {
  const message = '<b>Pending</b>:<br>- <i>Name</i>: A &amp; B\n- <i>Requisition ID</i>: 14170';
  expect(summaryOf(message)).toEqual({ text: 'A & B, requisition 14170', requisitionId: '14170' });
});

test('falls back to the first line, shortened', () => {
  expect(summaryOf('\n<b>Hello</b> there\nmore')).toEqual({ text: 'Hello there' });
  expect(Array.from(summaryOf('📋'.repeat(300)).text)).toHaveLength(120);
});
