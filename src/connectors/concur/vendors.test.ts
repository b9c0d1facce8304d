import { describe, expect, it } from 'vitest';
import { failureOf } from '../http/test-server.ts';
import { answeredBy, clientOf, pagesOf, reply, startConcur } from './test-concur.ts';

const GLOVES = {
  VendorCode: 'V-7781',
  AddressCode: 'V-7781-01',
  VendorName: 'Glove & Co',
  Approved: 'true',
  CurrencyCode: 'USD',
  TaxID: '12-3456789',
};
const KEPT = {
  vendorCode: 'V-7781',
  addressCode: 'V-7781-01',
  name: 'Glove & Co',
  approved: true,
  currencyCode: 'USD',
};
const PAIR = { vendorCode: 'V-7781', addressCode: 'V-7781-01' };

/** Concur whose pages are found by their offsets. */
function paged(pages: Readonly<Record<string, { rows: readonly object[]; next: string | null }>>) {
  return startConcur((response, { url }) => {
    const page = pages[new URL(url, 'http://x').searchParams.get('offset') ?? ''];
    reply(response, page ? 200 : 400, page && { Items: page.rows, NextPage: page.next });
  });
}

const vendor = (n: number) => ({ VendorCode: `V${n}`, AddressCode: `A${n}` });

describe('vendors', () => {
  it.each([
    ['Items', { Items: [GLOVES], NextPage: null, TotalCount: 1 }],
    ['Vendor', { Vendor: [GLOVES] }],
    ['Vendor beside an empty Items', { Items: null, Vendor: [GLOVES] }],
    ['a single object', { Items: GLOVES, NextPage: '' }],
  ])('come in %s', async (_where, body) => {
    const { client } = await answeredBy(200, body);
    expect(await pagesOf(client.vendors())).toEqual([[KEPT]]);
  });

  it('come a page at a time, of whose address only the offset is taken', async () => {
    const elsewhere = await startConcur((response) => {
      reply(response, 200, { Items: [] });
    });
    const { url, seen } = await paged({
      '': { rows: [vendor(1)], next: `${elsewhere.url}/other?limit=9999&offset=a%2Fb%3D` },
      'a/b=': { rows: [vendor(2)], next: '/api/v3.1/invoice/vendors?offset=c' },
      c: { rows: [], next: null },
    });
    const pages = await pagesOf(clientOf(url).vendors());
    expect(pages.map((page) => page.map((one) => one.vendorCode))).toEqual([['V1'], ['V2'], []]);
    expect(seen.map((one) => one.url)).toEqual([
      '/api/v3.1/invoice/vendors?limit=250',
      '/api/v3.1/invoice/vendors?limit=250&offset=a%2Fb%3D',
      '/api/v3.1/invoice/vendors?limit=250&offset=c',
    ]);
    expect(elsewhere.seen).toEqual([]);
  });

  it.each([
    ['an offset that was there before', (n: number) => [vendor(n)], () => 'x?offset=same'],
    ['a page that was there before', () => [vendor(1)], (n: number) => `x?offset=${n}`],
    ['one empty page after the other', () => [], (n: number) => `x?offset=${n}`],
    ['no offset', (n: number) => [vendor(n)], () => 'https://x/?page=2'],
    ['an address that is none', (n: number) => [vendor(n)], () => 'https://'],
  ])('do not go on for ever by %s', async (_what, rows, next) => {
    let calls = 0;
    const { url } = await startConcur((response) => {
      calls += 1;
      reply(response, 200, { Items: rows(calls), NextPage: next(calls) });
    });
    expect(await failureOf(pagesOf(clientOf(url).vendors()))).toMatchObject({ name: 'TerminalError' });
    expect(calls).toBeLessThanOrEqual(3);
  });

  it('that no line could name are left out', async () => {
    const rows = [{ VendorCode: 'V1', AddressCode: null }, 'text', null, GLOVES];
    const { client } = await answeredBy(200, { Items: rows });
    expect(await pagesOf(client.vendors())).toEqual([[KEPT]]);
  });

  it.each([
    ['rows of another shape', { Items: [{ code: 'V1' }, { code: 'V2' }] }],
    ['no page at all', { Message: 'Something went wrong' }],
    ['a next page that is no text', { Items: [GLOVES], NextPage: { href: 'x' } }],
    ['a text', 'vendors'],
  ])('are not taken from %s', async (_what, body) => {
    const { client } = await answeredBy(200, body);
    expect(await failureOf(pagesOf(client.vendors()))).toMatchObject({ name: 'TerminalError' });
    expect(await failureOf(client.hasVendor(PAIR))).toMatchObject({ name: 'TerminalError' });
  });

  it('need the scope INVVEN, which the error names', async () => {
    const { client } = await answeredBy(403);
    expect(String(await failureOf(pagesOf(client.vendors())))).toContain('INVVEN');
  });
});

describe('hasVendor', () => {
  it('asks for exactly the pair', async () => {
    const { client, seen } = await answeredBy(200, { Items: [GLOVES] });
    expect(await client.hasVendor({ vendorCode: 'V & 1', addressCode: 'Ä' })).toBe(false);
    expect(seen.map(({ url }) => url)).toEqual([
      '/api/v3.1/invoice/vendors?vendorCode=V%20%26%201&addressCode=%C3%84&searchType=exact&limit=250',
    ]);
  });

  it.each([
    ['the pair', [GLOVES], true],
    ['the pair among others', [vendor(1), GLOVES], true],
    ['nothing', [], false],
    ['the vendor with another address', [{ ...GLOVES, AddressCode: 'V-7781-02' }], false],
    ['the address of another vendor', [{ ...GLOVES, VendorCode: 'V-1' }], false],
    [
      'both codes, but of two vendors',
      [
        { ...GLOVES, AddressCode: 'x' },
        { ...GLOVES, VendorCode: 'x' },
      ],
      false,
    ],
    ['the pair in lower case', [{ VendorCode: 'v-7781', AddressCode: 'v-7781-01' }], false],
  ])('compares the codes again: %s', async (_what, rows, expected) => {
    const { client } = await answeredBy(200, { Items: rows, NextPage: null });
    expect(await client.hasVendor(PAIR)).toBe(expected);
  });

  it('looks at the next page too', async () => {
    const { url } = await paged({
      '': { rows: [vendor(1)], next: 'x?offset=2' },
      '2': { rows: [GLOVES], next: null },
    });
    expect(await clientOf(url).hasVendor(PAIR)).toBe(true);
  });

  it('does not say no where the filter is not heard and the pages do not end', async () => {
    let calls = 0;
    const { url } = await startConcur((response) => {
      calls += 1;
      reply(response, 200, { Items: [vendor(calls)], NextPage: `x?offset=${calls}` });
    });
    expect(await failureOf(clientOf(url).hasVendor(PAIR))).toMatchObject({ name: 'TerminalError' });
    expect(calls).toBe(4);
  });
});
