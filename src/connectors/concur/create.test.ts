import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import type { PurchaseRequestDocument } from '../../contract/purchase-request-document.ts';
import { failureOf } from '../http/test-server.ts';
import { answeredBy, clientOf, CORRELATION, DOCUMENT, reply, startConcur } from './test-concur.ts';

const ID = '5b0f6f0a-7c35-4f0e-9a57-2d2f6b1f9c11';
const ACCEPTED = {
  id: ID,
  uri: `http://us.api.concursolutions.com/purchaserequest/v4/purchaserequests/${ID}`,
};

const FULL: PurchaseRequestDocument = {
  userId: 'e1f0',
  userEmail: 'dana.reyes@acme.example',
  userLoginId: 'dana',
  description: 'Labor ärztlich “№ 1”\nzweite Zeile',
  policyExternalId: 'PO-US',
  currencyCode: 'USD',
  notesToSupplier: 'Dock 4',
  comments: 'ref:abc',
  custom1: 'CC100',
  custom24: 'last',
  shipToAddressCode: 'SHIP-SEA',
  billToAddressCode: 'BILL-HQ',
  lineItems: [
    {
      purchaseType: 'GOODS',
      vendorCode: 'V-7781',
      vendorAddressCode: 'V-7781-01',
      description: 'Gloves',
      quantity: '0.10',
      unitPrice: '12345678901234567890.1234567890',
      expenseType: '1250',
      receiptType: 'QUANTITY_RECEIPT',
      neededByDate: '2026-11-30',
      uomCode: 'EA',
      shipping: '9.00',
      tax: '-0.00',
      supplierPartId: 'NG-100-M',
      url: ['https://supplier.example/ng-100-m', 'https://supplier.example/2'],
      notesToVendor: 'Size M only',
      comments: 'line ref',
      custom1: 'LAB',
      custom20: 'last',
    },
  ],
};

describe('what a create sends', () => {
  async function bodySent(document: PurchaseRequestDocument, uomField?: 'uomCode' | 'uoMCode') {
    const { url, seen } = await startConcur((response) => {
      reply(response, 202, ACCEPTED);
    });
    const client = clientOf(url, uomField && { uomField });
    await client.createPurchaseRequest(document, CORRELATION);
    const [request] = seen;
    if (request === undefined) throw new Error('nothing was sent');
    return request;
  }

  it('is every documented field under its own name, decimals byte for byte as strings', async () => {
    const { body } = await bodySent(FULL);
    expect(JSON.parse(body)).toEqual(FULL);
    for (const decimal of ['"0.10"', '"12345678901234567890.1234567890"', '"9.00"', '"-0.00"']) {
      expect(body).toContain(decimal);
    }
  });

  it('is no field that is not documented', async () => {
    const line = {
      ...DOCUMENT.lineItems[0],
      custom21: 'x',
      allocation: 'y',
    } as PurchaseRequestDocument['lineItems'][0];
    const { body } = await bodySent({ ...DOCUMENT, custom25: 'x', custom0: 'x', lineItems: [line] });
    expect(JSON.parse(body)).toEqual(DOCUMENT);
  });

  it.each(['uomCode', 'uoMCode'] as const)('names the unit of measure %s as it is told', async (field) => {
    const other = field === 'uomCode' ? 'uoMCode' : 'uomCode';
    const { body } = await bodySent(FULL, field);
    expect(body).toContain(`"${field}":"EA"`);
    expect(body).not.toContain(`"${other}"`);
  });

  it('is a POST of JSON with its length, never in chunks, which Concur refuses', async () => {
    const { method, url, headers, body } = await bodySent(FULL);
    expect([method, url]).toEqual(['POST', '/purchaserequest/v4/purchaserequests']);
    expect(headers).toMatchObject({
      authorization: 'Bearer t0ken',
      'content-type': 'application/json',
      'content-length': String(Buffer.byteLength(body)),
      'concur-correlationid': CORRELATION.correlationId,
    });
    expect(headers['transfer-encoding']).toBeUndefined();
  });
});

describe('a yes', () => {
  it.each([200, 201, 202])('is %i with an id', async (status) => {
    const { client } = await answeredBy(status, ACCEPTED);
    expect(await client.createPurchaseRequest(DOCUMENT, CORRELATION)).toEqual({ kind: 'accepted', id: ID });
  });

  it('is an id beside an empty list of errors', async () => {
    const { client } = await answeredBy(202, { ...ACCEPTED, errors: [] });
    expect(await client.createPurchaseRequest(DOCUMENT, CORRELATION)).toMatchObject({ kind: 'accepted' });
  });

  it('is not followed to its uri: the token stays where it belongs', async () => {
    const elsewhere = await startConcur((response) => {
      reply(response, 200, {});
    });
    const { url } = await startConcur((response, { method }) => {
      if (method === 'POST') reply(response, 202, { id: ID, uri: `${elsewhere.url}/x?mode=COMPACT` });
      else reply(response, 200, { purchaseRequestId: ID });
    });
    const client = clientOf(url);
    await client.createPurchaseRequest(DOCUMENT, CORRELATION);
    await client.getPurchaseRequest(ID);
    expect(elsewhere.seen).toEqual([]);
  });
});

