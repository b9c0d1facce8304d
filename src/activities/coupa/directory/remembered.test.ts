import { describe, expect, it } from 'vitest';
import { RetryableError, TerminalError } from '../../../connectors/http/errors.ts';
import { failureOf } from '../../../connectors/http/test-server.ts';
import { createRemembered } from './remembered.ts';
import { createRight } from './right.ts';

const minute = 60_000;
const call = { vendor: 'coupa', operation: 'GET /api/users' };
const outage = new RetryableError('HTTP 503; try again', { ...call, status: 503 });
const refusal = (status: number) => new TerminalError(`HTTP ${status}`, { ...call, status });

/** A memory whose answers and clock the test holds. */
function setUp({ maxKeys = 10 } = {}) {
  const state = { nowMs: 0, answer: 'first' as string | Error, asked: [] as string[], told: [] as string[] };
  const now = () => state.nowMs;
  const right = createRight({
    missing: 'a scope is missing',
    without: 'rows count',
    warn: (message) => state.told.push(message),
    now,
  });
  const get = createRemembered({
    read: async (key: string) => {
      state.asked.push(key);
      await Promise.resolve();
      if (state.answer instanceof Error) throw state.answer;
      return state.answer;
    },
    right,
    freshMs: 10 * minute,
    maxKeys,
    now,
  });
  return { state, get };
}

describe('what Coupa said', () => {
  it('is asked for once by all who ask together, and again when it is no longer fresh', async () => {
    const { state, get } = setUp();
    expect(await Promise.all([get('a'), get('a'), get('b')])).toEqual(['first', 'first', 'first']);
    expect(state.asked).toEqual(['a', 'b']);
    state.nowMs = 10 * minute - 1;
    state.answer = 'second';
    expect(await get('a')).toBe('first');
    state.nowMs += 1;
    expect(await get('a')).toBe('second');
    expect(state.asked).toEqual(['a', 'b', 'a']);
  });

  it('is not waited for by a decision when others ask with less haste (P11)', async () => {
    const { state, get } = setUp();
    await Promise.all([get('a'), get('a', { priority: 'decide' }), get('a', { priority: 'decide' })]);
    expect(state.asked).toEqual(['a', 'a']);
  });

  it('is kept for so many keys, those read last', async () => {
    const { state, get } = setUp({ maxKeys: 2 });
    for (const key of ['a', 'b', 'c', 'b', 'c', 'a']) await get(key);
    expect(state.asked).toEqual(['a', 'b', 'c', 'a']);
  });

  it('ends the wait of a caller who leaves, and of nobody else', async () => {
    const { get } = setUp();
    const leaving = new AbortController();
    const [left, stayed] = [get('a', { signal: leaving.signal }), get('a')];
    leaving.abort(new Error('gone'));
    expect(await failureOf(left)).toMatchObject({ message: 'gone' });
    expect(await stayed).toBe('first');
  });
});

describe('what may be remembered too long', () => {
  it('is asked for again by whoever wants it younger, and by nobody twice in that time', async () => {
    const { state, get } = setUp();
    await get('a');
    state.nowMs = 10_000;
    state.answer = 'second';
    expect(await get('a')).toBe('first');
    expect(await get('a', { maxAgeMs: 10_000 })).toBe('second');
    state.answer = outage;
    state.nowMs = 20_000;
    expect(await get('a', { maxAgeMs: 10_000 })).toBe('second');
    state.nowMs = 29_999;
    expect(await get('a', { maxAgeMs: 10_000 })).toBe('second');
    expect(state.asked).toHaveLength(3);
  });
});

describe('a read whose callers have all left', () => {
  it('goes on, and serves the next one', async () => {
    const { state, get } = setUp();
    const leaving = new AbortController();
    const left = get('a', { signal: leaving.signal });
    leaving.abort(new Error('gone'));
    expect(await failureOf(left)).toMatchObject({ message: 'gone' });
    expect(await get('a')).toBe('first');
    expect(state.asked).toEqual(['a']);
  });

  it('is not begun by a caller who has left before', async () => {
    const { state, get } = setUp();
    expect(await failureOf(get('a', { signal: AbortSignal.abort(new Error('gone')) }))).toMatchObject({
      message: 'gone',
    });
    expect(state.asked).toEqual([]);
  });

  it('fails nobody', async () => {
    const { state, get } = setUp();
    state.answer = outage;
    const leaving = new AbortController();
    const left = get('a', { signal: leaving.signal });
    leaving.abort(new Error('gone'));
    expect(await failureOf(left)).toMatchObject({ message: 'gone' });
    state.answer = 'at last';
    await expect.poll(() => get('a').catch(() => undefined)).toBe('at last');
  });
});

