import { randomUUID } from 'node:crypto';
import { MockActivityEnvironment } from '@temporalio/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { demoLists } from '../../../sandbox/concur/seed.ts';
import { concurControl } from '../../../test/support/sandbox-control.ts';
import { startSandboxes } from '../../../test/support/sandboxes.ts';
import { until } from '../../../test/support/until.ts';
import type { CheckResult, CreateResult, ReadResult } from '../../contract/concur-work.ts';
import type { PurchaseRequestDocument } from '../../contract/purchase-request-document.ts';
import type { PurchaseOrder } from '../../contract/purchase-request.ts';
import { createConcurActivities } from './activities.ts';

let sandboxes: Awaited<ReturnType<typeof startSandboxes>>;
beforeAll(async () => {
  sandboxes = await startSandboxes(undefined, { concur: true });
});
afterAll(async () => {
  await sandboxes.close();
});

const line = {
  purchaseType: 'GOODS',
  vendorCode: 'ACME',
  vendorAddressCode: 'ACME-02',
  description: 'Nitrile gloves',
  quantity: '12',
  unitPrice: '18.75',
} as const;
const document: PurchaseRequestDocument = {
  userEmail: 'rhea.quester@example.test',
  currencyCode: 'USD',
  comments: 'dock 4',
  custom1: 'CC100',
  lineItems: [line, { ...line, vendorCode: 'LAKE', vendorAddressCode: 'LAKE-01', custom2: 'P1' }],
};

/** The activities as a worker would run them, over the company's token. */
function setUp() {
  const { concur } = sandboxes.vendors;
  if (concur === undefined) throw new Error('SAP Concur is configured');
  const activities = createConcurActivities({
    concur,
    followForMs: 1_000,
    listFields: [
      { on: 'header', field: 'custom1', listId: demoLists.costCentres },
      { on: 'line', field: 'custom2', listId: demoLists.projects },
    ],
  });
  return {
    control: concurControl(sandboxes.pages.concur),
    check: (of: PurchaseRequestDocument): Promise<CheckResult> =>
      new MockActivityEnvironment().run(() => activities.checkCodes(of)),
    create: (id: string, of: PurchaseRequestDocument): Promise<CreateResult> =>
      new MockActivityEnvironment().run(() =>
        activities.createPurchaseRequest({ id, document: of, correlationId: randomUUID() }),
      ),
    read: (concurId: string): Promise<ReadResult> =>
      new MockActivityEnvironment().run(() => activities.readPurchaseRequest({ concurId })),
    orders: (numbers: readonly string[]): Promise<PurchaseOrder[]> =>
      new MockActivityEnvironment().run(() => activities.readOrders({ numbers })),
  };
}

describe('the activities for SAP Concur, all the way', () => {
  it('check, create, follow, and read the orders, one for each vendor', async () => {
    const { control, check, create, read, orders } = setUp();
    expect(await check(document)).toMatchObject({ problems: [], notChecked: [], summary: { total: '450' } });
    const created = await create('way-1', document);
    if (created.kind !== 'accepted') throw new Error(`it was ${created.kind}`);
    const { concurId } = created;
    expect(await control.withRef('way-1')).toMatchObject([
      { id: concurId, body: { comments: 'ref:way-1 dock 4' } },
    ]);

    await control.create(concurId);
    await control.approve(concurId);
    const status = await until('the orders', async () => {
      const found = await read(concurId);
      return found.kind === 'found' && found.status.orders.length > 0 ? found.status : undefined;
    });
    expect(status).toMatchObject({ queueStatus: 'CREATED', workflowStatus: 'Approved' });
    expect(await orders(status.orders)).toMatchObject([
      { number: status.orders[0], vendorCode: 'ACME' },
      { number: status.orders[1], vendorCode: 'LAKE' },
    ]);
    expect(await orders(['PO-of-nobody'])).toEqual([{ number: 'PO-of-nobody' }]);
  });

  it('find every wrong code at once', async () => {
    const { check } = setUp();
    const wrong = {
      ...document,
      custom1: 'CC999',
      lineItems: [
        { ...line, vendorAddressCode: 'LAKE-01' },
        { ...line, custom2: 'P9' },
      ],
    };
    expect((await check(wrong)).problems).toMatchObject([
      { field: 'custom1', code: 'unknownListItem' },
      { line: 1, field: 'vendorCode', code: 'unknownVendor' },
      { line: 2, field: 'custom2', code: 'unknownListItem' },
    ]);
  });

  it('hand on every problem that Concur finds at once, and nothing is created', async () => {
    const { control, create } = setUp();
    const wrong = { ...document, currencyCode: 'XXQ', lineItems: [{ ...line, vendorCode: 'NOBODY' }] };
    const refused = await create('way-2', wrong);
    expect(refused).toMatchObject({ kind: 'refused' });
    const codes = refused.kind === 'refused' ? refused.problems.map(({ code }) => code) : [];
    expect(codes).toEqual(expect.arrayContaining(['invalidCurrencyCode', 'invalidVendor']));
    expect(await control.withRef('way-2')).toEqual([]);
  });

  it('are unknown when the answer to a create is lost, and it is there once', async () => {
    const { control, create } = setUp();
    await control.fault({ route: 'create', kind: 'dropAfter', times: 1 });
    expect(await create('way-3', document)).toMatchObject({ kind: 'unknown' });
    expect(await control.withRef('way-3')).toHaveLength(1);
  });

  it('know no id that Concur does not know', async () => {
    expect(await setUp().read(randomUUID())).toEqual({ kind: 'notFound', followForMs: 1_000 });
  });
});