describe('a no', () => {
  it.each([
    'missingRequestBody',
    'invalidRequestBody',
    'missingUserInfo',
    'invalidUserInfo',
    'provideOneUserInformation',
    'missingCurrencyCode',
    'invalidCurrencyCode',
    'invalidPolicyInformation',
    'missingLineItems',
    'invalidPurchaseType',
    'missingPurchaseType',
    'missingVendorAddressCode',
    'missingVendorCode',
    'invalidVendor',
    'missingDescription',
    'missingQuantity',
    'invalidQuantity',
    'missingUnitPrice',
    'invalidUnitPrice',
    'invalidDateFormat',
    'listCodeNotfound',
    'missingPolicyInformation',
    'aCodeThatNobodyHasDocumented',
  ])('keeps the code %s, its message and its path, in both wrappers', async (errorCode) => {
    const error = { errorCode, errorMessage: `About ${errorCode}.`, dataPath: 'lineItems[1].quantity' };
    const problem = {
      line: 2,
      code: errorCode,
      message: `About ${errorCode}.`,
      path: 'lineItems[1].quantity',
    };
    for (const body of [{ errors: [error] }, { errors: error }, { error: [error] }, { error }]) {
      const { client } = await answeredBy(400, body);
      expect(await client.createPurchaseRequest(DOCUMENT, CORRELATION)).toEqual({
        kind: 'refused',
        status: 400,
        problems: [problem],
      });
    }
  });

  it.each([400, 404, 409, 413, 415, 422])('is %i, even without a reason that can be read', async (status) => {
    const { url } = await startConcur((response) => {
      response.writeHead(status, { 'content-type': 'text/html' }).end('<p>No</p>');
    });
    expect(await clientOf(url).createPurchaseRequest(DOCUMENT, CORRELATION)).toEqual({
      kind: 'refused',
      status,
      problems: [],
    });
  });

  it('is a 2xx with errors and no id', async () => {
    const { client } = await answeredBy(200, { errors: [{ errorCode: 'invalidVendor' }] });
    expect(await client.createPurchaseRequest(DOCUMENT, CORRELATION)).toMatchObject({
      kind: 'refused',
      status: 200,
      problems: [{ code: 'invalidVendor' }],
    });
  });
});

describe('an outcome that nobody knows (P5)', () => {
  it.each([
    ['no id and no errors', {}],
    ['errors that say nothing', { errors: [{}, null, 7] }],
    ['an empty list of errors', { errors: [] }],
    ['a message of another shape', { Message: 'ok' }],
    ['an id that is no text', { id: { toString: 1 } }],
    ['an id that would lead elsewhere', { id: '..' }],
    ['an id with spaces', { id: 'a b' }],
    ['a list', [ACCEPTED]],
    ['a text', 'created'],
    ['nothing', undefined],
  ])('is a 2xx with %s', async (_what, body) => {
    const { client, seen } = await answeredBy(202, body);
    expect(await failureOf(client.createPurchaseRequest(DOCUMENT, CORRELATION))).toMatchObject({
      name: 'UnknownOutcomeError',
      status: 202,
    });
    expect(seen).toHaveLength(1);
  });

  it.each([302, 303, 406, 408, 418, 424, 499, 500, 502, 503, 504])('is %i, sent once', async (status) => {
    const { client, seen } = await answeredBy(status, ACCEPTED, { location: '/elsewhere' });
    const failure = await failureOf(client.createPurchaseRequest(DOCUMENT, CORRELATION));
    expect(failure).toMatchObject({ name: 'UnknownOutcomeError', status });
    expect(seen).toHaveLength(1);
  });

  it('is a page of HTML, and an answer beyond all bounds', async () => {
    const html = await startConcur((response) => {
      response.writeHead(200, { 'content-type': 'text/html' }).end('<html>Sign in</html>');
    });
    const huge = await startConcur((response) => {
      reply(response, 202, { ...ACCEPTED, more: 'x'.repeat(20_000) });
    });
    for (const { url } of [html, huge]) {
      const client = clientOf(url, { maxBodyBytes: 10_000 });
      expect(await failureOf(client.createPurchaseRequest(DOCUMENT, CORRELATION))).toMatchObject({
        name: 'UnknownOutcomeError',
      });
    }
  });

  it('is a time-out, and a connection that drops after the request', async () => {
    const silent = await startConcur(() => undefined);
    const dropping = await startConcur((response) => response.destroy());
    for (const { url, seen } of [silent, dropping]) {
      const failure = await failureOf(
        clientOf(url, { timeoutMs: 100 }).createPurchaseRequest(DOCUMENT, CORRELATION),
      );
      expect(failure).toMatchObject({ name: 'UnknownOutcomeError' });
      expect(seen).toHaveLength(1);
    }
  });
});

describe('nothing happened', () => {
  it('where no connection could be made', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    await new Promise((resolve) => server.close(resolve));
    const client = clientOf(`http://127.0.0.1:${port}`);
    expect(await failureOf(client.createPurchaseRequest(DOCUMENT, CORRELATION))).toMatchObject({
      name: 'RetryableError',
    });
  });

  it('where the caller gave up before it was sent: the reason is rethrown', async () => {
    const { client, seen } = await answeredBy(202, ACCEPTED);
    const reason = new Error('stopped');
    const failure = await failureOf(
      client.createPurchaseRequest(DOCUMENT, { ...CORRELATION, signal: AbortSignal.abort(reason) }),
    );
    expect(failure).toBe(reason);
    expect(seen).toEqual([]);
  });

  it('where the caller finds at the last moment that it is too late', async () => {
    const { client, seen } = await answeredBy(202, ACCEPTED);
    const late = new Error('too late');
    const beforeSend = () => {
      throw late;
    };
    expect(await failureOf(client.createPurchaseRequest(DOCUMENT, { ...CORRELATION, beforeSend }))).toBe(
      late,
    );
    expect(seen).toEqual([]);
  });

  it.each([405, 410, 411, 412, 414, 421, 431])(
    'where the request was not looked at: %i is for an operator',
    async (status) => {
      const { client } = await answeredBy(status);
      expect(await failureOf(client.createPurchaseRequest(DOCUMENT, CORRELATION))).toMatchObject({
        name: 'TerminalError',
        status,
      });
    },
  );
});
