import { describe, expect, it } from 'vitest';
import { coupaWords } from './error-words.ts';

describe('coupaWords', () => {
  it.each([
    [{ errors: { approval: ['not pending', 'no budget'] } }, ['not pending', 'no budget']],
    [{ errors: { header: ['no'], warnings: { x: ['mind this'] } } }, ['no']],
    [{ errors: 'not found' }, ['not found']],
    [{ errors: ['a', 'b'] }, ['a', 'b']],
    [{ errors: { header: { total: ['too high'] } } }, ['too high']],
    [{ errors: null }, []],
    [{ message: 'x' }, []],
    ['text', []],
    [undefined, []],
  ])('finds in %j the messages %j', (body, words) => {
    expect(coupaWords(body)).toEqual(words);
  });
});
