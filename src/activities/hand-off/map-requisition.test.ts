import { describe, expect, it } from 'vitest';
import type { CoupaOrderable, CoupaOrderableLine } from '../../connectors/coupa/orderable.ts';
import type { HandOffMapping } from './mapping.ts';
import { mapRequisition } from './map-requisition.ts';
import { lineOf, orderableOf, usualMapping } from './test-orderable.ts';

/** The document of a requisition; fails the test when there is none. */
function documentOf(requisition: CoupaOrderable, mapping: HandOffMapping = usualMapping) {
  const mapped = mapRequisition(requisition, mapping);
  if (mapped.kind !== 'ready') throw new Error(JSON.stringify(mapped.problems));
  return mapped.document;
}

/** What is missing, as `line field`, or the field alone in the header. */
function missingIn(requisition: CoupaOrderable, mapping: HandOffMapping = usualMapping): string[] {
  const mapped = mapRequisition(requisition, mapping);
  if (mapped.kind === 'ready') return [];
  expect(new Set(mapped.problems.map(({ code }) => code))).toEqual(new Set(['incomplete']));
  return mapped.problems.map(({ line, field = '' }) => (line === undefined ? field : `${line} ${field}`));
}

const oneLine = (more: Partial<CoupaOrderableLine>) => orderableOf({ lines: [lineOf(more)] });

