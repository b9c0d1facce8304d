import { afterEach, beforeEach, expect, test } from 'vitest';
import { startTestTenant, type TestTenant } from '../test-tenant.ts';
import { type TestBrowser, testBrowser } from './test-browser.ts';

let tenant: TestTenant;
let browser: TestBrowser;
beforeEach(async () => {
  tenant = await startTestTenant({ seed: 'demo', chatUrl: 'http://chat.example.test/' });
  browser = testBrowser(tenant);
});
afterEach(() => tenant.close());

test('lists requisitions newest first, with requester, total, status in words and whose turn it is', async () => {
  const page = await browser.read('/');
  const titles = [
    'Standing desks, second floor',
    'Trade fair stand',
    'Team offsite, two days',
    'Laptops for new',
  ];
  const places = titles.map((title) => page.lastIndexOf(title));
  expect(places.every((place) => place > 0)).toBe(true);
  expect(places).toEqual(places.toSorted((left, right) => left - right));
  expect(page).toContain('14,060.41 USD');
  expect(page).toContain('No. 5001 · Rhea Quester · waits for Ada Prover');
  expect(page).toMatch(/data-subject="Requisition 5004">Draft</);
});

test('says that it is a sandbox and leads to the chat page', async () => {
  const page = await browser.read('/');
  expect(page).toContain('simulated Coupa');
  expect(page).toContain('href="http://chat.example.test/"');
});

test('shows lines, chain with the current step marked, and history of one requisition', async () => {
  const page = await browser.read('/requisitions/5001');
  expect(page).toContain('4 × 3,500.00');
  expect(page).toMatch(/aria-current="step".*Ada Prover.*Bo Ss.*Later/s);
  expect(page).toContain('Submitted by Rhea Quester');
});

test('shows who decided, when and why, also when the API did it', async () => {
  await tenant.api('/api/approvals/70002/approve?reason=Fine%20by%20me', { method: 'PUT' });
  const page = await browser.read('/requisitions/5001');
  expect(page).toContain('Ada Prover, decided by Chat Approvals (the API)');
  expect(page).toContain('Approved by Chat Approvals (the API)');
  expect(page).toContain('Fine by me');
});

test('pages through more requisitions than one page holds', async () => {
  for (let count = 0; count < 50; count += 1) await tenant.create({ title: `Number ${count}` });
  const newest = await browser.read('/');
  expect(newest).not.toContain('/requisitions/5004"');
  const [, older = ''] = /href="(\/\?before=\d+)"/.exec(newest) ?? [];
  const page = await browser.read(older);
  expect(page).toContain('/requisitions/5004"');
  expect(page).not.toContain('href="/?before=');
});

test('answers with a page for a requisition that does not exist, and with JSON elsewhere', async () => {
  for (const path of ['/requisitions/9', '/requisitions/x', '/requisition_headers/9']) {
    const answer = await fetch(tenant.url + path);
    expect(answer.status).toBe(404);
    expect(await answer.text()).toContain('No such requisition');
  }
  expect(await tenant.json('/api/nothing')).toHaveProperty('errors');
});

test("takes the address of Coupa's own requisition pages to the requisition", async () => {
  const answer = await fetch(`${tenant.url}/requisition_headers/5001`, { redirect: 'manual' });
  expect(answer.headers.get('Location')).toBe('/requisitions/5001');
});

test('allows nothing inline and nothing from elsewhere, on pages, refusals and the stream alike', async () => {
  const refused = await browser.send('/requisitions', {});
  const answers = [await fetch(tenant.url), await fetch(`${tenant.url}/requisitions/5001`), refused];
  for (const answer of answers) {
    const policy = answer.headers.get('Content-Security-Policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toContain('unsafe');
    const page = await answer.text();
    expect(page).not.toMatch(/<script(?![^>]* src=)|<style|[ ]style=|[ ]on[a-z]+=/);
    for (const [, path = ''] of page.matchAll(/(?:src|<link[^>]* href)="([^"]+)"/g)) {
      expect((await fetch(tenant.url + path)).status).toBe(200);
    }
  }
  const leave = new AbortController();
  const stream = await fetch(`${tenant.url}/events`, { signal: leave.signal });
  expect(stream.headers.get('Content-Security-Policy')).toContain("default-src 'none'");
  leave.abort();
});

test('refuses a form that another site sends', async () => {
  const path = '/requisitions/5001/withdraw';
  expect((await browser.send(path, {}, { Origin: 'http://elsewhere.example.test' })).status).toBe(403);
  expect((await browser.send(path, {}, { 'Sec-Fetch-Site': 'cross-site' })).status).toBe(403);
  expect(await tenant.json('/api/requisitions/5001')).toMatchObject({ status: 'pending_approval' });
});

test('leaves the vendor API and the control routes without page headers', async () => {
  for (const path of ['/api/approvals', '/sandbox/state']) {
    expect((await tenant.api(path)).headers.get('Content-Security-Policy')).toBeNull();
  }
});
