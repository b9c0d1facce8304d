import { afterEach, beforeEach, expect, test } from 'vitest';
import { startTestTenant, type TestTenant } from '../test-tenant.ts';
import { type TestBrowser, testBrowser } from './test-browser.ts';

let tenant: TestTenant;
let browser: TestBrowser;
beforeEach(async () => {
  tenant = await startTestTenant({ chatUrl: 'http://chat.example.test' });
  browser = testBrowser(tenant);
});
afterEach(() => tenant.close());

test('names the members of a group, says who is inactive, and leads to the chats of the others', async () => {
  await tenant.create({ chain: [{ group: 31 }] });
  await tenant.control('PATCH', '/sandbox/people/202', { active: false });
  const page = await browser.read('/requisitions/5001');
  expect(page).toContain('Capex Committee (Bo Ss (inactive), Cy Nod)');
  expect(page).toContain('?person=cy.nod%40example.test');
  expect(page).not.toContain('?person=bo.ss');
  expect(browser.fields(page, 'decide-70002')).toMatchObject({ byUserId: '203' });
});

test('names those who may decide for the approver, by the row and by a delegation in force', async () => {
  const { approvalId } = await tenant.create({ chain: [201] });
  await tenant.control('PATCH', `/sandbox/approvals/${approvalId}`, { delegates: [204], delegateId: 203 });
  const now = { delegatorId: 201, delegateId: 205 };
  const [over, later, other] = [
    { ...now, delegateId: 202, startsInS: -7200, endsInS: -3600 },
    { ...now, delegateId: 202, startsInS: 3600, endsInS: 7200 },
    { ...now, delegateId: 202, approvals: false },
  ];
  for (const body of [now, over, later, other]) await tenant.control('POST', '/sandbox/delegations', body);
  expect(await browser.read('/')).toContain('waits for Ada Prover, or for them Di Rector, Cher Chief<');
});

test('offers a decision for each approval of a parallel step, and says what chains did by themselves', async () => {
  const { approvalId } = await tenant.create({ chain: [{ parallel: [201, 203] }, { group: 31 }] });
  const page = await browser.read('/requisitions/5001');
  expect(page).toContain('Ada Prover and Cy Nod');
  expect(page).toMatch(/Capex Committee \(Bo Ss, Cy Nod\).*Later/s);
  const second = browser.fields(page, `decide-${approvalId + 1}`);
  expect(second).toMatchObject({ byUserId: '203' });
  await browser.send('/requisitions/5001/decide', { ...second, action: 'approve' });
  const body = { toUserId: 205, newRow: true };
  await tenant.control('POST', `/sandbox/approvals/${approvalId}/escalate`, body);
  await tenant.control('POST', `/sandbox/approvals/${approvalId + 2}/skip`);
  const after = await browser.read('/requisitions/5001');
  expect(after).toMatch(/Skipped by Coupa.*Escalated by Coupa.*Approved by Cy Nod/s);
  expect(after).toMatch(/data-subject="Approval 70002">Escalated</);
});
