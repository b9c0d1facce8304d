import { once } from 'node:events';
import { createServer } from 'node:http';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { startTestTenant, type TestTenant } from '../test-tenant.ts';
import { type TestBrowser, testBrowser } from './test-browser.ts';

let tenant: TestTenant;
let browser: TestBrowser;
beforeEach(async () => {
  tenant = await startTestTenant();
  browser = testBrowser(tenant);
});
afterEach(() => tenant.close());

const usual = async () => browser.fields(await browser.read('/'), 'new');

test('submits the form as it stands, and sends the browser on to the requisition', async () => {
  const answer = await browser.send('/requisitions', await usual());
  expect(answer.status).toBe(303);
  const location = answer.headers.get('Location') ?? '';
  expect(location).toBe('/requisitions/5001?done=submitted');
  expect(await browser.read(location)).toContain('Submitted.');
  expect(await tenant.json('/api/requisitions/5001')).toMatchObject({
    status: 'pending_approval',
    'current-approval': { 'approver-id': 201 },
  });
});

test('offers another purchase after each one', async () => {
  const first = await usual();
  await browser.send('/requisitions', first);
  expect((await usual())['title']).not.toBe(first['title']);
});

test('submits three lines, one of them a lump sum, for a chain of approvers', async () => {
  await browser.send('/requisitions', {
    ...(await usual()),
    requesterId: '103',
    currency: 'EUR',
    ...{ description2: 'Set-up', quantity2: '', unitPrice2: '60.41', supplier2: 'Helpers' },
    ...{ description3: 'Cable', quantity3: '0.5', unitPrice3: '3', supplier3: 'Wires' },
    approver1: '203',
    approver2: '',
    approver3: '202',
  });
  expect(await tenant.json('/api/requisitions/5001')).toMatchObject({
    currency: { code: 'EUR' },
    'requested-by': { id: 103 },
    total: '14061.91',
    'requisition-lines': [{}, { quantity: null, supplier: { name: 'Helpers' } }, { quantity: '0.5' }],
    'current-approval': { 'approver-id': 203 },
  });
  await tenant.control('POST', '/sandbox/approvals/70002/decide', { action: 'approve' });
  expect(await tenant.json('/api/requisitions/5001')).toMatchObject({
    'current-approval': { 'approver-id': 202 },
  });
});

test('tells the call-out of a submission by the form as of one by the control route', async () => {
  const listener = createServer();
  const heard = new Promise((resolve) => {
    listener.on('request', (request, response) => {
      resolve(request.url);
      response.end();
    });
  });
  await once(listener.listen(0, '127.0.0.1'), 'listening');
  const { port } = z.object({ port: z.number() }).parse(listener.address());
  const callOut = { url: `http://127.0.0.1:${port}/wake`, key: 'k' };
  await tenant.control('PUT', '/sandbox/settings', { callOut });
  await browser.send('/requisitions', await usual());
  expect(await heard).toBe('/wake');
  listener.closeAllConnections();
  await new Promise((resolve) => listener.close(resolve));
});

test('says at each field what is wrong, keeps what was written and submits nothing', async () => {
  const answer = await browser.send('/requisitions', {
    ...(await usual()),
    title: '  ',
    justification: 'kept as written',
    quantity1: 'many',
    unitPrice1: '1,5',
    description2: 'Half a line',
    requesterId: '900',
    currency: 'XXX',
    approver1: '',
  });
  expect(answer.status).toBe(422);
  const page = await answer.text();
  const faulty = [...page.matchAll(/id="new-(\w+)-error"/g)].map(([, name]) => name);
  expect(faulty.toSorted()).toEqual(
    [
      'approver1',
      'currency',
      'quantity1',
      'requesterId',
      'supplier2',
      'title',
      'unitPrice1',
      'unitPrice2',
    ].toSorted(),
  );
  for (const name of faulty) {
    expect(page).toMatch(
      new RegExp(`id="new-${String(name)}"[^>]*aria-describedby="[^"]*new-${String(name)}-error`),
    );
  }
  expect(page).toContain('role="alert"');
  expect(browser.fields(page, 'new')).toMatchObject({
    justification: 'kept as written',
    unitPrice1: '1,5',
    description2: 'Half a line',
  });
  expect(await tenant.json('/api/requisitions')).toEqual([]);
});

test('asks for a line and an approver when the form has neither', async () => {
  const page = await (await browser.send('/requisitions', { title: 'Nothing' })).text();
  expect(page).toContain('At least one line is needed.');
  expect(page).toContain('At least one approver is needed.');
});

test('escapes what people write, on every page and in a refused form', async () => {
  const evil = '"><script>alert(1)</script>&';
  const fields = {
    ...(await usual()),
    title: evil,
    justification: evil,
    description1: evil,
    supplier1: evil,
  };
  await browser.send('/requisitions', fields);
  await tenant.control('POST', '/sandbox/approvals/70002/decide', { action: 'reject', reason: evil });
  const refused = await (await browser.send('/requisitions', { ...fields, unitPrice1: evil })).text();
  for (const page of [await browser.read('/'), await browser.read('/requisitions/5001'), refused]) {
    expect(page).toContain('&lt;script&gt;alert(1)');
    expect(page).not.toContain('<script>');
  }
});

test('takes forms only, and none without end', async () => {
  const json = { method: 'POST', body: '{}', headers: { 'Content-Type': 'application/json' } };
  expect((await fetch(`${tenant.url}/requisitions`, json)).status).toBe(415);
  expect((await browser.send('/requisitions', { title: 'x'.repeat(70_000) })).status).toBe(413);
});
