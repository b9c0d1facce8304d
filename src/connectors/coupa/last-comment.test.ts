import { describe, expect, it } from 'vitest';
import { createHttp } from '../http/request.ts';
import { failureOf, startTestServer } from '../http/test-server.ts';
import { lastComment } from './last-comment.ts';

async function read(body: unknown, status = 200) {
  const urls: string[] = [];
  const baseUrl = await startTestServer((request, response) => {
    urls.push(request.url ?? '');
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  });
  const http = createHttp({ vendor: 'coupa', baseUrl, timeoutMs: 5_000, maxBodyBytes: 100_000 });
  return { comment: lastComment(http, 5001), urls };
}

const at = (created: string | null) => ({ 'created-at': created });
const ada = { 'created-by': { id: 201, fullname: 'Ada Prover', login: 'ada' } };

describe('lastComment', () => {
  it('asks for the newest first, and slim', async () => {
    const { comment, urls } = await read([]);
    expect(await comment).toBeUndefined();
    const url = new URL(urls[0] ?? '', 'http://x.test');
    expect(url.pathname).toBe('/api/requisitions/5001/comments');
    expect(Object.fromEntries(url.searchParams)).toMatchObject({ order_by: 'id', dir: 'desc', limit: '50' });
  });

  it('picks the newest by date over all offsets, whatever the order of the answer', async () => {
    const rows = [
      { id: 9, comments: 'early', ...at('2026-03-02T09:00:00-08:00'), ...ada },
      { id: 7, comments: 'newest', ...at('2026-03-02T17:30:00Z'), ...ada },
      { id: 8, comments: 'earlier', ...at('2026-03-02T18:00:00+02:00'), ...ada },
      { id: 10, comments: 'undated', ...at(null), ...ada },
    ];
    expect(await (await read(rows)).comment).toEqual({ author: 'Ada Prover', text: 'newest' });
    expect(await (await read(rows.toReversed())).comment).toEqual({ author: 'Ada Prover', text: 'newest' });
  });

  it('picks the highest id of the same second, and of rows without dates', async () => {
    for (const when of ['2026-03-02T09:00:00-08:00', null, 'soon']) {
      const rows = [3, 12, 5].map((id) => ({ id, comments: `number ${id}`, ...at(when), ...ada }));
      expect((await (await read(rows)).comment)?.text).toBe('number 12');
    }
  });

  it('passes over what says nothing or cannot be read, and leaves mentions out', async () => {
    const rows = [
      { id: 1, comments: '@[User:101] why four? @[User:7]', ...at('2026-03-02T09:00:00Z') },
      { id: 2, comments: ' @[User:101] ', ...at('2026-03-03T09:00:00Z'), ...ada },
      { id: 3, comments: null, ...ada },
      { id: 'x', comments: 'broken' },
      null,
    ];
    expect(await (await read(rows)).comment).toEqual({ author: null, text: 'why four?' });
  });

  it('keeps a comment whose author cannot be read', async () => {
    const rows = [{ id: 1, comments: 'hello', 'created-by': { fullname: 'no id' } }];
    expect(await (await read(rows)).comment).toEqual({ author: null, text: 'hello' });
  });

  it('is a TerminalError where the answer is no list, and where the right is missing', async () => {
    const { comment } = await read({ comments: [] });
    expect(await failureOf(comment)).toMatchObject({ name: 'TerminalError' });
    const { comment: refused } = await read({ errors: 'no' }, 403);
    expect(await failureOf(refused)).toMatchObject({ name: 'TerminalError', status: 403 });
  });
});
