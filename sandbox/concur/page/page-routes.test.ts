import { afterEach, beforeEach, expect, test } from 'vitest';
import { line, order, startTestEntity, type TestEntity } from '../test-entity.ts';

let entity: TestEntity;
beforeEach(async () => {
  entity = await startTestEntity({ links: { chat: 'http://chat.test/', coupa: 'http://coupa.test/' } });
});
afterEach(() => entity.close());

const page = async (path = '/') => (await fetch(entity.url + path)).text();
const created = async (document = order()) => {
  const id = await entity.create(document);
  await expect
    .poll(() => entity.details(id))
    .toMatchObject({ purchaseRequestWorkflowStatus: 'Pending Approval' });
  return id;
};
const button = (text: string, id: string) =>
  new RegExp(`<button[^>]* id="${id}"[^>]*>`).exec(text)?.[0] ?? '';

test('says that there is none yet, that it is a sandbox, and where the other pages are', async () => {
  const text = await page();
  expect(text).toContain('No purchase request yet.');
  expect(text).toContain('simulated SAP Concur');
  expect(text).toContain('href="http://chat.test/"');
  expect(text).toContain('href="http://coupa.test/"');
  expect(text).toMatch(/<a href="\/" aria-current="page">Concur</);
});

test('shows requester, lines, total and state of each, newest first, with nothing of it taken for markup', async () => {
  await created(order({ description: 'First <b>one</b>', lineItems: [line({ quantity: '1200' })] }));
  await created(order({ lineItems: [line({ tax: '1.25' })] }));
  const text = await page();
  expect(text).toContain('First &lt;b&gt;one&lt;/b&gt;');
  expect(text).toContain('Rhea Quester');
  expect(text).toContain('1,200 × 349.50 <bdi>Monitor</bdi>, of ACME / ACME-01');
  expect(text).toContain('419,400.00 USD');
  expect(text).toContain('700.25 USD');
  expect(text).toMatch(/data-subject="Purchase request 100002">Pending Approval<.*No\. 100001/s);
});

test('shows what finds each again: its id, and its comments with nothing of them taken for markup', async () => {
  const id = await created(order({ comments: 'ref:cli-1 <b>second</b> floor' }));
  const text = await page();
  expect(text).toContain(`<code>${id}</code>`);
  expect(text).toContain('ref:cli-1 &lt;b&gt;second&lt;/b&gt; floor');
  await entity.control('DELETE', `/purchase-requests/${id}`);
  await created();
  expect(await page()).not.toContain('Comments');
});

test('cuts texts that are too long, and shows every digit of an amount', async () => {
  const unitPrice = '999999999999999999999.9999999';
  const description = 'x'.repeat(5000);
  const lineItems = [line({ quantity: '1', unitPrice, description })];
  await created(order({ description, comments: 'y'.repeat(5000), lineItems }));
  const text = await page();
  expect(text).toMatch(/(?<!x)x{159}…/);
  expect(text).toMatch(/(?<!y)y{599}…/);
  expect(text).not.toMatch(/x{160}|y{600}/);
  expect(text).toContain('1 × 999,999,999,999,999,999,999.9999999 <bdi>x');
  expect(text).toContain('999,999,999,999,999,999,999.9999999 USD');
});

test('approves, sends back and lets expire by its buttons, and says so', async () => {
  const [approved, sentBack, expired] = [await created(), await created(), await created()];
  const pressed = await entity.press(`/purchase-requests/${approved}/approve`);
  expect([pressed.status, pressed.headers.get('Location')]).toEqual([
    303,
    `/?done=approve&request=${approved}`,
  ]);
  await entity.press(`/purchase-requests/${sentBack}/send-back`);
  const over = await entity.press(`/purchase-requests/${expired}/expire`);
  expect(await entity.details(sentBack)).toMatchObject({
    purchaseRequestWorkflowStatus: 'Sent Back To Employee',
  });
  expect(await entity.details(expired)).toMatchObject({
    purchaseRequestWorkflowStatus: 'Approval Time Expired',
  });
  await expect.poll(() => page()).toContain('PO10001');
  expect(await page(over.headers.get('Location') ?? '')).toContain(
    'Purchase request No. 100003: the time for its approval is over.',
  );
  const text = await page(pressed.headers.get('Location') ?? '');
  expect(text).toContain('Purchase request No. 100001: approved. Its purchase orders follow in a moment.');
  expect(button(text, `approve-${approved}`)).toContain('disabled');
  expect(button(text, `approve-${sentBack}`)).not.toContain('disabled');
});

test.each(['/?done=approve', '/?done=approve&request=none', '/?done=constructor&request='])(
  'says nothing of what it cannot name: %s',
  async (path) => {
    const id = await created();
    expect(await page(path.endsWith('=') ? path + id : path)).not.toContain('class="notice"');
  },
);

test('refuses in words what cannot be done', async () => {
  await entity.settings({ creationDelayMs: 86_400_000 });
  const early = await entity.press(`/purchase-requests/${await entity.create()}/approve`);
  expect(early.status).toBe(422);
  expect(await early.text()).toContain('Not done: it does not exist yet.');
  const unknown = await entity.press('/purchase-requests/none/approve');
  expect(unknown.status).toBe(404);
  expect(await unknown.text()).toContain('there is no such purchase request');
});

test('shows why a creation failed', async () => {
  await entity.settings({ failCreation: [{ message: 'The period is closed' }] });
  await entity.create();
  await expect.poll(() => page()).toMatch(/Creation failed.*The period is closed/s);
});

test('refuses a button that another site presses', async () => {
  const path = `${entity.url}/purchase-requests/${await created()}/approve`;
  for (const headers of [{ Origin: 'https://elsewhere.test' }, { 'Sec-Fetch-Site': 'cross-site' }]) {
    expect((await fetch(path, { method: 'POST', headers })).status).toBe(403);
  }
});

test('allows nothing inline and nothing from elsewhere, and serves what it needs', async () => {
  const answer = await fetch(entity.url);
  expect(answer.headers.get('Content-Security-Policy')).toContain("default-src 'none'");
  const text = await answer.text();
  expect(text).not.toMatch(/<script(?![^>]* src=)|<style|[ ]style=|[ ]on[a-z]+=/);
  const files = [...text.matchAll(/(?:src|<link[^>]* href)="([^"]+)"/g)].map(([, path = '']) => path);
  expect(files.length).toBeGreaterThan(3);
  for (const path of files) expect((await fetch(entity.url + path)).status).toBe(200);
});

test('tells an open page of every change', async () => {
  const leave = new AbortController();
  const { body } = await fetch(`${entity.url}/events`, { signal: leave.signal });
  const reader = (
    body ?? new ReadableStream<Uint8Array>()
  ).getReader() as ReadableStreamDefaultReader<Uint8Array>;
  const decoder = new TextDecoder();
  let heard = '';
  const changes = () => heard.split('event: change').length - 1;
  const hear = async (count: number) => {
    while (changes() < count) heard += decoder.decode((await reader.read()).value, { stream: true });
  };
  await hear(1);
  await entity.create();
  await hear(2);
  leave.abort();
  expect(changes()).toBeGreaterThanOrEqual(2);
});
