import { afterEach, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { ada, json, startChat, startMiddleware, type TestChat } from './test-chat.ts';

let middleware: Awaited<ReturnType<typeof startMiddleware>>;
let chat: TestChat;
let hangUp: AbortController;

beforeEach(async () => {
  middleware = await startMiddleware(json(200, { status: 'approved' }));
  chat = await startChat({ api: { url: middleware.url, key: 'k' } });
  hangUp = new AbortController();
});
afterEach(async () => {
  hangUp.abort();
  await chat.close();
  await middleware.close();
});

interface News {
  event: string;
  data: string;
  id: string;
}

const fragment = z.object({ id: z.string(), html: z.string() });
const counts = z.record(z.string(), z.number());

/** Opens the stream; `until` reads on to the first event that fits and gives it with those before it. */
async function open(query: string, headers: Record<string, string> = {}) {
  const answer = await fetch(`${chat.url}/chat/events?${query}`, { headers, signal: hangUp.signal });
  expect(answer.headers.get('Content-Type')).toContain('text/event-stream');
  const chunks = (answer.body ?? new ReadableStream<Uint8Array>())
    .pipeThrough(new TextDecoderStream())
    .getReader();
  let text = '';
  const next = async (): Promise<News> => {
    while (!text.includes('\n\n')) {
      const { value, done } = await chunks.read();
      if (done) throw new Error('The stream ended.');
      text += value;
    }
    const block = text.slice(0, text.indexOf('\n\n'));
    text = text.slice(block.length + 2);
    const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(block)?.[1] ?? '';
    return { event: field('event'), data: field('data'), id: field('id') };
  };
  const until = async (fits: (news: News) => boolean): Promise<News[]> => {
    const seen: News[] = [];
    for (;;) {
      const news = await next();
      seen.push(news);
      if (fits(news)) return seen;
    }
  };
  return { next, until };
}

const has = (event: string, part: string) => (news: News) => news.event === event && news.data.includes(part);

test('delivers a message as a bubble, and the number that waits', async () => {
  const stream = await open(`person=${ada}`);
  expect(counts.parse(JSON.parse((await stream.next()).data))[ada]).toBe(0);
  await chat.send();
  const [item] = await stream.until(has('item', 'message-1'));
  const { id, html } = fragment.parse(JSON.parse(item?.data ?? ''));
  expect(id).toBe('message-1');
  expect(html).toMatch(/^<li class="item assistant" id="message-1">/);
  expect(html).toContain('<button type="submit" name="action" value="Approve"');
  expect(counts.parse(JSON.parse((await stream.next()).data))[ada]).toBe(1);
});

test("delivers a press, its answer and the card's changed part", async () => {
  await chat.send();
  const stream = await open(`person=${ada}&after=1.0`);
  await chat.press({ action: 'Approve' });
  await stream.until(has('item', 'turn-1'));
  const rest = await stream.until(has('item', 'Done, I approved it.'));
  expect(rest.find(has('part', 'You answered this'))).toBeDefined();
  expect(counts.parse(JSON.parse((await stream.next()).data))[ada]).toBe(0);
});

test("delivers nothing of other people's conversations", async () => {
  const stream = await open(`person=${ada}`);
  await stream.next();
  await chat.send('for Cy', { to: 'cy.nod@example.test' });
  expect((await stream.next()).event).toBe('waiting');
  await chat.send('for Ada');
  expect((await stream.next()).data).toContain('for Ada');
});

test('goes on after the last event that a browser saw', async () => {
  await chat.send('first');
  await chat.send('second');
  const stream = await open(`person=${ada}&after=0.0`, { 'Last-Event-ID': '1.0' });
  const first = await stream.next();
  expect(first.data).toContain('second');
  expect(first.id).toBe('2.0');
});

test('ends when the sandbox closes', async () => {
  const stream = await open(`person=${ada}`);
  await stream.next();
  await chat.close();
  await expect(stream.next()).rejects.toThrow();
});
