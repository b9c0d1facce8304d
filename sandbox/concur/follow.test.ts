import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, onTestFinished } from 'vitest';
import { startConcurSandbox } from './start.ts';
import { client, companyForm, line, order, refreshForm, refreshTokenOf } from './test-entity.ts';
import { startTestEntity, type TestEntity } from './test-entity.ts';

let entity: TestEntity;
afterEach(() => entity.close());

const until = (id: string, wanted: object) => expect.poll(() => entity.details(id)).toMatchObject(wanted);
const act = (id: string, action: string, body?: object) =>
  entity.control('POST', `/purchase-requests/${id}/${action}`, body);

describe('a purchase request', () => {
  it('comes to exist, waits for its approver, and becomes one order for each vendor', async () => {
    entity = await startTestEntity();
    const lineItems = [
      line(),
      line({ vendorCode: 'FAIR', vendorAddressCode: 'FAIR-01', tax: '3.5', shipping: '9' }),
      line({ description: 'Cable', quantity: '3', unitPrice: '4' }),
    ];
    const id = await entity.create(order({ lineItems }));
    await until(id, { purchaseRequestWorkflowStatus: 'Pending Approval' });
    expect(await entity.details(id)).toEqual({
      purchaseRequestId: id,
      purchaseRequestNumber: '100001',
      purchaseRequestQueueStatus: 'CREATED',
      purchaseRequestWorkflowStatus: 'Pending Approval',
    });
    expect((await act(id, 'approve')).status).toBe(200);
    await until(id, {
      purchaseRequestWorkflowStatus: 'Approved',
      purchaseOrders: [{ purchaseOrderNumber: 'PO10001' }, { purchaseOrderNumber: 'PO10002' }],
    });
    expect((await act(id, 'approve')).status).toBe(400);
    expect(await entity.json('/api/v3.0/invoice/purchaseorders/PO10002')).toMatchObject({
      PurchaseOrderNumber: 'PO10002',
      PurchaseRequestNumber: '100001',
      Status: 'Transmitted',
      CurrencyCode: 'USD',
      VendorCode: 'FAIR',
      Shipping: '9.00',
      Tax: '3.50',
      LineItem: [{ LineNumber: '1', Quantity: '2', UnitPrice: '349.50' }],
    });
    expect((await entity.api('/api/v3.0/invoice/purchaseorders/PO9')).status).toBe(404);
  });

  it('shows its steps one by one: pending, submitted, pending approval', async () => {
    entity = await startTestEntity();
    await entity.settings({ creationDelayMs: 86_400_000, routingDelayMs: 86_400_000 });
    const id = await entity.create();
    expect(await entity.details(id)).toEqual({
      purchaseRequestId: id,
      purchaseRequestQueueStatus: 'PENDING_CREATION',
    });
    expect((await act(id, 'approve')).status).toBe(400);
    await act(id, 'create');
    expect(await entity.details(id)).toMatchObject({ purchaseRequestWorkflowStatus: 'Submitted' });
    expect((await act(id, 'create')).status).toBe(400);
  });

  it('asks for the mode by its name, and is unknown under another id', async () => {
    entity = await startTestEntity();
    const at = `/purchaserequest/v4/purchaserequests/${await entity.create()}`;
    for (const query of ['', '?mode=FULL']) expect((await entity.api(at + query)).status).toBe(400);
    expect((await entity.api(`${at}0?mode=COMPACT`)).status).toBe(404);
  });

  it('is not found by the first reads when the settings say so', async () => {
    entity = await startTestEntity();
    await entity.settings({ earlyNotFoundReads: 2 });
    const id = await entity.create();
    const statuses: number[] = [];
    for (let read = 0; read < 3; read += 1) {
      const answer = await entity.api(`/purchaserequest/v4/purchaserequests/${id}?mode=COMPACT`);
      statuses.push(answer.status);
    }
    expect(statuses).toEqual([404, 404, 200]);
  });

  it('fails in the background for codes that its lists do not have', async () => {
    entity = await startTestEntity();
    const lineItems = [line({ custom2: 'P1' }), line({ custom2: 'P9' })];
    const id = await entity.create(order({ custom1: 'CC999', lineItems }));
    await until(id, { purchaseRequestQueueStatus: 'CREATE_FAILED' });
    expect(await entity.details(id)).toMatchObject({
      purchaseRequestExceptions: [
        { isCleared: false, message: 'List code CC999 in custom1 of the header was not found' },
        { message: 'List code P9 in custom2 of line 2 was not found' },
      ],
    });
    await until(await entity.create(order({ custom1: 'CC100' })), { purchaseRequestQueueStatus: 'CREATED' });
  });

  it('fails by hand, and by the settings, with the exceptions that are told', async () => {
    entity = await startTestEntity();
    await entity.settings({ creationDelayMs: 86_400_000 });
    const id = await entity.create();
    await act(id, 'fail', { exceptions: [{ exceptionCode: '7', message: 'No.' }] });
    expect(await entity.details(id)).toMatchObject({
      purchaseRequestQueueStatus: 'CREATE_FAILED',
      purchaseRequestExceptions: [{ exceptionCode: '7', message: 'No.' }],
    });
    expect((await act(id, 'fail')).status).toBe(400);
    await entity.settings({ creationDelayMs: 0, failCreation: [{ message: 'Not today.' }] });
    await until(await entity.create(), { purchaseRequestExceptions: [{ message: 'Not today.' }] });
  });

  it('is sent back or expires, is approved all the same, and shows any status that is set', async () => {
    entity = await startTestEntity();
    const id = await entity.create();
    await until(id, { purchaseRequestWorkflowStatus: 'Pending Approval' });
    await act(id, 'send-back');
    expect(await entity.details(id)).toMatchObject({
      purchaseRequestWorkflowStatus: 'Sent Back To Employee',
    });
    await act(id, 'expire');
    expect(await entity.details(id)).toMatchObject({
      purchaseRequestWorkflowStatus: 'Approval Time Expired',
    });
    const exceptions = [{ eventCode: 'PURCH_DETAIL_SUBMIT', isCleared: true, message: 'Seen.' }];
    await act(id, 'status', { workflowStatus: 'Vendor Approval', queueStatus: 'NEW_WORD', exceptions });
    expect(await entity.details(id)).toMatchObject({
      purchaseRequestQueueStatus: 'NEW_WORD',
      purchaseRequestWorkflowStatus: 'Vendor Approval',
      purchaseRequestExceptions: exceptions,
    });
    await act(id, 'approve');
    await until(id, { purchaseOrders: [{ purchaseOrderNumber: 'PO10001' }] });
  });

  it('is unknown once it is removed', async () => {
    entity = await startTestEntity();
    const id = await entity.create();
    await entity.control('DELETE', `/purchase-requests/${id}`);
    expect((await entity.api(`/purchaserequest/v4/purchaserequests/${id}?mode=COMPACT`)).status).toBe(404);
    expect((await act(id, 'approve')).status).toBe(404);
  });
});

