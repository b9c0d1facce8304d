import { expect, it } from 'vitest';
import type { Card } from '../../../contract/approval.ts';
import { remember } from './card-memory.ts';
import { at } from './test-values.ts';

const card = (userId: number): Card => ({
  id: `c${userId}`,
  userId,
  factsHash: 'h',
  kind: 'message',
  createdAt: at,
  sent: true,
  live: true,
});

it('forgets no card that asks somebody, however many there are (P7)', () => {
  const cards = Array.from({ length: 400 }, (_, index) => card(index));
  expect(remember(cards, card(400))).toHaveLength(401);
});
