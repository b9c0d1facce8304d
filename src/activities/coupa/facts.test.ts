import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Facts, LineFacts } from '../../contract/facts.ts';
import { canonicalDecimal, carriedFacts, factsOf, hashFacts } from './facts.ts';
import { requisition } from './fixtures/samples.ts';

describe('canonicalDecimal', () => {
  it.each([
    ['14000.00', '14000'],
    ['60.410', '60.41'],
    ['4.0', '4'],
    ['1.', '1'],
    ['007.50', '7.5'],
    ['100', '100'],
    ['0.00', '0'],
    ['000', '0'],
    ['-0.00', '0'],
    ['-12.50', '-12.5'],
    ['+3.0', '3'],
    [' 2.0 ', '2'],
    ['0.05', '0.05'],
  ])('makes %j the one form %j of its amount', (text, canonical) => {
    expect(canonicalDecimal(text)).toBe(canonical);
  });

  it.each([['1,000.00'], ['1e3'], ['abc'], [''], ['-'], ['1.2.3'], ['12 USD']])(
    'leaves %j, which is no plain decimal, as it came',
    (text) => {
      expect(canonicalDecimal(text)).toBe(text);
    },
  );

  it('keeps an absent amount absent', () => {
    expect(canonicalDecimal(null)).toBeNull();
  });

  it('gives two texts the same form exactly when they are the same amount', () => {
    const amount = fc.record({
      units: fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }),
      scale: fc.nat({ max: 4 }),
      zeros: fc.nat({ max: 3 }),
    });
    const text = ({ units, scale, zeros }: { units: bigint; scale: number; zeros: number }): string => {
      const digits = (units < 0n ? -units : units).toString().padStart(scale + 1, '0');
      const [whole, fraction] = [digits.slice(0, digits.length - scale), digits.slice(digits.length - scale)];
      const point = scale + zeros === 0 ? '' : `.${fraction}${'0'.repeat(zeros)}`;
      return `${units < 0n ? '-' : ''}${'0'.repeat(zeros)}${whole}${point}`;
    };
    const value = ({ units, scale }: { units: bigint; scale: number }) => units * 10n ** BigInt(4 - scale);
    fc.assert(
      fc.property(amount, amount, (a, b) => {
        expect(canonicalDecimal(text(a)) === canonicalDecimal(text(b))).toBe(value(a) === value(b));
      }),
    );
    fc.assert(
      fc.property(amount, fc.nat({ max: 3 }), (a, zeros) => {
        expect(canonicalDecimal(text({ ...a, zeros }))).toBe(canonicalDecimal(text(a)));
      }),
    );
  });
});

describe('factsOf', () => {
  it('takes what a decision rests on out of a requisition in Coupa’s shape', () => {
    expect(factsOf(requisition('requisition-pending'))).toEqual({
      total: '14060.41',
      currency: 'USD',
      lines: [
        {
          id: 1,
          description: '15-inch laptop',
          quantity: '4',
          unitPrice: '3500',
          total: '14000',
          supplier: 'Acme Test Supply',
        },
        {
          id: 2,
          description: 'Imaging service',
          quantity: null,
          unitPrice: '60.41',
          total: '60.41',
          supplier: 'Acme Test Supply',
        },
      ],
    });
  });

  it('sees no change when only the writing of an amount differs', () => {
    const pending = requisition('requisition-pending');
    const rewritten = { ...pending, total: '14060.4100' };
    expect(hashFacts(factsOf(rewritten))).toBe(hashFacts(factsOf(pending)));
  });
});

const text = fc.option(fc.string({ maxLength: 8 }), { nil: null });
const lines = fc.uniqueArray(
  fc.record({
    id: fc.nat({ max: 50 }),
    description: text,
    quantity: text,
    unitPrice: text,
    total: text,
    supplier: text,
  }),
  { selector: (line) => line.id, maxLength: 5 },
);
const facts: fc.Arbitrary<Facts> = fc.record({ total: text, currency: text, lines });

/** A text that differs, whether the fact was there or not. */
const other = (was: string | null): string | null => (was === null ? '' : was === '' ? null : `${was}x`);

/** Every set of facts that differs from these in one thing. */
function everySingleChange(of: Facts): Facts[] {
  const withLine = (at: number, line: LineFacts) => ({ ...of, lines: of.lines.with(at, line) });
  const fields = ['description', 'quantity', 'unitPrice', 'total', 'supplier'] as const;
  return [
    { ...of, total: other(of.total) },
    { ...of, currency: other(of.currency) },
    {
      ...of,
      lines: [
        ...of.lines,
        { id: 99, description: null, quantity: null, unitPrice: null, total: null, supplier: null },
      ],
    },
    ...of.lines.flatMap((line, at) => [
      { ...of, lines: of.lines.toSpliced(at, 1) },
      withLine(at, { ...line, id: 98 }),
      ...fields.map((field) => withLine(at, { ...line, [field]: other(line[field]) })),
      // A value that moves to the neighbouring field is a change as well.
      ...(line.quantity === line.unitPrice
        ? []
        : [withLine(at, { ...line, quantity: line.unitPrice, unitPrice: line.quantity })]),
    ]),
  ];
}

describe('hashFacts', () => {
  it('is 128 bits, safe in a URL', () => {
    expect(hashFacts(factsOf(requisition('requisition-pending')))).toMatch(/^[\w-]{22}$/);
  });

  it('does not depend on the order in which Coupa lists the lines', () => {
    const shuffled = facts.chain((of) =>
      fc
        .shuffledSubarray([...of.lines], { minLength: of.lines.length })
        .map((order) => ({ of, again: { ...of, lines: order } })),
    );
    fc.assert(
      fc.property(shuffled, ({ of, again }) => {
        expect(hashFacts(again)).toBe(hashFacts(of));
      }),
    );
  });

  it('changes with any single fact (P4)', () => {
    fc.assert(
      fc.property(facts, (of) => {
        const hash = hashFacts(of);
        for (const changed of everySingleChange(of)) expect(hashFacts(changed)).not.toBe(hash);
      }),
    );
  });
});

describe('carriedFacts', () => {
  const line = (id: number): LineFacts => ({
    id,
    description: `${'d'.repeat(300)}${id}`,
    quantity: '1',
    unitPrice: '2',
    total: '2',
    supplier: null,
  });
  const many: Facts = {
    total: '8000',
    currency: 'USD',
    lines: Array.from({ length: 4_000 }, (_, index) => line(index)),
  };

  it('stays small whatever the size of the requisition', () => {
    const carried = carriedFacts(many);
    expect(JSON.stringify(carried).length).toBeLessThan(20_000);
    expect(carried.lines).toHaveLength(50);
    expect(carried.further?.count).toBe(3_950);
  });

  it('notices a change in what it does not carry', () => {
    const changed = { ...many, lines: many.lines.with(3_000, { ...line(3_000), quantity: '9' }) };
    expect(carriedFacts(changed).further?.hash).not.toBe(carriedFacts(many).further?.hash);
    expect(carriedFacts(changed).lines).toEqual(carriedFacts(many).lines);
  });

  it('is the facts themselves for a requisition of ordinary size', () => {
    const few: Facts = { ...many, lines: [{ ...line(1), description: 'Chair' }] };
    expect(carriedFacts(few)).toEqual(few);
  });
});
