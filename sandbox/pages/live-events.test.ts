import { afterEach, expect, test } from 'vitest';
import { startTestTenant, type TestTenant } from '../coupa/test-tenant.ts';
import { liveEvents } from './live-events.ts';

let tenant: TestTenant | undefined;
afterEach(async () => {
  await tenant?.close();
  tenant = undefined;
});

/** Reads events one after another; undefined once the stream has ended. */
function eventsOf(answer: Response) {
  const reader: ReadableStreamDefaultReader<Uint8Array> = (answer.body ?? new ReadableStream()).getReader();
  const decoder = new TextDecoder();
  let text = '';
  return {
    next: async () => {
      for (;;) {
        const [, name, rest] = /event: (\w+)\ndata: .*?\n\n(.*)$/s.exec(text) ?? [];
        if (name !== undefined) {
          text = rest ?? '';
          return name;
        }
        const { done, value } = await reader.read();
        if (done) return undefined;
        text += decoder.decode(value, { stream: true });
      }
    },
    leave: () => reader.cancel(),
  };
}

test('tells a page of a change at the start and whenever something happens', async () => {
  tenant = await startTestTenant();
  const answer = await fetch(`${tenant.url}/events`);
  expect(answer.headers.get('Content-Type')).toBe('text/event-stream');
  const events = eventsOf(answer);
  expect(await events.next()).toBe('change');
  await tenant.create();
  expect(await events.next()).toBe('change');
  await tenant.control('POST', '/sandbox/approvals/70002/decide', { action: 'approve' });
  expect(await events.next()).toBe('change');
  await events.leave();
});

test('listens no longer once the page has left', async () => {
  const listeners = new Set<() => void>();
  const answer = liveEvents((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, new AbortController().signal);
  const events = eventsOf(answer);
  await events.next();
  expect(listeners.size).toBe(1);
  await events.leave();
  expect(listeners.size).toBe(0);
});

test('ends with the sandbox', async () => {
  const ended = new AbortController();
  const events = eventsOf(liveEvents(() => () => undefined, ended.signal));
  await events.next();
  ended.abort();
  expect(await events.next()).toBeUndefined();
});
