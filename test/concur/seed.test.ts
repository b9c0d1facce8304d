import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { demoLists } from '../../sandbox/concur/seed.ts';
import { loadConfig } from '../../src/config/load-config.ts';
import type { ConcurTokens } from '../../src/connectors/concur/token/types.ts';
import { TerminalError } from '../../src/connectors/http/errors.ts';
import { concurOrigin } from '../../src/contract/origins.ts';
import type { PurchaseRequestDocument } from '../../src/contract/purchase-request-document.ts';
import { type Company, seenBy, startCompany } from '../support/concur-company.ts';

// What SAP's page on getting started with the Purchase Request API states, one test for each statement.

let company: Company;
beforeEach(async () => {
  company = await startCompany();
});
afterEach(() => company.stop());

const rhea = { address: 'rhea.quester@example.test', uuid: 'c0c0c0c0-0000-4000-8000-000000000101' };
const ada = {
  address: 'ada.prover@example.test',
  login: 'ada.prover',
  uuid: 'c0c0c0c0-0000-4000-8000-000000000201',
};

function order(change: Partial<PurchaseRequestDocument> = {}): PurchaseRequestDocument {
  return {
    userEmail: rhea.address,
    currencyCode: 'USD',
    lineItems: [
      {
        purchaseType: 'GOODS',
        vendorCode: 'ACME',
        vendorAddressCode: 'ACME-01',
        description: 'Monitor',
        quantity: '2',
        unitPrice: '349.50',
      },
    ],
    ...change,
  };
}

const answerTo = (document: PurchaseRequestDocument, tokens: ConcurTokens = company.companyTokens()) =>
  company.client(tokens).createPurchaseRequest(document, { correlationId: randomUUID() });

/** Creates one; its id. */
async function create(document = order(), tokens?: ConcurTokens): Promise<string> {
  const answer = await answerTo(document, tokens);
  if (answer.kind !== 'accepted') throw new Error(`refused: ${JSON.stringify(answer)}`);
  return answer.id;
}

/** What a promise is refused with by the client. */
async function refusal(promise: Promise<unknown>): Promise<string> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(TerminalError);
  return String(error);
}

/** The requests that arrived at the API and not at the token endpoint, such as `POST /purchaserequest/v4/...`. */
const apiCalls = async () =>
  (await company.control.requests()).flatMap(({ method, path }) =>
    path.startsWith('/oauth2/') ? [] : [`${method} ${path}`],
  );

describe('regional availability', () => {
  it('is wherever the token says: requests go there and nowhere else, in the US and in EMEA', async () => {
    for (const region of ['us', 'emea', 'us2', 'eu2', 'apj1', 'usg']) {
      const origin = `https://${region}.api.concursolutions.com`;
      await company.control.settings({ geolocation: origin });
      const tokens = company.companyTokens();
      await tokens.bootstrap();
      company.meantFor.length = 0;
      const id = await create(order(), tokens);
      await company.client(tokens).getPurchaseRequest(id);
      expect(company.meantFor.map(({ href }) => href)).toEqual([
        `${origin}/purchaserequest/v4/purchaserequests`,
        `${origin}/purchaserequest/v4/purchaserequests/${id}?mode=COMPACT`,
      ]);
    }
  });

  it('is not in China: its data centre is refused with that reason, and nothing is sent there', async () => {
    await company.control.settings({ geolocation: 'https://cn.api.concurcdc.cn' });
    expect(await refusal(create())).toMatch(/China, where the Purchase Request API is not available/);
    expect(new Set(company.meantFor.map(({ origin }) => origin))).toEqual(new Set([company.url]));
    expect(await apiCalls()).toEqual([]);
    for (const address of ['https://cn.api.concurcdc.cn', 'https://cn.api.concursolutions.com']) {
      expect(concurOrigin(address)).toHaveProperty('why', expect.stringContaining('China'));
      const loaded = loadConfig({ CONCUR_AUTH_URL: address });
      expect(JSON.stringify(loaded.ok ? [] : loaded.problems)).toContain('China');
    }
  });
});

