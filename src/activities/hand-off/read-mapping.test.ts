import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { MappingError, readMapping } from './read-mapping.ts';

/** A file with this content, for one test. */
function fileOf(content: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-mapping-'));
  onTestFinished(() => {
    rmSync(folder, { recursive: true });
  });
  const path = join(folder, 'mapping.json');
  writeFileSync(path, content);
  return path;
}

/** What is wrong with a file of this content. */
function problemsOf(content: unknown): readonly string[] {
  const path = fileOf(typeof content === 'string' ? content : JSON.stringify(content));
  try {
    readMapping(path);
  } catch (error) {
    if (error instanceof MappingError) return error.problems;
    throw error;
  }
  return [];
}

const vendor = { vendorCode: 'V-1', vendorAddressCode: 'V-1-01' };

describe('a mapping file', () => {
  it('is read with names in any case and with space around them', () => {
    const content = {
      suppliers: {
        ' Acme Test SUPPLY ': { ...vendor, custom20: 'x' },
        9: { ...vendor, expenseType: '1250' },
      },
      commodities: { 'IT Hardware': { purchaseType: 'GOODS', uomCode: 'EA', receiptType: 'NONE' } },
      header: { policyExternalId: 'PO', custom24: 'CC' },
      line: { custom1: ' LAB ', purchaseType: 'SERVICES' },
    };
    const mapping = readMapping(fileOf(JSON.stringify(content)));
    expect([...mapping.suppliers]).toEqual([
      ['9', { ...vendor, expenseType: '1250' }],
      ['acme test supply', { ...vendor, custom20: 'x' }],
    ]);
    expect(mapping.commodities?.get('it hardware')).toEqual({
      purchaseType: 'GOODS',
      uomCode: 'EA',
      receiptType: 'NONE',
    });
    expect(mapping.header).toEqual({ policyExternalId: 'PO', custom24: 'CC' });
    expect(mapping.line).toEqual({ custom1: 'LAB', purchaseType: 'SERVICES' });
  });

  it('may do without commodities, header and line, and begin as editors on Windows write it', () => {
    const mapping = readMapping(fileOf(`\uFEFF${JSON.stringify({ suppliers: { Acme: vendor } })}`));
    expect(mapping).toEqual({ suppliers: new Map([['acme', vendor]]), header: {}, line: {} });
  });

  it('is refused with every problem and its place at once', () => {
    const content = {
      suppliers: {
        Acme: { vendorCode: '', vendorAddressCode: 7 },
        'Big Prints': { vendorCode: 'V', vendorAddressCode: 'A', custom21: 'x', colour: 'red' },
        ' big prints': vendor,
        '': vendor,
      },
      commodities: { Laptops: { expenseType: '1' }, Chairs: { purchaseType: 'goods' } },
      header: { custom25: 'x', policyExternalId: 'x'.repeat(101) },
      line: { uomCode: 'a\u0007b' },
      vendors: {},
    };
    expect(problemsOf(content).toSorted()).toEqual(
      [
        'suppliers.Acme.vendorCode: is empty',
        'suppliers.Acme.vendorAddressCode: should be a text in quotes',
        'suppliers."Big Prints".custom21: is not known here',
        'suppliers."Big Prints".colour: is not known here',
        'commodities.Laptops.purchaseType: should be "GOODS" or "SERVICES"',
        'commodities.Chairs.purchaseType: should be "GOODS" or "SERVICES"',
        'header.custom25: is not known here',
        'header.policyExternalId: is longer than 100 characters',
        'line.uomCode: has control characters',
        'vendors: is not known here',
      ].toSorted(),
    );
  });

  it('is refused where two names mean the same, and where one is empty', () => {
    expect(problemsOf({ suppliers: { Acme: vendor, ' ACME': vendor, ' ': vendor } })).toEqual([
      'suppliers." ACME": is there twice',
      'suppliers." ": is an empty name',
    ]);
  });

  it.each([
    ['[]', '(the whole): should be a'],
    ['{}', 'suppliers: should be an object'],
    ['{"suppliers": []}', 'suppliers: '],
    ['null', '(the whole): '],
  ])('is refused where it is %s', (content, problem) => {
    const [first, ...others] = problemsOf(content);
    expect(first).toContain(problem);
    expect(others).toEqual([]);
  });

  it('that is no JSON is refused with the line and the column', () => {
    expect(problemsOf('{\n  "suppliers": {,}\n}')).toEqual(['it is not JSON: line 2, column 17']);
    expect(problemsOf('')).toEqual(['it is not JSON']);
  });

  it('that is not there is named together with its setting', () => {
    const path = join(tmpdir(), 'countersign-no-such-mapping.json');
    expect(() => readMapping(path)).toThrow(
      `The mapping file ${path} cannot be used:\n  there is no such file; CONCUR_MAPPING_FILE names it`,
    );
    expect(() => readMapping(tmpdir())).toThrow('it cannot be read (EISDIR); CONCUR_MAPPING_FILE names it');
  });

  it('with a name that is special in JavaScript is taken by its words', () => {
    const text = `{"suppliers": {"constructor": ${JSON.stringify(vendor)}}}`;
    expect(readMapping(fileOf(text)).suppliers.get('constructor')).toEqual(vendor);
    expect(readMapping(fileOf(text)).suppliers.get('toString')).toBeUndefined();
  });
});
