import { describe, expect, it } from 'vitest';
import { testApi } from '../test-api.ts';
import { purchaseRequestBody, toDocument } from './body.ts';
import { validBody, validLine } from './test-body.ts';

const header = (differing: object) => ({ ...validBody, ...differing });
const line = (differing: object) => header({ lineItems: [{ ...validLine, ...differing }] });
const { userEmail: _none, ...nobody } = validBody;
const uuid = '3f2c1a70-5d0e-4a55-9c1b-0a7d6f4f8e21';

const everything = {
  userId: uuid,
  description: 'Lab restock\nand more 🧤',
  policyExternalId: 'PO-US',
  currencyCode: 'EUR',
  notesToSupplier: 'Deliver to dock 4',
  comments: 'For REQ-2041',
  shipToAddressCode: 'SHIP-SEA',
  billToAddressCode: 'BILL-HQ',
  custom1: 'CC100',
  custom24: 'x',
  lineItems: [
    {
      ...validLine,
      purchaseType: 'SERVICES',
      quantity: '0.0000000001',
      unitPrice: '0',
      expenseType: '1250',
      receiptType: 'NONE',
      neededByDate: '2028-02-29',
      uomCode: 'EA',
      shipping: '9.00',
      tax: '999999999999999999.0000000001',
      supplierPartId: 'NG-100-M',
      url: ['https://supplier.example/ng-100-m?size=m', 'http://supplier.example'],
      notesToVendor: 'Size M only',
      comments: 'line 1',
      custom1: 'a',
      custom20: 'b',
    },
  ],
};

/** What each request is told: pointer and detail. */
async function problemsOf(body: string): Promise<[string | undefined, string][]> {
  const headers = { 'content-type': 'application/json', 'idempotency-key': 'k1' };
  const { send, engine } = testApi();
  const got = await send('POST', '/purchase-requests', { body, headers });
  expect(engine.purchaseStarts).toEqual([]);
  const errors = got.problem()['errors'] as { pointer?: string; detail: string }[];
  return errors.map(({ pointer, detail }) => [pointer, detail]);
}
const pointersOf = async (body: unknown) =>
  (await problemsOf(typeof body === 'string' ? body : JSON.stringify(body))).map(([pointer]) => pointer);

describe('a purchase request by Concur’s own names', () => {
  it('is handed on as it came, every field of it', () => {
    expect(toDocument(purchaseRequestBody.parse(everything))).toEqual({ document: everything });
  });

  it('has its unit under either spelling', () => {
    const { document } = toDocument(purchaseRequestBody.parse(line({ uoMCode: 'BX' })));
    expect(document.lineItems).toEqual([{ ...validLine, uomCode: 'BX' }]);
  });

  it.each([
    ['the requester’s address', {}, validBody.userEmail],
    ['the address that is given', { notify: 'robin@example.com' }, 'robin@example.com'],
    ['nobody for null', { notify: null }, undefined],
  ])('tells %s how it goes', (_who, differing, told) => {
    const { document, notify } = toDocument(purchaseRequestBody.parse(header(differing)));
    expect(notify).toBe(told);
    expect(document).toEqual(validBody);
  });

  it('tells nobody where no address names the requester', () => {
    const wanted = toDocument(purchaseRequestBody.parse({ ...nobody, userLoginId: 'dana' }));
    expect(wanted).toEqual({ document: { ...nobody, userLoginId: 'dana' } });
  });

  it('may have 500 lines', () => {
    const lineItems = Array.from({ length: 500 }, () => validLine);
    expect(purchaseRequestBody.safeParse(header({ lineItems })).success).toBe(true);
  });
});

