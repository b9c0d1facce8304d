import { describe, expect, it } from 'vitest';
import { purchaseRequestBody, toDocument } from './body.ts';
import { fingerprintOf, keyIn, purchaseRequestIdOf } from './identity.ts';
import { validBody, validLine } from './test-body.ts';

const wanted = (body: unknown) => toDocument(purchaseRequestBody.parse(body));
const fingerprint = (body: unknown) => fingerprintOf(wanted(body));

describe('the id of a purchase request', () => {
  it('is a hash of the key alone, whose quotes and blanks do not count', () => {
    const [id, ...others] = ['ORDER-1', '"ORDER-1"', ' ORDER-1 '].map((key) =>
      purchaseRequestIdOf(keyIn(key)),
    );
    expect(id).toMatch(/^[0-9a-f]{32}$/);
    expect(others).toEqual([id, id]);
    expect(purchaseRequestIdOf('ORDER-2')).not.toBe(id);
  });
});

describe('the fingerprint of what was asked for', () => {
  it('does not depend on the order of members, nor on how the unit is spelt', () => {
    const line = { ...validLine, uomCode: 'EA', custom3: 'LAB' };
    const { uomCode, ...rest } = line;
    const turned = {
      custom3: 'LAB',
      uoMCode: uomCode,
      ...Object.fromEntries(Object.entries(rest).reverse()),
    };
    const reversed = Object.fromEntries(Object.entries({ ...validBody, lineItems: [turned] }).reverse());
    expect(fingerprint(reversed)).toBe(fingerprint({ ...validBody, lineItems: [line] }));
  });

  it('is the same whether the requester is told by default or by name', () => {
    expect(fingerprint({ ...validBody, notify: validBody.userEmail })).toBe(fingerprint(validBody));
  });

  it.each([
    ['another amount', { lineItems: [{ ...validLine, unitPrice: '18.76' }] }],
    ['another line', { lineItems: [validLine, validLine] }],
    ['another custom field', { custom1: 'CC100' }],
    ['somebody else to tell', { notify: 'robin@example.com' }],
    ['nobody to tell', { notify: null }],
  ])('differs for %s', (_what, differing) => {
    expect(fingerprint({ ...validBody, ...differing })).not.toBe(fingerprint(validBody));
  });

  it('differs when lines come in another order', () => {
    const lines = [validLine, { ...validLine, quantity: '1' }];
    expect(fingerprint({ ...validBody, lineItems: lines })).not.toBe(
      fingerprint({ ...validBody, lineItems: lines.toReversed() }),
    );
  });
});
