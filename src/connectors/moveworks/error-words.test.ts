import { describe, expect, it } from 'vitest';
import { moveworksWords } from './error-words.ts';

describe('moveworksWords', () => {
  it.each([
    [{ error: { code: 'INVALID_EVENT_ID', message: 'not found' } }, ['INVALID_EVENT_ID: not found']],
    [{ code: 'BAD_REQUEST', message: 'wrong type' }, ['BAD_REQUEST: wrong type']],
    [{ message: 'only words' }, ['only words']],
    [{ error: 'text' }, []],
    [undefined, []],
  ])('finds in %j the words %j', (body, words) => {
    expect(moveworksWords(body)).toEqual(words);
  });
});