describe('while Coupa cannot answer', () => {
  it('serves the last answer up to an hour old, and does not ask again at once', async () => {
    const { state, get } = setUp();
    await get('a');
    state.answer = outage;
    state.nowMs = 11 * minute;
    expect([await get('a'), await get('a')]).toEqual(['first', 'first']);
    expect(state.asked).toHaveLength(2);
    state.nowMs = 59 * minute;
    expect(await get('a')).toBe('first');
    state.nowMs = 61 * minute;
    expect(await failureOf(get('a'))).toBe(outage);
    expect(state.told).toEqual([]);
  });

  it('fails without an answer from before, and succeeds as soon as there is one', async () => {
    const { state, get } = setUp();
    state.answer = outage;
    expect(await failureOf(get('a'))).toBe(outage);
    state.answer = 'at last';
    expect(await get('a')).toBe('at last');
  });

  it('takes a redirect for an outage', async () => {
    const { state, get } = setUp();
    state.answer = refusal(302);
    expect(await failureOf(get('a'))).toMatchObject({ name: 'RetryableError', status: 302 });
  });

  it('hands on that there is no token, and anything that is no answer at all', async () => {
    const { state, get } = setUp();
    for (const error of [
      new TerminalError('invalid_client', { vendor: 'coupa', operation: 'POST /oauth2/token', status: 401 }),
      new Error('a bug'),
    ]) {
      state.answer = error;
      expect(await failureOf(get('a'))).toBe(error);
    }
    expect(state.told).toEqual([]);
  });
});

describe('a right that is missing', () => {
  it.each([401, 403])('is done without for an hour after a %i, and said once', async (status) => {
    const { state, get } = setUp();
    state.answer = refusal(status);
    expect(await Promise.all([get('a'), get('b')])).toEqual([undefined, undefined]);
    state.answer = 'granted';
    state.nowMs = 60 * minute - 1;
    expect(await get('a')).toBeUndefined();
    expect(state.asked).toEqual(['a', 'b']);
    expect(state.told).toEqual([
      `Coupa refuses GET /api/users (HTTP ${status}): a scope is missing. For an hour rows count.`,
    ]);
    state.nowMs += 1;
    expect(await get('a')).toBe('granted');
  });
});

describe('a right that was there before', () => {
  it.each([401, 403])('is not given up for one %i: a token may have been revoked', async (status) => {
    const { state, get } = setUp();
    await get('a');
    state.answer = refusal(status);
    state.nowMs = 11 * minute;
    expect(await get('a')).toBe('first');
    expect(await failureOf(get('b'))).toMatchObject({ name: 'RetryableError', status });
    state.answer = 'second';
    expect(await get('b')).toBe('second');
    state.nowMs = 12 * minute;
    expect(await get('a')).toBe('second');
    expect(state.told).toEqual([]);
  });

  it('is missing when it is still refused a minute later', async () => {
    const { state, get } = setUp();
    await get('a');
    state.answer = refusal(403);
    state.nowMs = 11 * minute;
    await get('a');
    state.nowMs = 12 * minute;
    expect(await get('a')).toBeUndefined();
    expect(await get('b')).toBeUndefined();
    expect(state.told).toHaveLength(1);
    expect(state.asked).toHaveLength(3);
  });
});

describe('an answer that cannot be used', () => {
  it('counts as none for its key alone, and is said once an hour', async () => {
    const { state, get } = setUp();
    state.answer = refusal(400);
    expect([await get('a'), await get('a'), await get('b')]).toEqual([undefined, undefined, undefined]);
    expect(state.asked).toEqual(['a', 'b']);
    expect(state.told).toEqual(['Coupa gives no usable answer to GET /api/users (HTTP 400): rows count.']);
    state.answer = 'fine';
    expect(await get('c')).toBe('fine');
  });
});