describe('scope usage', () => {
  it('is purchaserequest.write for POST: without it nothing is created, and the error names it', async () => {
    await company.control.settings({ grantedScopes: ['purchaserequest.read'] });
    expect(await refusal(create())).toContain('purchaserequest.write');
    expect(await company.control.purchaseRequests()).toEqual([]);
  });

  it('is purchaserequest.read for GET: without it nothing can be read, and the error names it', async () => {
    await company.control.settings({ grantedScopes: ['purchaserequest.write'] });
    const tokens = company.companyTokens();
    const id = await create(order(), tokens);
    expect(await refusal(company.client(tokens).getPurchaseRequest(id))).toContain('purchaserequest.read');
  });
});

describe('dependencies', () => {
  it('are a vendor code and a vendor address code on each line: together they name the vendor', async () => {
    const [line] = order().lineItems;
    if (line === undefined) throw new Error('the order has a line');
    const id = await create();
    expect(await company.control.purchaseRequest(id)).toMatchObject({
      body: { lineItems: [{ vendorCode: 'ACME', vendorAddressCode: 'ACME-01' }] },
    });
    const wrong = { ...line, vendorAddressCode: 'LAKE-01' };
    expect(await answerTo(order({ lineItems: [line, wrong] }))).toMatchObject({
      kind: 'refused',
      problems: [{ code: 'invalidVendor', line: 2 }],
    });
  });

  it('of vendors can be read by the Vendor API, whose codes Concur then takes', async () => {
    const client = company.client(company.companyTokens());
    const pages = [];
    for await (const page of client.vendors()) pages.push(...page);
    expect(pages.length).toBeGreaterThan(5);
    for (const { vendorCode, addressCode } of pages) {
      expect(await client.hasVendor({ vendorCode, addressCode })).toBe(true);
      const lineItems = order().lineItems.map((line) => ({
        ...line,
        vendorCode,
        vendorAddressCode: addressCode,
      }));
      expect(await answerTo(order({ lineItems }))).toMatchObject({ kind: 'accepted' });
    }
    expect(await client.hasVendor({ vendorCode: 'ACME', addressCode: 'LAKE-01' })).toBe(false);
  });

  it('of custom fields that are tied to lists are item codes, which the List Item API tells', async () => {
    const client = company.client(company.companyTokens());
    const items = [];
    for await (const page of client.listItems(demoLists.costCentres)) items.push(...page);
    const [item] = items;
    if (item === undefined) throw new Error('the list has items');
    const known = await create(order({ custom1: item.code }));
    expect(await seenBy(client, known, ({ number }) => number !== undefined)).toMatchObject({
      queueStatus: 'CREATED',
    });
    // The item's name is no code.
    expect(await client.hasListItem(demoLists.costCentres, item.name)).toBe(false);
    const unknown = await create(order({ custom1: item.name }));
    const failed = await seenBy(client, unknown, ({ queueStatus }) => queueStatus === 'CREATE_FAILED');
    expect(JSON.stringify(failed.exceptions)).toContain(item.name);
  });

  it('of custom fields that copy down from another source are met by leaving them out', async () => {
    const id = await create();
    const { body } = await company.control.purchaseRequest(id);
    expect(JSON.stringify(body)).not.toContain('custom');
    const status = await seenBy(
      company.client(company.companyTokens()),
      id,
      (seen) => seen.number !== undefined,
    );
    expect(status).toMatchObject({ queueStatus: 'CREATED', exceptions: [] });
  });
});

