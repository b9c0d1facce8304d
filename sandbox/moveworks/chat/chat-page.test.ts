import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ada, json, noticeId, startChat, startMiddleware, type TestChat } from './test-chat.ts';

let directory: string;
let middleware: Awaited<ReturnType<typeof startMiddleware>>;
let chat: TestChat;

const start = () =>
  startChat({
    statePath: join(directory, 'state.json'),
    api: { url: middleware.url, key: 'connector-secret' },
  });

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'chat-page-'));
  middleware = await startMiddleware(json(200, { status: 'rejected' }));
  chat = await start();
});
afterEach(async () => {
  await chat.close();
  await middleware.close();
  rmSync(directory, { recursive: true });
});

/** A form as a browser without script sends it. */
function submit(fields: Record<string, string>, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(`${chat.url}/chat/press`, {
    method: 'POST',
    redirect: 'manual',
    headers,
    body: new URLSearchParams({ person: ada, message: '1', ...fields }),
  });
}

test('allows nothing inline and nothing from elsewhere on the page', async () => {
  const answer = await fetch(chat.url);
  const policy = answer.headers.get('Content-Security-Policy') ?? '';
  expect(policy.split(/;\s*/).sort()).toEqual([
    "base-uri 'none'",
    "connect-src 'self'",
    "default-src 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "img-src 'self' data:",
    "script-src 'self'",
    "style-src 'self'",
  ]);
  const page = await answer.text();
  expect(page).not.toMatch(/ style=|<style|<script(?! src=)| on\w+=/);
  for (const [, path = ''] of page.matchAll(/(?:src|href)="(\/(?:assets|chat)\/[^"]+)"/g)) {
    expect((await fetch(chat.url + path)).status).toBe(200);
  }
});

test('lists everybody with what waits for them, whoever has most first', async () => {
  await chat.send();
  await chat.send('Another', { slots: { approval_id: '10.201.c.mac' } });
  await chat.send('<b>Done</b>', { eventId: noticeId });
  const page = await (await fetch(chat.url)).text();
  expect(page).toMatch(/<nav class="people"[^]*?<li>[^]*?Ada Prover[^]*?<span class="badge">2/);
  expect(page).toContain('Rhea Quester');
  expect(page).not.toContain('Chat Approvals');
});

test('counts the newest card of a requisition alone', async () => {
  await chat.send();
  await chat.send('- <i>Requisition ID</i>: 5002', { slots: { approval_id: 'other' } });
  expect(await chat.page()).toContain('<span class="badge">1');
});

test("shows a person's own conversation: cards with buttons that say what for, notices without", async () => {
  await chat.send();
  await chat.send('<b>Approved</b> at last', { eventId: noticeId });
  await chat.send('for Cy', { to: 'cy.nod@example.test' });
  const page = await chat.page('ADA.Prover@example.test');
  expect(page).toContain('<title>Chat: Ada Prover · Countersign sandbox</title>');
  expect(page).toContain('<html lang="en">');
  expect(page).toContain('- <i>Name</i>: Standing desks<br>');
  const described = /<p[^>]* id="(message-1-actions-about)">Standing desks, requisition 5002<\/p>/.exec(page);
  expect(
    page.match(new RegExp(`<button [^>]*aria-describedby="${described?.[1] ?? '-'}"`, 'g')),
  ).toHaveLength(2);
  expect(page).toContain('<b>Approved</b> at last');
  expect(page).not.toContain('message-2-actions');
  expect(page).not.toContain('for Cy');
  expect(page).not.toContain('connector-secret');
});

test('answers 404 for an address that nobody has, and repeats it escaped', async () => {
  const answer = await fetch(`${chat.url}/?person=<script>alert(1)</script>`);
  expect(answer.status).toBe(404);
  expect(await answer.text()).not.toContain('<script>alert');
});

test('works without script: the question, its form, the reason, the answer', async () => {
  await chat.send();
  const asked = await submit({ action: 'Send Back' });
  expect([asked.status, asked.headers.get('Location')]).toEqual([
    303,
    `/?person=${encodeURIComponent(ada)}#turn-2`,
  ]);
  const question = await chat.page();
  expect(question).toMatch(
    /<li class="item assistant" id="turn-2">[^]*<label for="([^"]+)">Reason<\/label><textarea id="\1"/,
  );
  const answered = await submit({ action: 'Send Back', reason: 'Too dear' });
  expect(answered.status).toBe(303);
  const page = await chat.page();
  expect(page).toMatch(/Send Back<\/p>[^]*What is the reason\?[^]*Too dear<\/p>[^]*Done, I sent it back\./);
  expect(page).not.toContain('<textarea');
});

test('shows hostile messages and reasons as text', async () => {
  const hostile = '<img src=x onerror=alert(1)>"\'><script>x</script>';
  await chat.send(`- <i>Name</i>: ${hostile}`);
  await submit({ action: 'Send Back', reason: hostile });
  const page = await chat.page();
  expect(page).not.toContain('<img src=x');
  expect(page).not.toContain('<script>x');
  expect(page.match(/&lt;img src=x onerror=alert\(1\)&gt;/g)?.length).toBeGreaterThanOrEqual(3);
});

test('keeps the conversation over a restart', async () => {
  await chat.send();
  await submit({ action: 'Send Back' });
  await submit({ action: 'Send Back', reason: 'Too dear' });
  await chat.close();
  chat = await start();
  const page = await chat.page();
  expect(page).toMatch(/Standing desks[^]*What is the reason\?[^]*Too dear<\/p>[^]*Done, I sent it back\./);
  expect(page).not.toContain('<span class="badge">');
  await chat.send('Again', { slots: { approval_id: 'next' } });
  expect(await chat.page()).toMatch(/Done, I sent it back\.[^]*Again/);
});

test('answers a press that a restart cut off', async () => {
  await middleware.close();
  middleware = await startMiddleware(() => undefined);
  await chat.close();
  chat = await start();
  await chat.send();
  const cutOff = submit({ action: 'Approve' }).catch(() => undefined);
  await expect.poll(() => middleware.calls.length).toBe(1);
  await chat.close();
  await cutOff;
  chat = await start();
  expect(await chat.page()).toContain('I was restarted before the answer came.');
});

test.each([{ 'Sec-Fetch-Site': 'cross-site' }, { Origin: 'https://elsewhere.test' }, { Origin: 'null' }])(
  'refuses a form of another page: %j',
  async (headers) => {
    await chat.send();
    expect((await submit({ action: 'Approve' }, headers)).status).toBe(403);
    expect(middleware.calls).toEqual([]);
    expect(
      (await submit({ action: 'Approve' }, { Origin: chat.url, 'Sec-Fetch-Site': 'same-origin' })).status,
    ).toBe(303);
  },
);