describe('a requisition', () => {
  it('becomes a purchase request of its requester, who hears of it', () => {
    const mapped = mapRequisition(
      oneLine({ needByDate: '2026-03-20T00:00:00-08:00', supplierPartNumber: 'LT-15' }),
      usualMapping,
    );
    expect(mapped).toEqual({
      kind: 'ready',
      notify: 'rhea.quester@example.test',
      document: {
        userEmail: 'rhea.quester@example.test',
        description: 'Laptops for new hires',
        currencyCode: 'USD',
        comments: 'Coupa requisition 5001',
        lineItems: [
          {
            purchaseType: 'GOODS',
            vendorCode: 'V-1',
            vendorAddressCode: 'V-1-01',
            description: 'Laptop',
            quantity: '4.0',
            unitPrice: '3500.00',
            neededByDate: '2026-03-20',
            supplierPartId: 'LT-15',
          },
        ],
      },
    });
  });

  it('has one piece at its total of what is bought for an amount', () => {
    const amount = { quantity: null, unitPrice: null, total: '60.41' };
    for (const type of ['RequisitionAmountLine', 'Goods', null]) {
      const [line] = documentOf(oneLine({ ...amount, type })).lineItems;
      expect(line).toMatchObject({ quantity: '1', unitPrice: '60.41' });
    }
    const priced = oneLine({ ...amount, unitPrice: '60.410', type: 'Goods' });
    expect(documentOf(priced).lineItems[0]).toMatchObject({ quantity: '1', unitPrice: '60.41' });
  });

  it('keeps amounts to the digit', () => {
    const exact = { quantity: '0.10000000000000000001', unitPrice: '90071992547409921.10' };
    expect(documentOf(oneLine(exact)).lineItems[0]).toMatchObject(exact);
  });

  it('finds its supplier by id before name, and its commodity by name', () => {
    const mapping: HandOffMapping = {
      suppliers: new Map([
        ['acme', { vendorCode: 'BY-NAME', vendorAddressCode: 'A' }],
        ['9', { vendorCode: 'BY-ID', vendorAddressCode: 'A' }],
      ]),
      commodities: new Map([['it hardware', { purchaseType: 'SERVICES' }]]),
      header: {},
      line: {},
    };
    const vendorOf = (supplier: { id: number; name: string | null }) =>
      documentOf(oneLine({ supplier, commodity: ' it HARDWARE ' }), mapping).lineItems[0];
    expect(vendorOf({ id: 9, name: 'Acme' })).toMatchObject({
      vendorCode: 'BY-ID',
      purchaseType: 'SERVICES',
    });
    expect(vendorOf({ id: 10, name: ' ACME ' })).toMatchObject({ vendorCode: 'BY-NAME' });
    expect(vendorOf({ id: 9, name: null })).toMatchObject({ vendorCode: 'BY-ID' });
    expect(missingIn(oneLine({ supplier: { id: 7, name: '9' } }), mapping)).toEqual(['1 vendorCode']);
  });

  it('takes a field from its commodity before its supplier, and from both before what holds for every line', () => {
    const mapping: HandOffMapping = {
      suppliers: new Map([
        ['9', { vendorCode: 'V', vendorAddressCode: 'A', expenseType: 'supplier', custom2: 'supplier' }],
      ]),
      commodities: new Map([['it hardware', { purchaseType: 'GOODS', expenseType: 'commodity' }]]),
      header: { policyExternalId: 'PO', custom1: 'CC100', shipToAddressCode: 'S', billToAddressCode: 'B' },
      line: {
        purchaseType: 'SERVICES',
        expenseType: 'line',
        custom2: 'line',
        custom3: 'line',
        uomCode: 'EA',
      },
    };
    expect(documentOf(orderableOf(), mapping)).toMatchObject({
      policyExternalId: 'PO',
      custom1: 'CC100',
      shipToAddressCode: 'S',
      billToAddressCode: 'B',
      lineItems: [
        {
          purchaseType: 'GOODS',
          expenseType: 'commodity',
          custom2: 'supplier',
          custom3: 'line',
          uomCode: 'EA',
        },
      ],
    });
  });

  it('does without commodities where the mapping says for every line what it is', () => {
    const { commodities: _, ...without } = usualMapping;
    const mapping = { ...without, line: { purchaseType: 'SERVICES' as const } };
    expect(documentOf(orderableOf(), mapping).lineItems[0]).toMatchObject({ purchaseType: 'SERVICES' });
    const withTable = { ...usualMapping, line: mapping.line };
    expect(documentOf(oneLine({ commodity: null }), withTable).lineItems[0]).toMatchObject({
      purchaseType: 'SERVICES',
    });
    expect(missingIn(oneLine({ commodity: 'Chairs' }), withTable)).toEqual(['1 purchaseType']);
  });

  it('without a title has no description', () => {
    expect(documentOf(orderableOf({ title: null }))).not.toHaveProperty('description');
  });

  it.each<[string, CoupaOrderable, string[]]>([
    ['no supplier', oneLine({ supplier: null }), ['1 vendorCode']],
    [
      'a supplier that is not in the mapping',
      oneLine({ supplier: { id: 8, name: 'Other' } }),
      ['1 vendorCode'],
    ],
    ['a supplier without a name', oneLine({ supplier: { id: 8, name: null } }), ['1 vendorCode']],
    ['a commodity that is not in the mapping', oneLine({ commodity: 'Chairs' }), ['1 purchaseType']],
    ['no commodity', oneLine({ commodity: null }), ['1 purchaseType']],
    [
      'a requester without an address',
      orderableOf({ requestedBy: { id: 101, fullname: 'Rhea Quester' } }),
      ['userEmail'],
    ],
    ['no requester', orderableOf({ requestedBy: null }), ['userEmail']],
    ['no currency', orderableOf({ currency: null }), ['currencyCode']],
    ['a currency that is none', orderableOf({ currency: 'US$' }), ['currencyCode']],
    [
      'lines of different currencies',
      orderableOf({ lines: [lineOf(), lineOf({ currency: 'EUR' })] }),
      ['currencyCode'],
    ],
    ['no quantity', oneLine({ quantity: null }), ['1 quantity']],
    [
      'no quantity and a price that is not the total',
      oneLine({ quantity: null, type: 'Goods' }),
      ['1 quantity'],
    ],
    ['a quantity of nothing', oneLine({ quantity: '0.0' }), ['1 quantity']],
    ['a quantity that is no number', oneLine({ quantity: 'four' }), ['1 quantity']],
    ['no price', oneLine({ unitPrice: null }), ['1 unitPrice']],
    ['a price below nothing', oneLine({ unitPrice: '-1' }), ['1 unitPrice']],
    [
      'an amount line without a total',
      oneLine({ type: 'RequisitionAmountLine', quantity: null, total: null }),
      ['1 unitPrice'],
    ],
    ['no description', oneLine({ description: null }), ['1 description']],
    ['a date that cannot be read', oneLine({ needByDate: 'soon' }), ['1 neededByDate']],
    ['no lines', orderableOf({ lines: [] }), ['lineItems']],
    [
      'texts that are longer than can be carried',
      orderableOf({ lines: [lineOf({ description: 'ö'.repeat(300_000) })] }),
      ['lineItems'],
    ],
    [
      'more lines than can be carried',
      orderableOf({ lines: Array.from({ length: 501 }, () => lineOf()) }),
      ['lineItems'],
    ],
  ])('with %s is incomplete, and says where', (_, requisition, missing) => {
    expect(missingIn(requisition)).toEqual(missing);
  });

  it('says everything that is missing at once, with the numbers of the lines', () => {
    const lines = [
      lineOf(),
      lineOf({ supplier: null, quantity: null, unitPrice: null }),
      lineOf({ commodity: 'Chairs', supplier: { id: 8, name: 'Other' } }),
    ];
    expect(missingIn(orderableOf({ requestedBy: null, currency: null, lines }))).toEqual([
      'userEmail',
      'currencyCode',
      '2 vendorCode',
      '2 unitPrice',
      '2 quantity',
      '3 vendorCode',
      '3 purchaseType',
    ]);
  });

  it('names what is not in the mapping, however long it is', () => {
    const mapped = mapRequisition(
      oneLine({ supplier: { id: 8, name: `Other\n${'x'.repeat(300)}` } }),
      usualMapping,
    );
    const [problem] = mapped.kind === 'incomplete' ? mapped.problems : [];
    expect(problem?.message).toMatch(/^the supplier "Other x{74}…" \(id 8\) is not in the mapping$/);
  });
});