describe('access tokens', () => {
  it('of the company are bootstrapped once with its UUID and request token, then live by the refresh token', async () => {
    const { companyUuid } = company;
    expect(await company.companyTokens().bootstrap()).toMatchObject({
      companyUuid,
      geolocation: company.url,
    });
    const first = company.storedRefreshToken();
    // Another process, which has the token file and no request token.
    await create(order(), company.companyTokens({ bootstraps: false }));
    expect(company.storedRefreshToken()).not.toBe(first);
    await create(order(), company.companyTokens({ bootstraps: false }));
    expect(await company.control.purchaseRequests()).toMatchObject([
      { createdWith: 'company' },
      { createdWith: 'company' },
    ]);
  });

  it('of the company create purchase requests for several requesters', async () => {
    const tokens = company.companyTokens();
    await create(order({ userEmail: rhea.address }), tokens);
    const { userEmail, ...nobodys } = order();
    await create({ ...nobodys, userLoginId: ada.login }, tokens);
    expect(await company.control.purchaseRequests()).toMatchObject([
      { requester: rhea.uuid, createdWith: 'company' },
      { requester: ada.uuid, createdWith: 'company' },
    ]);
  });

  it('of a user create for that user and not for whom the payload names', async () => {
    await create(order({ userEmail: rhea.address }), company.userTokens(ada.login));
    expect(await company.control.purchaseRequests()).toMatchObject([
      { requester: ada.uuid, createdWith: 'user', body: { userEmail: rhea.address } },
    ]);
  });

  it('of a user serve for testing payloads: what is wrong with one is said as with the company’s', async () => {
    const wrong = order({ currencyCode: 'XXQ', lineItems: [] });
    const refused = await answerTo(wrong, company.userTokens(ada.login));
    expect(refused).toMatchObject({
      kind: 'refused',
      problems: [{ code: 'invalidCurrencyCode' }, { code: 'missingLineItems' }],
    });
    expect(await answerTo(wrong)).toEqual(refused);
  });

  it('of a user come with an id_token, which is decoded here and names the user for a purchase request', async () => {
    const { userId, type } = await company.userTokens(ada.login).identity();
    expect({ userId, type }).toEqual({ userId: ada.uuid, type: 'user' });
    const asked = new Set(company.meantFor.map(({ origin }) => origin));
    expect(asked).toEqual(new Set([company.url]));
    const { userEmail, ...nobodys } = order();
    const id = await create({ ...nobodys, userId });
    expect(await company.control.purchaseRequest(id)).toMatchObject({ requester: ada.uuid });
  });
});

describe('a purchase request', () => {
  it('is created from outside data and submitted into the workflow by itself', async () => {
    const client = company.client(company.companyTokens());
    const id = await create();
    const status = await seenBy(client, id, ({ workflowStatus }) => workflowStatus === 'Pending Approval');
    expect(status).toMatchObject({ queueStatus: 'CREATED', orders: [] });
    expect(status.number).toMatch(/^\d+$/);
    // One call made it: there is none to submit it.
    expect((await apiCalls()).filter((call) => !call.startsWith('GET '))).toEqual([
      'POST /purchaserequest/v4/purchaserequests',
    ]);
  });

  it('is read by the id that its create answered, and by no other', async () => {
    const client = company.client(company.companyTokens());
    const [first, second] = [await create(), await create()];
    const numbers = [];
    for (const id of [first, second]) {
      numbers.push((await seenBy(client, id, ({ number }) => number !== undefined)).number);
    }
    expect(new Set(numbers).size).toBe(2);
    expect(await client.getPurchaseRequest(randomUUID())).toBeUndefined();
  });

  it('becomes a purchase order once it is approved, transmitted to the vendor of its lines', async () => {
    const client = company.client(company.companyTokens());
    const id = await create();
    const { number } = await seenBy(
      client,
      id,
      ({ workflowStatus }) => workflowStatus === 'Pending Approval',
    );
    await company.control.approve(id);
    const { orders } = await seenBy(client, id, (status) => status.orders.length > 0);
    expect(orders).toHaveLength(1);
    expect(await client.getPurchaseOrder(orders[0] ?? '')).toMatchObject({
      purchaseRequestNumber: number,
      status: 'Transmitted',
      vendorCode: 'ACME',
    });
  });
});
