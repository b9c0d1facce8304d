import { expect, it } from 'vitest';
import { sameAddress } from './person.ts';

it('addresses are the same whatever their case and the blanks around them', () => {
  expect(sameAddress(' Ana@Example.com', 'ana@example.COM ')).toBe(true);
});

it('addresses are not the same when they differ in a letter', () => {
  expect(sameAddress('ana@example.com', 'anna@example.com')).toBe(false);
});