describe('a purchase request with problems', () => {
  it.each([
    ['no requester', nobody, ''],
    ['two requesters', header({ userId: uuid }), ''],
    ['no UUID', { ...nobody, userId: 'dana' }, '/userId'],
    ['no address', header({ userEmail: 'dana' }), '/userEmail'],
    ['an address to tell that is none', header({ notify: '' }), '/notify'],
    ['a currency in small letters', header({ currencyCode: 'usd' }), '/currencyCode'],
    ['no currency', header({ currencyCode: undefined }), '/currencyCode'],
    ['null', header({ comments: null }), '/comments'],
    ['an empty text', header({ comments: ' ' }), '/comments'],
    ['a control character', header({ comments: 'a\u0000b' }), '/comments'],
    ['half a character', header({ comments: 'a\ud83e' }), '/comments'],
    ['a long text', header({ description: 'x'.repeat(2_001) }), '/description'],
    ['a long code', header({ policyExternalId: 'x'.repeat(101) }), '/policyExternalId'],
    ['a line break in a code', header({ policyExternalId: 'a\nb' }), '/policyExternalId'],
    ['a custom field that the header lacks', header({ custom25: 'x' }), '/custom25'],
    ['another system’s field', header({ 'a/b~c': 1 }), '/a~1b~0c'],
    ['a field of every object', header({ constructor: 1 }), '/constructor'],
    ['no lines', header({ lineItems: [] }), '/lineItems'],
    ['lines that are no list', header({ lineItems: validLine }), '/lineItems'],
    ['a line that is null', header({ lineItems: [null] }), '/lineItems/0'],
    ['501 lines', header({ lineItems: Array.from({ length: 501 }, () => validLine) }), '/lineItems'],
    ['a type that Concur lacks', line({ purchaseType: 'goods' }), '/lineItems/0/purchaseType'],
    ['no vendor', line({ vendorCode: undefined }), '/lineItems/0/vendorCode'],
    ['a receipt type that Concur lacks', line({ receiptType: 'x' }), '/lineItems/0/receiptType'],
    ['a quantity of none', line({ quantity: '0.00' }), '/lineItems/0/quantity'],
    ['a day that is none', line({ neededByDate: '2026-02-30' }), '/lineItems/0/neededByDate'],
    ['a moment for a day', line({ neededByDate: '2026-02-03T00:00:00Z' }), '/lineItems/0/neededByDate'],
    ['both spellings of the unit', line({ uomCode: 'EA', uoMCode: 'EA' }), '/lineItems/0/uoMCode'],
    ['a custom field that lines lack', line({ custom21: 'x' }), '/lineItems/0/custom21'],
    ['a custom field that nothing has', line({ custom0: 'x' }), '/lineItems/0/custom0'],
    ['an address that is not of the web', line({ url: ['javascript:1'] }), '/lineItems/0/url/0'],
    ['an address without a host', line({ url: ['https://'] }), '/lineItems/0/url/0'],
    ['one address without its list', line({ url: 'https://a.example' }), '/lineItems/0/url'],
  ])('is refused for %s, at its place', async (_what, body, pointer) => {
    expect(await pointersOf(body)).toEqual([pointer]);
  });

  it.each(['-1', '+1', '1e3', '1,000.00', ' 1', '1.', '.5', '01', '', 'NaN', '0x10', '１', '1'.repeat(19)])(
    'is refused for the price %j',
    async (unitPrice) => {
      expect(await pointersOf(line({ unitPrice }))).toEqual(['/lineItems/0/unitPrice']);
    },
  );

  it('is told why a number in JSON is no amount', async () => {
    const [[pointer, detail] = []] = await problemsOf(JSON.stringify(line({ unitPrice: 18.75 })));
    expect([pointer, detail]).toEqual(['/lineItems/0/unitPrice', expect.stringContaining('may lose digits')]);
  });

  it('hears of everything at once', async () => {
    const body = {
      userId: 'x',
      userLoginId: 'dana',
      curency: 'USD',
      lineItems: [
        validLine,
        { purchaseType: 'GOODS', quantity: 1, unitPrice: '-1', uomCode: 'EA', uoMCode: 'EA', price: '1' },
      ],
    };
    expect((await pointersOf(body)).toSorted()).toEqual([
      '',
      '/curency',
      '/currencyCode',
      '/lineItems/1/description',
      '/lineItems/1/price',
      '/lineItems/1/quantity',
      '/lineItems/1/unitPrice',
      '/lineItems/1/uoMCode',
      '/lineItems/1/vendorAddressCode',
      '/lineItems/1/vendorCode',
      '/userId',
    ]);
  });

  it.each(['[]', 'null', '"x"', '7', '[[[[]]]]'])('is none at all: %s', async (body) => {
    expect(await pointersOf(body)).toEqual(['']);
  });

  it('is refused for a member that would become a prototype', async () => {
    const body = JSON.stringify(validBody).replace('{', '{"__proto__":{"currencyCode":"EUR"},');
    expect(await pointersOf(body)).toEqual(['/__proto__']);
  });

  it('is refused where a member comes twice, since nobody knows which one was meant', async () => {
    const body = JSON.stringify(validBody).replace('"quantity":"12"', '"quantity":"12","quantity":"1200"');
    expect(await pointersOf(body)).toEqual(['/lineItems/0/quantity']);
  });

  it.each([
    ['nested deep', `{"lineItems":${'['.repeat(200_000)}${']'.repeat(200_000)}}`, 10],
    ['a hundred thousand lines', `{"lineItems":[${'{},'.repeat(150_000)}{}]}`, 10],
    ['a hundred thousand fields', `{${Array.from({ length: 40_000 }, (_, at) => `"x${at}":1`).join()}}`, 200],
  ])('is refused, and told briefly, when it is %s', async (_what, body, most) => {
    const pointers = await pointersOf(body);
    expect(pointers).toContain('/currencyCode');
    expect(pointers.length).toBeLessThan(most);
  });

  it('is told of many problems in one line that stays short, and of each at its place', async () => {
    const lineItems = Array.from({ length: 100 }, () => ({}));
    const { postJson } = testApi();
    const got = await postJson('/purchase-requests', header({ lineItems }), { 'idempotency-key': 'k1' });
    expect(got.problem()['errors']).toHaveLength(600);
    expect(got.problem().error).toMatch(/^(lineItems\/0\/\w+: It is missing\. ){3}And 597 more\.$/);
  });
});
