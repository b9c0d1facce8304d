import type { TiedField } from './options.ts';
import type { ConcurStore } from './store.ts';

/** The ids of the demo's lists. */
export const demoLists = {
  costCentres: '11111111-aaaa-4000-8000-000000000001',
  projects: '11111111-aaaa-4000-8000-000000000002',
} as const;

/** The form's fields that are tied to the demo's lists. */
export const demoTiedFields: readonly TiedField[] = [
  { on: 'header', field: 'custom1', listId: demoLists.costCentres },
  { on: 'line', field: 'custom2', listId: demoLists.projects },
];

const vendors: readonly [code: string, address: string, name: string, currency: string, country: string][] = [
  ['ACME', 'ACME-01', 'Acme Test Supply', 'USD', 'US'],
  ['ACME', 'ACME-02', 'Acme Test Supply', 'USD', 'US'],
  ['LAKE', 'LAKE-01', 'Lakeside Rooms', 'EUR', 'DE'],
  ['FAIR', 'FAIR-01', 'Fair & Square', 'USD', 'US'],
  ['PRINT', 'PRINT-01', 'Big Prints', 'USD', 'US'],
  ['DESK', 'DESK-01', 'Upright Office', 'USD', 'US'],
  ['PIXEL', 'PIXEL-01', 'Pixel & Daughters', 'USD', 'US'],
];

/** The suppliers of the simulated Coupa as vendors, one of them with two addresses, and two lists; no requests. */
export function seedDemo(store: ConcurStore): void {
  store.vendors = vendors.map(([vendorCode, addressCode, name, currencyCode, countryCode]) => ({
    vendorCode,
    addressCode,
    name,
    approved: true,
    currencyCode,
    countryCode,
  }));
  const item = (code: string, name: string) => ({ code, name, deleted: false });
  store.lists = [
    {
      id: demoLists.costCentres,
      name: 'Cost Centres',
      deleted: false,
      items: [item('CC100', 'Engineering'), item('CC200', 'Marketing'), item('CC300', 'Facilities')],
    },
    {
      id: demoLists.projects,
      name: 'Projects',
      deleted: false,
      items: [item('P1', 'New office'), item('P2', 'Autumn fair'), item('P3', 'Platform')],
    },
  ];
  store.changed();
}
