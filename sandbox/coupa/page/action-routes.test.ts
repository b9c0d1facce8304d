import { afterEach, beforeEach, expect, test } from 'vitest';
import { startTestTenant, type TestTenant } from '../test-tenant.ts';
import { type TestBrowser, testBrowser } from './test-browser.ts';

let tenant: TestTenant;
let browser: TestBrowser;
beforeEach(async () => {
  tenant = await startTestTenant();
  browser = testBrowser(tenant);
  await tenant.create({ chain: [201, 202] });
});
afterEach(() => tenant.close());

const at = '/requisitions/5001';
const decideFields = async (approvalId: number) =>
  browser.fields(await browser.read(at), `decide-${approvalId}`);

test('approves as the approver whose turn it is, unless somebody else is chosen, and hands on', async () => {
  const first = await browser.send(`${at}/decide`, { ...(await decideFields(70_002)), action: 'approve' });
  expect([first.status, first.headers.get('Location')]).toEqual([303, `${at}?done=approved`]);
  expect(await tenant.json('/api/approvals/70002')).toMatchObject({
    status: 'approved',
    note: null,
    'approved-by': { id: 201 },
  });
  const chosen = { byUserId: '205', reason: 'On behalf', action: 'approve' };
  await browser.send(`${at}/decide`, { ...(await decideFields(70_003)), ...chosen });
  expect(await tenant.json('/api/approvals/70003')).toMatchObject({
    note: 'On behalf',
    'approved-by': { id: 205 },
  });
  expect(await browser.read(at)).toContain('It is approved');
});

test('rejects with a reason, and says that the requisition is a draft again', async () => {
  const fields = { ...(await decideFields(70_002)), action: 'reject', reason: 'Too much' };
  await browser.send(`${at}/decide`, fields);
  expect(await tenant.json(`/api${at}`)).toMatchObject({
    status: 'draft',
    'reject-reason-comment': 'Too much',
  });
  const page = await browser.read(at);
  expect(page).toContain('Rejected, back to draft');
  expect(page).toContain('Rejected by Ada Prover');
});

test('decides for a group as one of its members', async () => {
  await tenant.control('PATCH', '/sandbox/approvals/70002', { approverType: 'ApprovalGroup' });
  expect(await browser.read(at)).toContain('Capex Committee (Bo Ss, Cy Nod)');
  await browser.send(`${at}/decide`, { ...(await decideFields(70_002)), action: 'approve' });
  expect(await tenant.json('/api/approvals/70002')).toMatchObject({ 'approved-by': { id: 202 } });
});

test('refuses in words to decide what was decided meanwhile, shows the reason, and keeps it off the next', async () => {
  const fields = { ...(await decideFields(70_002)), action: 'reject', reason: 'Typed <b>long</b> ago' };
  await tenant.control('POST', '/sandbox/approvals/70002/decide', { action: 'approve' });
  const answer = await browser.send(`${at}/decide`, fields);
  expect(answer.status).toBe(422);
  const page = await answer.text();
  expect(page).toContain('Not rejected: approval has already been approved or rejected.');
  expect(page).toContain('Your reason was: Typed &lt;b&gt;long&lt;/b&gt; ago');
  expect(browser.fields(page, 'decide-70003')).toMatchObject({ approvalId: '70003', reason: '' });
  expect(await tenant.json('/api/approvals/70003')).toMatchObject({ status: 'pending_approval' });
});

test('refuses a decision that names nobody, no action or a foreign approval', async () => {
  await tenant.create();
  const fields = await decideFields(70_002);
  const wrong = [
    { ...fields, byUserId: '900', reason: 'kept', action: 'approve' },
    { ...fields, action: 'shrug' },
    { ...fields, approvalId: '70004', action: 'approve' },
    { ...fields, approvalId: '', action: 'approve' },
    { ...fields, reason: 'x'.repeat(1001), action: 'approve' },
  ];
  const pages = [];
  for (const each of wrong) {
    const answer = await browser.send(`${at}/decide`, each);
    expect(answer.status).toBe(422);
    pages.push(await answer.text());
  }
  expect(pages[0]).toContain('Choose somebody from the list.');
  expect(browser.fields(pages[0] ?? '', 'decide-70002')['reason']).toBe('kept');
  expect(pages[1]).toContain('Press Approve or Reject.');
  expect(pages[2]).toContain('this approval no longer exists');
  expect(await tenant.json('/api/approvals?status=pending_approval')).toHaveLength(2);
});

