import { Hono } from 'hono';
import type { SandboxEnv } from '../sandbox-env.ts';
import { needs } from './access.ts';
import { platformError } from './concur-problem.ts';
import type { Entity } from './entity.ts';
import type { Vendor } from './state.ts';

const usualLimit = 25;
const mostLimit = 1000;

/** What can be searched by; all that is given must match. */
const searched = {
  vendorCode: (vendor) => vendor.vendorCode,
  addressCode: (vendor) => vendor.addressCode,
  vendorName: (vendor) => vendor.name,
  approved: (vendor) => String(vendor.approved),
  country: (vendor) => vendor.countryCode,
} as const satisfies Record<string, (vendor: Vendor) => string>;

const searches: Readonly<Record<string, (value: string, wanted: string) => boolean>> = {
  exact: (value, wanted) => value === wanted,
  begins: (value, wanted) => value.startsWith(wanted),
  contains: (value, wanted) => value.includes(wanted),
  ends: (value, wanted) => value.endsWith(wanted),
};

/** `GET /api/v3.1/invoice/vendors`: search by exact texts unless told, sorted by name, a page at a time. */
export function vendorRoutes(entity: Entity): Hono<SandboxEnv> {
  const { store, settings } = entity;
  const app = new Hono<SandboxEnv>();
  app.get('/', needs(entity, 'INVVEN'), (c) => {
    const url = new URL(c.req.url);
    const params = url.searchParams;
    const limit = limitOf(params.get('limit'));
    const from = placeOf(params.get('offset'));
    const matching = vendorsFor(store.vendors, params);
    const page = matching.slice(from, from + limit).map((vendor) => rendered(vendor, url.origin));
    const hasMore = from + limit < matching.length;
    params.set('offset', Buffer.from(`vendor:${from + limit}`).toString('base64url'));
    return c.json({
      [settings.vendorWrapper]: page,
      NextPage: hasMore ? url.href : null,
      RequestRunSummary: null,
      TotalCount: matching.length,
    });
  });
  return app;
}

function limitOf(text: string | null): number {
  if (text === null) return usualLimit;
  const limit = Number(text);
  if (Number.isInteger(limit) && limit >= 1 && limit <= mostLimit) return limit;
  throw platformError(400, `limit must be 1 to ${mostLimit}`);
}

/** Where a page begins; clients are to take offsets from `NextPage` and not to make them. */
function placeOf(offset: string | null): number {
  if (offset === null) return 0;
  const [, place] = /^vendor:(\d{1,9})$/.exec(Buffer.from(offset, 'base64url').toString('utf8')) ?? [];
  if (place === undefined) throw platformError(400, 'offset is invalid');
  return Number(place);
}

function vendorsFor(vendors: readonly Vendor[], params: URLSearchParams): Vendor[] {
  const search = searches[params.get('searchType') ?? 'exact'];
  if (search === undefined) throw platformError(400, 'searchType is invalid');
  return vendors
    .filter((vendor) =>
      Object.entries(searched).every(([name, valueOf]) => {
        const wanted = params.get(name);
        return wanted === null || search(valueOf(vendor).toLowerCase(), wanted.toLowerCase());
      }),
    )
    .toSorted((left, right) => left.name.localeCompare(right.name, 'en'));
}

function rendered(vendor: Vendor, origin: string) {
  const id = Buffer.from(`${vendor.vendorCode}/${vendor.addressCode}`).toString('base64url');
  return {
    ID: id,
    URI: `${origin}/api/v3.1/invoice/vendors/${id}`,
    VendorCode: vendor.vendorCode,
    AddressCode: vendor.addressCode,
    VendorName: vendor.name,
    Approved: String(vendor.approved),
    CurrencyCode: vendor.currencyCode,
    CountryCode: vendor.countryCode,
    DefaultExpenseTypeName: 'Office Supplies',
    StatusList: null,
  };
}
