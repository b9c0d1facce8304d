import { afterEach, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { demoLists } from './seed.ts';
import { startTestEntity, type TestEntity } from './test-entity.ts';

let entity: TestEntity;
beforeEach(async () => {
  entity = await startTestEntity();
});
afterEach(() => entity.close());

const vendorsAt = '/api/v3.1/invoice/vendors';
const vendorPage = z.object({
  Items: z.array(z.looseObject({ VendorCode: z.string(), AddressCode: z.string() })),
  NextPage: z.string().nullable(),
  TotalCount: z.int(),
});
const vendors = async (query: string) => vendorPage.parse(await entity.json(vendorsAt + query));
const itemsAt = `/list/v4/lists/${demoLists.costCentres}/children`;
const shortCodes = z.object({ content: z.array(z.object({ shortCode: z.string() })) });
const codes = async (query: string) =>
  shortCodes.parse(await entity.json(itemsAt + query)).content.map(({ shortCode }) => shortCode);

test('finds the vendor of exactly one pair of codes, and none of a pair that does not belong together', async () => {
  expect(await vendors('?vendorCode=ACME&addressCode=ACME-02&searchType=exact&limit=1')).toMatchObject({
    Items: [{ VendorCode: 'ACME', AddressCode: 'ACME-02', Approved: 'true', CurrencyCode: 'USD' }],
    NextPage: null,
    TotalCount: 1,
  });
  expect((await vendors('?vendorCode=ACME&addressCode=FAIR-01')).TotalCount).toBe(0);
  expect((await vendors('?vendorCode=ACM')).TotalCount).toBe(0);
  expect((await vendors('?vendorCode=ACM&searchType=begins')).TotalCount).toBe(2);
});

test('pages through the vendors by the next page that each one names', async () => {
  const seen: string[] = [];
  let path: string | null = `${vendorsAt}?limit=3`;
  while (path !== null) {
    const { Items, NextPage } = vendorPage.parse(await entity.json(path));
    seen.push(...Items.map(({ AddressCode }) => AddressCode));
    path = NextPage === null ? null : NextPage.slice(entity.url.length);
  }
  expect(seen).toHaveLength(7);
  expect(new Set(seen).size).toBe(7);
});

test('refuses limits, offsets and searches that it cannot make sense of', async () => {
  for (const query of ['?limit=0', '?limit=1001', '?limit=x', '?offset=7', '?searchType=like']) {
    expect((await entity.api(vendorsAt + query)).status).toBe(400);
  }
});

test('puts the vendors under either name, and speaks XML to whoever does not ask for JSON', async () => {
  await entity.settings({ vendorWrapper: 'Vendor' });
  expect(await entity.json(`${vendorsAt}?vendorCode=FAIR`)).toMatchObject({
    Vendor: [{ VendorCode: 'FAIR' }],
  });
  const answer = await entity.api(vendorsAt, { headers: { Accept: '*/*' } });
  expect(answer.headers.get('Content-Type')).toContain('xml');
});

test('lists the lists, by name and without those that are deleted where the filter says so', async () => {
  await entity.control('PUT', '/lists/old', { name: 'Airlines', deleted: true, items: [] });
  const names = async (query: string) => {
    const page = z.object({ content: z.array(z.object({ value: z.string() })) });
    return page.parse(await entity.json(`/list/v4/lists${query}`)).content.map(({ value }) => value);
  };
  expect(await names('')).toEqual(['Airlines', 'Cost Centres', 'Projects']);
  expect(await names('?isDeleted=false')).toEqual(['Cost Centres', 'Projects']);
  expect(await names('?value=eq:Projects&isDeleted=eq:false')).toEqual(['Projects']);
});

test('finds an item by its code, and shows deleted ones only to whoever asks for them', async () => {
  const items = [
    { code: 'CC1', name: 'One' },
    { code: 'CC10', name: 'Ten' },
    { code: 'CC2', name: 'Gone', deleted: true },
  ];
  await entity.control('PUT', `/lists/${demoLists.costCentres}`, { name: 'Cost Centres', items });
  expect(await codes('?shortCode=eq:CC1')).toEqual(['CC1']);
  expect(await codes('?shortCode=CC1')).toEqual(['CC1']);
  expect(await codes('?shortCode=sw:CC1')).toEqual(['CC1', 'CC10']);
  expect(await codes('?shortCodeOrValue=cp:Ten')).toEqual(['CC10']);
  expect(await codes('?shortCode=eq:CC2')).toEqual([]);
  expect(await codes('?isDeleted=true')).toEqual(['CC2']);
});

test('pages through items a hundred at a time, from page 1', async () => {
  const items = Array.from({ length: 201 }, (_, index) => ({ code: `C${index}`, name: `Item ${index}` }));
  await entity.control('PUT', `/lists/${demoLists.costCentres}`, { name: 'Cost Centres', items });
  expect(await codes('')).toHaveLength(100);
  expect(await codes('?page=3')).toEqual(['C200']);
  expect(await entity.json(`${itemsAt}?page=2`)).toMatchObject({
    page: { number: 2, size: 100, totalElements: 201, totalPages: 3 },
    links: [{ rel: 'prev' }, { rel: 'next' }],
  });
});

test("answers an unknown list, page or operator in the List API's own shape", async () => {
  const answer = await entity.api('/list/v4/lists/none/children');
  expect(answer.status).toBe(404);
  expect(await answer.json()).toMatchObject({
    httpStatus: '404 - Not Found',
    error: { id: 'notFound' },
    path: '/list/v4/lists/none/children',
  });
  for (const query of ['?page=0', '?shortCode=like:C']) {
    expect((await entity.api(itemsAt + query)).status).toBe(400);
  }
});

test('changes vendors and lists by control, and says which are not there', async () => {
  const vendor = { vendorCode: 'NEW', addressCode: 'NEW-01', name: 'New', approved: false };
  await entity.control('PUT', '/vendors', vendor);
  expect((await vendors('?approved=False')).Items).toMatchObject([{ VendorCode: 'NEW', Approved: 'false' }]);
  expect((await entity.control('DELETE', '/vendors/NEW/NEW-01')).status).toBe(204);
  expect((await entity.control('DELETE', '/vendors/NEW/NEW-01')).status).toBe(404);
  expect((await entity.control('DELETE', `/lists/${demoLists.projects}`)).status).toBe(204);
  expect((await entity.control('DELETE', `/lists/${demoLists.projects}`)).status).toBe(404);
  expect((await entity.control('PUT', '/settings', { unheardOf: 1 })).status).toBe(400);
});
