import { afterEach, beforeEach, expect, test } from 'vitest';
import { startTestTenant, type TestTenant } from './test-tenant.ts';

let tenant: TestTenant;
beforeEach(async () => {
  tenant = await startTestTenant();
});
afterEach(() => tenant.close());

const at = (id: number) => `/api/requisitions/${id}`;
const act = async (id: number, what: string) =>
  (await tenant.control('POST', `/sandbox/requisitions/${id}/${what}`)).status;

/** A requisition that its last approver has approved. */
async function approved(body: object = {}): Promise<number> {
  const { requisitionId, approvalId } = await tenant.create({ chain: [201], ...body });
  await tenant.control('POST', `/sandbox/approvals/${approvalId}/decide`, { action: 'approve', userId: 201 });
  return requisitionId;
}

test('a requisition is approved by its last approval, and ordered only when Coupa orders it', async () => {
  const { requisitionId: waiting } = await tenant.create({ chain: [201] });
  expect(await act(waiting, 'order')).toBe(400);
  const id = await approved();
  expect(await tenant.json(at(id))).toMatchObject({ status: 'approved' });
  expect(await act(id, 'order')).toBe(200);
  expect(await tenant.json(at(id))).toMatchObject({ status: 'ordered', 'current-approval': null });
  expect(await act(id, 'order')).toBe(400);
  expect(await act(id, 'reopen')).toBe(400);
  const page = await (await fetch(`${tenant.url}/requisitions/${id}`)).text();
  expect(page).toContain('Ordered');
});

test('an approved requisition is reopened, submitted again and approved again', async () => {
  const id = await approved();
  expect(await act(id, 'reopen')).toBe(200);
  expect(await tenant.json(at(id))).toMatchObject({ status: 'draft' });
  expect(await act(id, 'submit')).toBe(200);
  expect(await tenant.json(at(id))).toMatchObject({ status: 'pending_approval' });
});

test('the list gives approved requisitions by their status and their date', async () => {
  const [first, second] = [await approved(), await approved()];
  await act(first, 'order');
  const list = (query: string) => tenant.json(`/api/requisitions?fields=["id"]&${query}`);
  expect(await list('status=approved')).toEqual([{ id: second }]);
  expect(await list('status=approved&updated_at[gt_or_eq]=2099-01-01T00:00:00Z')).toEqual([]);
});

test('a line has the supplier, commodity, day, part and currency that it was given, or none', async () => {
  const given = {
    description: 'Desk',
    unitPrice: '100',
    supplier: 'Upright Office',
    commodity: 'Furniture',
    needBy: '2026-12-24',
    partNumber: 'D-2',
    currency: 'EUR',
  };
  const none = { description: 'Lamp', unitPrice: '1', supplier: null, commodity: null };
  const { requisitionId } = await tenant.create({ lines: [given, none] });
  expect(await tenant.json(at(requisitionId))).toMatchObject({
    'requisition-lines': [
      {
        supplier: { id: 55948, name: 'Upright Office' },
        commodity: { name: 'Furniture' },
        'need-by-date': '2026-12-24T00:00:00-08:00',
        'source-part-num': 'D-2',
        currency: { code: 'EUR' },
      },
      {
        supplier: null,
        commodity: null,
        'need-by-date': null,
        'source-part-num': '',
        currency: { code: 'USD' },
      },
    ],
  });
});
