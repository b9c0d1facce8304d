import { request } from 'node:http';
import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { bearerOf, line, order, rhea, startTestEntity, type TestEntity, userForm } from './test-entity.ts';

let entity: TestEntity;
beforeEach(async () => {
  entity = await startTestEntity();
});
afterEach(() => entity.close());

const at = '/purchaserequest/v4/purchaserequests';
const listed = z.object({ purchaseRequests: z.array(z.record(z.string(), z.unknown())) });
const all = async () =>
  listed.parse(await (await entity.control('GET', '/purchase-requests')).json()).purchaseRequests;
const refusal = z.object({
  errors: z.array(
    z.object({ errorCode: z.string(), errorMessage: z.string().min(1), dataPath: z.string().optional() }),
  ),
});
const errorsOf = async (answer: Response) => {
  expect(answer.status).toBe(400);
  return refusal.parse(await answer.json()).errors;
};
const codesOf = async (document: object) =>
  (await errorsOf(await entity.post(document))).map(({ errorCode, dataPath }) => [errorCode, dataPath]);
const raw = (body: string, type = 'application/json') =>
  entity.api(at, { method: 'POST', body, headers: { 'Content-Type': type } });

describe('a create', () => {
  it('is accepted with an id and an address of the scheme that SAP shows', async () => {
    const answer = await entity.post(order(), { 'concur-correlationid': rhea.uuid });
    expect(answer.status).toBe(202);
    expect(answer.headers.get('concur-correlationid')).toBe(rhea.uuid);
    const { id, uri } = (await answer.json()) as { id: string; uri: string };
    expect(uri).toBe(`${entity.url}${at}/${id}?mode=COMPACT`);
  });

  it('is kept as it arrived, with its mark and its correlation id', async () => {
    const document = order({ comments: 'ref:abc for the lab', lineItems: [line({ uoMCode: 'EA' })] });
    await entity.post(document, { 'concur-correlationid': rhea.uuid });
    await entity.post(order({ comments: 'see ref:abc' }));
    expect(await all()).toMatchObject([
      { body: document, ref: 'abc', correlationId: rhea.uuid, requester: rhea.uuid, total: '699.00' },
      { ref: null, correlationId: null },
    ]);
  });

  it.each<[string, object]>([
    ['userId', { userId: rhea.uuid }],
    ['userEmail', { userEmail: rhea.address }],
    ['userLoginId', { userLoginId: rhea.login }],
  ])('takes the requester from %s', async (_field, user) => {
    await entity.create({ ...order({ userEmail: undefined }), ...user });
    expect(await all()).toMatchObject([{ requester: rhea.uuid, createdWith: 'company' }]);
  });

  it("is the user's whose token it came with, whomever it names", async () => {
    const Authorization = await bearerOf(entity.token, userForm('pat.chase'));
    expect((await entity.post(order(), { Authorization })).status).toBe(202);
    expect(await all()).toMatchObject([
      { requester: 'c0c0c0c0-0000-4000-8000-000000000102', createdWith: 'user' },
    ]);
  });

  const long = { ...order(), policyExternalId: 'USPO', custom24: 'CC', custom1: 'CC100' };
  it.each<[string, object]>([
    ['every field of the header', long],
    ['fields that SAP does not know', order({ custom25: 7, unheardOf: true })],
    ['services at no price', order({ lineItems: [line({ purchaseType: 'SERVICES', unitPrice: '0' })] })],
    ['a second address of a vendor', order({ lineItems: [line({ vendorAddressCode: 'ACME-02' })] })],
  ])('passes with %s', async (_what, document) => {
    expect((await entity.post(document)).status).toBe(202);
  });

  it.each<[string, object, string | undefined]>([
    ['missingUserInfo', order({ userEmail: undefined }), undefined],
    ['invalidUserInfo', order({ userEmail: 'nobody@example.test' }), 'userEmail'],
    ['provideOneUserInformation', order({ userId: rhea.uuid }), undefined],
    ['missingCurrencyCode', order({ currencyCode: undefined }), 'currencyCode'],
    ['invalidCurrencyCode', order({ currencyCode: 'usd' }), 'currencyCode'],
    ['invalidPolicyInformation', order({ policyExternalId: 'NOPE' }), 'policyExternalId'],
    ['missingLineItems', order({ lineItems: [] }), 'lineItems'],
    ['invalidRequestBody', order({ lineItems: 'many' }), 'lineItems'],
    ['invalidRequestBody', order({ description: 7 }), 'description'],
  ])('is refused with %s', async (code, document, path) => {
    expect(await codesOf(document)).toEqual([[code, path]]);
  });

  it.each<[string, object, string]>([
    ['missingPurchaseType', { purchaseType: undefined }, '.purchaseType'],
    ['invalidPurchaseType', { purchaseType: 'goods' }, '.purchaseType'],
    ['missingVendorCode', { vendorCode: '' }, '.vendorCode'],
    ['missingVendorAddressCode', { vendorAddressCode: null }, '.vendorAddressCode'],
    ['invalidVendor', { vendorAddressCode: 'FAIR-01' }, ''],
    ['missingDescription', { description: undefined }, '.description'],
    ['missingQuantity', { quantity: undefined }, '.quantity'],
    ['invalidQuantity', { quantity: '1e3' }, '.quantity'],
    ['invalidQuantity', { quantity: 2 }, '.quantity'],
    ['invalidQuantity', { quantity: '0.00' }, '.quantity'],
    ['missingUnitPrice', { unitPrice: undefined }, '.unitPrice'],
    ['invalidUnitPrice', { unitPrice: '-1' }, '.unitPrice'],
    ['invalidUnitPrice', { unitPrice: 349.5 }, '.unitPrice'],
    ['invalidDateFormat', { neededByDate: '2026-02-31' }, '.neededByDate'],
    ['invalidDateFormat', { neededByDate: '28/02/2026' }, '.neededByDate'],
    ['invalidRequestBody', { receiptType: 'WQTY' }, '.receiptType'],
    ['invalidRequestBody', { url: 'https://shop.test' }, '.url'],
    ['invalidRequestBody', { tax: '1,5' }, '.tax'],
    ['invalidRequestBody', { custom20: 5 }, '.custom20'],
  ])('is refused with %s for a line with %j', async (code, change, path) => {
    expect(await codesOf(order({ lineItems: [line(), line(change)] }))).toEqual([
      [code, `lineItems[1]${path}`],
    ]);
  });

  it('is refused with all that is wrong at once', async () => {
    const lineItems = [line({ quantity: 'x', description: '' }), line({ vendorCode: 'NOBODY' })];
    expect(await codesOf({ userEmail: rhea.address, lineItems })).toEqual([
      ['missingCurrencyCode', 'currencyCode'],
      ['missingDescription', 'lineItems[0].description'],
      ['invalidQuantity', 'lineItems[0].quantity'],
      ['invalidVendor', 'lineItems[1]'],
    ]);
    expect(await all()).toEqual([]);
  });

  it('is refused without a body, with one that is no object, and with another content type', async () => {
    expect(await errorsOf(await raw(''))).toMatchObject([{ errorCode: 'missingRequestBody' }]);
    for (const answer of [
      await raw('{'),
      await raw('[]'),
      await raw(JSON.stringify(order()), 'text/plain'),
    ]) {
      expect(await errorsOf(answer)).toMatchObject([{ errorCode: 'invalidRequestBody' }]);
    }
  });

  it('is refused with what the settings say, under either name', async () => {
    const refuseCreate = [{ errorCode: 'listCodeNotfound', errorMessage: 'List code not found.' }];
    await entity.settings({ refuseCreate, errorWrapper: 'error' });
    const answer = await entity.post(order());
    expect([answer.status, await answer.json()]).toEqual([400, { error: refuseCreate }]);
  });

  it('is refused when its body comes in chunks', async () => {
    const Authorization = await bearerOf(entity.token, userForm(rhea.login));
    const sent = request(entity.url + at, {
      method: 'POST',
      headers: { Authorization, 'Content-Type': 'application/json' },
    });
    sent.write(JSON.stringify(order()).slice(0, 10));
    sent.end(JSON.stringify(order()).slice(10));
    const [answer] = (await once(sent, 'response')) as [{ statusCode: number; resume(): void }];
    answer.resume();
    expect(answer.statusCode).toBe(400);
    expect(await all()).toEqual([]);
  });

  it('gets lost before or after its effect when a fault is planned', async () => {
    for (const kind of ['dropBefore', 'dropAfter']) {
      await entity.control('POST', '/faults', { route: 'create', kind });
      await expect(entity.post(order())).rejects.toThrow();
    }
    expect(await all()).toHaveLength(1);
    expect(await (await entity.control('GET', '/requests')).json()).toMatchObject([
      { path: '/oauth2/v0/token', status: 200 },
      { path: at, fault: 'dropBefore', status: null },
      { path: at, fault: 'dropAfter', status: null },
    ]);
  });

  it('carries a correlation id on every answer, of a fault and an unknown route as well', async () => {
    await entity.control('POST', '/faults', { route: 'create', kind: 'status', status: 503 });
    const answers = [await entity.post(order()), await entity.api('/api/none'), await entity.token({})];
    for (const answer of answers) {
      expect(answer.ok).toBe(false);
      expect(answer.headers.get('concur-correlationid')).toMatch(/^[0-9a-f-]{36}$/);
    }
  });
});