test("changes one line's unit price and leaves the others, as an edit in Coupa does", async () => {
  const { lineId = '' } = browser.fields(await browser.read(at), 'amount');
  await browser.send(`${at}/amount`, { lineId, unitPrice: '4000.50' });
  expect(await tenant.json(`/api${at}`)).toMatchObject({
    total: '16062.41',
    'requisition-lines': [{ id: Number(lineId) }, { 'unit-price': '60.41' }],
    'current-approval': { id: 70_002 },
  });
  expect(await browser.read(at)).toContain('total 14060.41 → 16062.41 USD');
});

test('refuses an amount that is none, and a line that is not there, beside the form', async () => {
  const { lineId = '' } = browser.fields(await browser.read(at), 'amount');
  const page = await (await browser.send(`${at}/amount`, { lineId, unitPrice: '-1' })).text();
  expect(page).toMatch(/id="amount-unitPrice"[^>]*aria-invalid="true"/);
  expect(browser.fields(page, 'amount')['unitPrice']).toBe('-1');
  const other = await browser.send(`${at}/amount`, { lineId: '999', unitPrice: '1' });
  expect(await other.text()).toContain('Not changed: it has no such line.');
  expect(await tenant.json(`/api${at}`)).toMatchObject({ total: '14060.41' });
});

test('withdraws and submits again under a new approval, each once', async () => {
  const withdrawn = await browser.send(`${at}/withdraw`, {});
  expect([withdrawn.status, withdrawn.headers.get('Location')]).toEqual([303, `${at}?done=withdrawn`]);
  const twice = await browser.send(`${at}/withdraw`, {});
  expect(twice.status).toBe(422);
  expect(await twice.text()).toContain('Not withdrawn: it is not pending approval.');

  expect((await browser.send(`${at}/submit`, {})).status).toBe(303);
  const again = await browser.send(`${at}/submit`, {});
  expect(again.status).toBe(422);
  expect(await tenant.json(`/api${at}`)).toMatchObject({ 'current-approval': { id: 70_004 } });
  expect(await browser.read(at)).toMatch(/Submitted by.*Withdrawn by.*Submitted by.*Created by/s);
});

test('offers only what the status allows', async () => {
  const forms = async () =>
    [...(await browser.read(at)).matchAll(/<form[^>]* id="([a-z]+)/g)].map(([, id]) => id);
  expect(await forms()).toEqual(['decide', 'amount', 'withdraw', 'comment']);
  await tenant.control('POST', '/sandbox/requisitions/5001/withdraw');
  expect(await forms()).toEqual(['amount', 'submit', 'comment']);
  await tenant.control('POST', '/sandbox/requisitions/5001/submit');
  await tenant.control('POST', '/sandbox/approvals/70004/decide', { action: 'approve' });
  await tenant.control('POST', '/sandbox/approvals/70005/decide', { action: 'approve' });
  expect(await forms()).toEqual(['comment']);
});

test('adds a comment as whoever is chosen, shows it, and keeps what was wrong beside the form', async () => {
  const fields = browser.fields(await browser.read(at), 'comment');
  expect(fields).toEqual({ authorId: '101', text: '' });
  const empty = await browser.send(`${at}/comment`, { ...fields, authorId: '202' });
  expect(empty.status).toBe(422);
  const page = await empty.text();
  expect(page).toContain('Write something.');
  expect(browser.fields(page, 'comment')).toEqual({ authorId: '202', text: '' });
  const text = 'Why <b>four</b>?';
  const added = await browser.send(`${at}/comment`, { authorId: '202', text });
  expect([added.status, added.headers.get('Location')]).toEqual([303, `${at}?done=commented`]);
  expect(await browser.read(at)).toMatch(/id="comments".*Why &lt;b&gt;four&lt;\/b&gt;\?.*Bo Ss/s);
  expect(await tenant.json(`/api${at}/comments`)).toMatchObject([
    { comments: text, 'created-by': { id: 202 } },
  ]);
});