describe('a restart', () => {
  it('keeps requests and tokens, and goes on with what was under way', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'concur-sandbox-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const statePath = join(folder, 'concur.json');
    entity = await startTestEntity({ statePath });
    const done = await entity.create();
    await until(done, { purchaseRequestNumber: '100001' });
    await entity.control('DELETE', '/vendors/DESK/DESK-01');
    await entity.settings({ creationDelayMs: 300 });
    const pending = await entity.create();
    const refresh = await refreshTokenOf(entity.token, companyForm());
    await entity.close();

    entity = await startTestEntity({ statePath });
    expect(await entity.details(done)).toMatchObject({ purchaseRequestNumber: '100001' });
    await until(pending, { purchaseRequestNumber: '100002' });
    expect((await entity.token(refreshForm(refresh))).status).toBe(200);
    expect(await entity.json('/api/v3.1/invoice/vendors')).toMatchObject({ TotalCount: 6 });
  });

  it('after a kill right behind an answer has forgotten neither request nor refresh token', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'concur-sandbox-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const statePath = join(folder, 'concur.json');
    entity = await startTestEntity({ statePath });
    await entity.settings({ creationDelayMs: 86_400_000 });
    const id = await entity.create();
    const refresh = await refreshTokenOf(entity.token, companyForm());
    // A second one that reads the file as it lies there now: the first one has had no time to close.
    const second = await startConcurSandbox({ ...client, statePath });
    onTestFinished(() => second.close());
    const { status } = await fetch(`${second.url}/sandbox/purchase-requests/${id}`);
    expect(status).toBe(200);
    const answer = await fetch(`${second.url}/oauth2/v0/token`, {
      method: 'POST',
      body: new URLSearchParams(refreshForm(refresh)).toString(),
      headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
    });
    expect(answer.status).toBe(200);
  });
});
