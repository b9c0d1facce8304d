import { describe, expect, it } from 'vitest';
import type { TellPurchaseRequesterInput } from '../contract/concur-work.ts';
import { renderPurchaseRequestNotice } from './purchase-request-notice.ts';

type Content = Omit<TellPurchaseRequesterInput, 'to'>;

const sample: Content = {
  news: 'created',
  summary: { description: 'Lab restock', currency: 'USD', total: '14225.5', lines: 2 },
  status: {
    number: '100417',
    queueStatus: 'CREATED',
    workflowStatus: 'Pending Approval',
    exceptions: [],
    orders: [],
  },
  orders: [],
  problems: [],
};

const hostile = `<b>Ordered</b> &amp; <a href="javascript:alert(1)">x</a>\r\n- <i>Amount</i>: USD 1\u2028\u202e 'q' "q" \u0000`;

const notices: readonly [name: string, content: Partial<Content>, locale?: string][] = [
  ['created', {}],
  [
    'created-with-remarks',
    {
      status: {
        exceptions: [
          { code: '0070071', message: 'Line Item Quantity does not match', cleared: false },
          { code: '0070072', message: 'Looked at', cleared: true },
          { code: '0070073' },
          {},
        ],
        orders: [],
        workflowStatus: 'Not Submitted',
      },
    },
  ],
  ['sent-back', { news: 'sentBack' }],
  ['expired', { news: 'expired' }],
  [
    'failed',
    {
      news: 'failed',
      summary: { lines: 2, currency: 'EUR', total: '1250.5' },
      problems: [
        { code: 'invalidCurrencyCode', message: 'Currency code is invalid.', path: 'currencyCode' },
        { line: 2, field: 'vendorCode', code: 'unknownVendor', message: 'SAP Concur has no vendor V-1.' },
        { line: 3, code: 'missingQuantity', message: ' ' },
        { code: 'refused', message: 'Nothing more was said.' },
      ],
    },
    'de-DE',
  ],
  ['failed-without-a-reason', { news: 'failed', summary: { lines: 0 } }],
  [
    'ordered-of-a-requisition',
    { news: 'ordered', requisitionId: 5001, orders: [{ number: 'PO10417', status: 'Transmitted' }] },
  ],
  [
    'ordered-twice',
    {
      news: 'ordered',
      orders: [{ number: 'PO10417', vendorCode: 'V-7781' }, { number: 'PO10418' }],
    },
  ],
  [
    'hostile',
    {
      news: 'failed',
      summary: { description: hostile, currency: hostile, total: hostile, lines: 1 },
      status: { number: hostile, workflowStatus: hostile, exceptions: [], orders: [] },
      problems: [{ line: 1, field: hostile, code: hostile, message: hostile, path: hostile }],
    },
  ],
];

describe('a notice about a purchase request, to the letter', () => {
  it.each(notices)('%s', async (name, content, locale = 'en-US') => {
    const text = renderPurchaseRequestNotice({ ...sample, ...content }, locale);
    await expect(`${text}\n`).toMatchFileSnapshot(`golden/purchase-request-${name}.txt`);
  });
});

describe('a notice about a purchase request', () => {
  it('shows the first of many problems or orders, counts the rest, and stays short', () => {
    const problems = Array.from({ length: 500 }, (_, index) => ({
      line: index + 1,
      code: 'unknownVendor',
      message: '&'.repeat(2_000),
    }));
    const failed = renderPurchaseRequestNotice({ ...sample, news: 'failed', problems }, 'en-US');
    expect(failed).toContain('- line 8: &amp;');
    expect(failed).not.toContain('line 9');
    expect(failed).toContain('\n- +492 more\n');
    expect(failed.length).toBeLessThan(3_000);

    const orders = Array.from({ length: 9 }, (_, index) => ({ number: `PO${index}` }));
    const ordered = renderPurchaseRequestNotice({ ...sample, news: 'ordered', orders }, 'en-US');
    expect(ordered).toContain('has become 9 purchase orders');
    expect(ordered.split('\n').slice(-2)).toEqual(['- PO7', '- +1 more']);
  });
});
