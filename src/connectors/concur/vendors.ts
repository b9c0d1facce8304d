import type { z } from 'zod';
import { checkBody } from '../http/check.ts';
import type { HttpAnswer, HttpRequest } from '../http/http-types.ts';
import type { ReadOptions } from '../http/read-options.ts';
import { createPageWatch, endless, readRows } from './pages.ts';
import type { ConcurVendor } from './types.ts';
import { vendorPageSchema, vendorSchema } from './vendor-schema.ts';

const PATH = '/api/v3.1/invoice/vendors';
const OPERATION = `GET ${PATH}`;
/** Of 1,000 that SAP allows: a vendor has some sixty fields. */
const PAGE_SIZE = 250;
/** 250,000 vendors: more than that is an answer that never ends. */
const MOST_PAGES = 1000;
/** A pair of codes names one vendor; where it brings thousands, the filter is not heard. */
const MOST_PAGES_OF_A_PAIR = 4;

interface Search {
  readonly query: Readonly<Record<string, string>>;
  readonly mostPages: number;
}

/** All vendors, a page at a time; ones without both codes are left out, since no line could name them. */
export function vendors(
  http: HttpRequest,
  options: ReadOptions = {},
): AsyncGenerator<readonly ConcurVendor[]> {
  return pagesOf(http, { query: {}, mostPages: MOST_PAGES }, options);
}

/**
 * Whether a vendor has exactly these two codes. They are compared again here: how Concur joins its filters, and whether
 * it minds upper and lower case, its page does not say. Throws a TerminalError where the answer does not tell.
 */
export async function hasVendor(
  http: HttpRequest,
  { vendorCode, addressCode }: { readonly vendorCode: string; readonly addressCode: string },
  options: ReadOptions = {},
): Promise<boolean> {
  const search = {
    query: { vendorCode, addressCode, searchType: 'exact' },
    mostPages: MOST_PAGES_OF_A_PAIR,
  };
  for await (const page of pagesOf(http, search, options)) {
    if (page.some((one) => one.vendorCode === vendorCode && one.addressCode === addressCode)) return true;
  }
  return false;
}

async function* pagesOf(
  http: HttpRequest,
  { query, mostPages }: Search,
  { signal, priority }: ReadOptions,
): AsyncGenerator<readonly ConcurVendor[]> {
  const isNew = createPageWatch(OPERATION);
  const offsets = new Set<string>();
  let offset: string | undefined;
  for (let page = 1; page <= mostPages; page += 1) {
    const answer = await http({
      method: 'GET',
      path: PATH,
      operation: OPERATION,
      query: { ...query, limit: PAGE_SIZE, offset },
      effect: 'read',
      signal,
      priority,
    });
    const { rows, nextPage } = readPage(answer);
    const found = readRows(vendorSchema, rows, answer, OPERATION);
    if (rows.length > 0 || nextPage !== undefined) isNew(rows);
    yield found;
    if (nextPage === undefined) return;
    offset = offsetOf(nextPage);
    if (offset === undefined || offsets.has(offset)) throw endless(OPERATION);
    offsets.add(offset);
  }
  throw endless(OPERATION);
}

function readPage(answer: HttpAnswer): z.output<typeof vendorPageSchema> {
  return checkBody(vendorPageSchema, answer, { vendor: 'concur', operation: OPERATION });
}

/** Of the next page's address only the offset is taken: the rest could lead the token elsewhere. */
function offsetOf(nextPage: string): string | undefined {
  const base = 'https://concur.invalid';
  if (!URL.canParse(nextPage, base)) return undefined;
  const offset = new URL(nextPage, base).searchParams.get('offset');
  return offset === null || offset === '' || offset.length > 2000 ? undefined : offset;
}
