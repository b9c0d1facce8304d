import { describe, expect, it } from 'vitest';
import type { ListField } from '../../config/config.ts';
import type { ConcurClient } from '../../connectors/concur/types.ts';
import { RetryableError, TerminalError } from '../../connectors/http/errors.ts';
import type { PurchaseRequestDocument } from '../../contract/purchase-request-document.ts';
import { checkCodes } from './check-codes.ts';
import { sampleDocument, scripted } from './test-concur.ts';

const listFields: readonly ListField[] = [
  { on: 'header', field: 'custom1', listId: 'centres' },
  { on: 'line', field: 'custom3', listId: 'projects' },
];
const facts = { vendor: 'concur', operation: 'GET /api/v3.1/invoice/vendors' };
const vendorsRefused = (status: number) => () =>
  Promise.reject(new TerminalError('words of a vendor', { ...facts, status }));

function withVendors(codes: readonly string[]): PurchaseRequestDocument {
  const [line] = sampleDocument.lineItems;
  if (line === undefined) throw new Error('the sample has lines');
  return { ...sampleDocument, lineItems: codes.map((vendorCode) => ({ ...line, vendorCode })) };
}

function check(methods: Partial<ConcurClient>, document = sampleDocument, signal?: AbortSignal) {
  return checkCodes(scripted(methods), document, listFields, signal ?? new AbortController().signal);
}

describe('checkCodes', () => {
  it('asks for each vendor and each code once, and says what the document is about', async () => {
    const asked: unknown[] = [];
    const result = await check({
      hasVendor: (codes) => Promise.resolve(asked.push(codes) > 0),
      hasListItem: (listId, code) => Promise.resolve(asked.push([listId, code]) > 0),
    });
    expect(asked).toEqual([
      ['centres', 'CC100'],
      { vendorCode: 'V-7781', addressCode: 'V-7781-01' },
      ['projects', 'LAB'],
    ]);
    expect(result).toEqual({
      problems: [],
      notChecked: [],
      summary: { description: 'Lab restock', currency: 'USD', total: '225.1', lines: 2 },
    });
  });

  it('names every unknown code at once, with its line and its field', async () => {
    const result = await check({
      hasVendor: () => Promise.resolve(false),
      hasListItem: () => Promise.resolve(false),
    });
    const vendor = 'SAP Concur has no vendor of code V-7781 with the address code V-7781-01.';
    expect(result.problems).toEqual([
      {
        field: 'custom1',
        code: 'unknownListItem',
        message: 'The list centres of SAP Concur has no item of code CC100.',
      },
      { line: 1, field: 'vendorCode', code: 'unknownVendor', message: vendor },
      { line: 2, field: 'vendorCode', code: 'unknownVendor', message: vendor },
      {
        line: 2,
        field: 'custom3',
        code: 'unknownListItem',
        message: 'The list projects of SAP Concur has no item of code LAB.',
      },
    ]);
  });

  it('tells two addresses of one vendor apart', async () => {
    const [first, second] = sampleDocument.lineItems;
    if (first === undefined || second === undefined) throw new Error('the sample has two lines');
    const document = { ...sampleDocument, lineItems: [first, { ...second, vendorAddressCode: 'V-7781-02' }] };
    const { problems } = await check(
      {
        hasVendor: ({ addressCode }) => Promise.resolve(addressCode === 'V-7781-01'),
        hasListItem: () => Promise.resolve(true),
      },
      document,
    );
    expect(problems).toMatchObject([{ line: 2, code: 'unknownVendor' }]);
  });

  it('looks up at most four at a time', async () => {
    let underWay = 0;
    let most = 0;
    const codes = Array.from({ length: 40 }, (_, index) => `V-${index}`);
    await check(
      {
        hasVendor: async () => {
          most = Math.max(most, (underWay += 1));
          await new Promise(setImmediate);
          underWay -= 1;
          return true;
        },
        hasListItem: () => Promise.resolve(true),
      },
      withVendors(codes),
    );
    expect(most).toBe(4);
  });

  it.each([401, 403])('says what was not looked up when the right is missing (HTTP %i)', async (status) => {
    const result = await check({
      hasVendor: vendorsRefused(status),
      hasListItem: (listId) => Promise.resolve(listId === 'projects'),
    });
    expect(result.problems).toMatchObject([{ field: 'custom1', code: 'unknownListItem' }]);
    expect(result.notChecked).toEqual(['The vendors were not looked up: the right to read them is missing.']);
  });

  it('asks no further of what it may not read', async () => {
    let asked = 0;
    const codes = Array.from({ length: 40 }, (_, index) => `V-${index}`);
    await check(
      {
        hasVendor: () => {
          asked += 1;
          return vendorsRefused(403)();
        },
        hasListItem: () => Promise.resolve(true),
      },
      withVendors(codes),
    );
    // As many as were under way when the first refusal came.
    expect(asked).toBeLessThanOrEqual(4);
  });

  it('keeps the vendor’s words out of what it could not look up', async () => {
    const { notChecked } = await check({
      hasVendor: vendorsRefused(410),
      hasListItem: () => Promise.reject(new TerminalError('words of a vendor', facts)),
    });
    expect(notChecked).toEqual([
      'The items of the list centres were not looked up: SAP Concur does not let them be read.',
      'The items of the list projects were not looked up: SAP Concur does not let them be read.',
      'The vendors were not looked up: SAP Concur does not let them be read (HTTP 410).',
    ]);
  });

  it('throws what may be tried again', async () => {
    const outage = new RetryableError('HTTP 500; try again', facts);
    await expect(
      check({ hasVendor: () => Promise.reject(outage), hasListItem: () => Promise.resolve(true) }),
    ).rejects.toBe(outage);
  });

  it('ends with the reason of the signal that stops it', async () => {
    const reason = new Error('stopped');
    await expect(check({}, sampleDocument, AbortSignal.abort(reason))).rejects.toBe(reason);
  });

  it('keeps so many problems that they can travel, and counts the rest', async () => {
    const codes = Array.from({ length: 600 }, () => 'V-0');
    const { problems } = await check(
      { hasVendor: () => Promise.resolve(false), hasListItem: () => Promise.resolve(true) },
      withVendors(codes),
    );
    expect(problems).toHaveLength(501);
    expect(problems.at(-1)).toEqual({ code: 'more', message: 'There are 100 more of these.' });
  });

  it('looks up no field that the document leaves out or leaves empty', async () => {
    const { custom1, ...document } = withVendors(['V-1']);
    expect(custom1).toBe('CC100');
    const lineItems = document.lineItems.map((line) => ({ ...line, custom3: '' }));
    const result = await check({ hasVendor: () => Promise.resolve(true) }, { ...document, lineItems });
    expect(result.problems).toEqual([]);
  });
});
