import { describe, expect, it } from 'vitest';
import { TerminalError } from '../../connectors/http/errors.ts';
import { createCommentReader, type ReadLastComment } from './last-comment.ts';

const refused = new TerminalError('no right', { vendor: 'coupa', operation: 'GET x', status: 403 });

function readerOf(read: ReadLastComment, more: { timeoutMs?: number; now?: () => number } = {}) {
  const warnings: string[] = [];
  const reader = createCommentReader({ read, warn: (reason) => warnings.push(reason), ...more });
  return { reader, warnings };
}

describe('createCommentReader', () => {
  it('gives the comment, without the marker by which we know our own decisions', async () => {
    const text = '[cs 0b1d2c3e4f56] Ada Prover ada@example.test: fine';
    const { reader } = readerOf(() => Promise.resolve({ author: 'Chat', text }));
    expect(await reader(5)).toEqual({ author: 'Chat', text: 'Ada Prover ada@example.test: fine' });
  });

  it('gives none when reading fails, and says why once an hour for each reason', async () => {
    let nowMs = 0;
    const failures = [refused, refused, new TypeError('Ada said no'), refused];
    const { reader, warnings } = readerOf(() => Promise.reject(failures.shift() ?? refused), {
      now: () => nowMs,
    });
    for (let time = 0; time < 4; time += 1) expect(await reader(5)).toBeUndefined();
    expect(warnings).toEqual(['TerminalError, HTTP 403', 'TypeError']);
    nowMs = 61 * 60_000;
    await reader(5);
    expect(warnings).toEqual(['TerminalError, HTTP 403', 'TypeError', 'TerminalError, HTTP 403']);
  });

  it('gives none when reading does not end, though it heeds no signal', async () => {
    const { reader, warnings } = readerOf(() => new Promise(() => undefined), { timeoutMs: 10 });
    expect(await reader(5)).toBeUndefined();
    expect(warnings).toEqual(['timeout']);
  });

  it('ends with the card that is no longer wanted, without a warning', async () => {
    const card = new AbortController();
    let readSignal: AbortSignal | undefined;
    const { reader, warnings } = readerOf((_, signal) => {
      readSignal = signal;
      return new Promise(() => undefined);
    });
    const reading = reader(5, card.signal);
    card.abort();
    expect(await reading).toBeUndefined();
    expect(readSignal?.aborted).toBe(true);
    expect(warnings).toEqual([]);
  });
});
