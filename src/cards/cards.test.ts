import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Facts } from '../contract/facts.ts';
import type { Sheet } from '../contract/observation.ts';
import { cardLength, renderCard } from './card.ts';
import { describeChange } from './changes.ts';
import { formatMoment } from './dates.ts';
import { escapeText } from './escape.ts';
import { formatMoney } from './money.ts';
import { renderOutcome } from './notice.ts';

const style = { locale: 'en-US', timeZone: 'UTC' };
const facts: Facts = {
  total: '14060.41',
  currency: 'USD',
  lines: [
    {
      id: 1,
      description: '15-inch laptop',
      quantity: '4',
      unitPrice: '3500',
      total: '14000',
      supplier: 'Acme',
    },
    {
      id: 2,
      description: 'Imaging service',
      quantity: null,
      unitPrice: '60.41',
      total: '60.41',
      supplier: null,
    },
  ],
};
const sheet: Sheet = {
  requisitionId: 5001,
  title: 'Laptops for new hires',
  status: 'pending_approval',
  justification: 'Four starters in April',
  submittedAt: '2026-03-02T08:15:03-08:00',
  needByDate: null,
  department: null,
  requester: { id: 101, name: 'Rhea Quester', address: 'rhea.quester@example.test' },
  createdBy: null,
  facts,
  factsHash: 'h',
  updatedAt: null,
};
const to = { id: 201, name: 'Ada Prover', address: 'ada.prover@example.test' };

describe('a card', () => {
  it('shows who asks for what, for how much, line by line', () => {
    expect(renderCard({ sheet, to }, style)).toBe(
      [
        'Hi Ada,',
        '',
        '<b>Purchase requisition pending your approval</b>',
        '- <i>Name</i>: Laptops for new hires',
        '- <i>Created by</i>: Rhea Quester',
        '- <i>Amount</i>: USD 14,060.41',
        '- <i>Submitted</i>: Mar 2, 2026, 4:15 PM UTC',
        '- <i>Justification</i>: Four starters in April',
        '- <i>Requisition ID</i>: 5001',
        '<b>Lines</b>',
        '- 1. 15-inch laptop | 4 × USD 3,500.00 | USD 14,000.00 | Acme',
        '- 2. Imaging service | USD 60.41 | USD 60.41',
      ].join('\n'),
    );
  });

  it('says what changed since the card before it (P4)', () => {
    const previous: Facts = { ...facts, total: '12060.41', lines: facts.lines.slice(0, 1) };
    const text = renderCard({ sheet, to, previous }, style);
    expect(text).toContain('The earlier card no longer counts');
    expect(text).toContain('- was USD 12,060.41, now USD 14,060.41: total');
    expect(text).toContain('- line 2 is new: Imaging service');
  });

  it('folds the changes and lines that do not fit', () => {
    const many = Array.from({ length: 400 }, (_, index) => ({
      id: index,
      description: `Thing ${index}`,
      quantity: '1',
      unitPrice: '2',
      total: '2',
      supplier: 'Acme',
    }));
    const text = renderCard(
      { sheet: { ...sheet, facts: { ...facts, lines: many } }, to, previous: facts },
      style,
    );
    expect(text.length).toBeLessThanOrEqual(cardLength);
    expect(text).toMatch(/- \+\d+ more lines$/);
    expect(text).toMatch(/- \+\d+ more\n/);
  });

  it('counts the lines that it was not given', () => {
    const further = { count: 350, hash: 'f' };
    const text = renderCard({ sheet: { ...sheet, facts: { ...facts, further } }, to }, style);
    expect(text).toMatch(/- \+350 more lines$/);
    const previous = { ...facts, further: { count: 349, hash: 'e' } };
    const changed = renderCard({ sheet: { ...sheet, facts: { ...facts, further } }, to, previous }, style);
    expect(changed).toContain('lines beyond those shown changed (was 349, now 350)');
  });

  it('keeps its bound when every character grows by its entity', () => {
    const quotes = '"'.repeat(4_000);
    const lines = facts.lines.map((line) => ({ ...line, description: quotes, supplier: quotes }));
    const hostile = {
      ...sheet,
      title: quotes,
      justification: quotes,
      facts: { ...facts, total: quotes, lines },
    };
    const card = renderCard({ sheet: hostile, to: { id: 1, name: quotes }, previous: facts }, style);
    expect(card.length).toBeLessThanOrEqual(cardLength);
    expect(card).not.toMatch(/&(?!quot;)/);
  });

  it('never grows beyond its bound and never lets Coupa’s text through as markup (1,000 cases)', () => {
    const text = fc.string({ unit: 'binary', maxLength: 2_000 });
    fc.assert(
      fc.property(text, text, fc.array(text, { maxLength: 40 }), (title, reason, descriptions) => {
        const lines = descriptions.map((description, id) => ({
          id,
          description: `<script>${description}`,
          quantity: null,
          unitPrice: null,
          total: null,
          supplier: description,
        }));
        const wild = { ...sheet, title, justification: reason, facts: { ...facts, lines } };
        const card = renderCard({ sheet: wild, to: { id: 1, name: title }, previous: facts }, style);
        expect(card.length).toBeLessThanOrEqual(cardLength);
        expect(card.replace(/<\/?[bi]>/g, '')).not.toMatch(/[<>]/);
      }),
      { numRuns: 1_000 },
    );
  });
});

describe('amounts, dates and text', () => {
  it('writes amounts in their currency without losing a digit', () => {
    expect(formatMoney('1234567890123456789.125', 'USD', 'en-US')).toBe('USD 1,234,567,890,123,456,789.125');
    expect(formatMoney('1000', 'JPY', 'en-US')).toBe('JPY 1,000');
    expect(formatMoney('0.005', 'USD', 'en-US')).toBe('USD 0.005');
    expect(formatMoney('1234.5', 'EUR', 'de-DE')).toBe('1.234,50 EUR');
  });

  it('leaves what it does not know as Coupa wrote it', () => {
    expect(formatMoney(null, 'USD', 'en-US')).toBe('not stated');
    expect(formatMoney('12', null, 'en-US')).toBe('12');
    expect(formatMoney('12', 'points', 'en-US')).toBe('points 12');
    expect(formatMoney('a lot', 'USD', 'en-US')).toBe('USD a lot');
  });

  it('writes no date where there is none', () => {
    expect(formatMoment(null, 'en-US', 'UTC')).toBeNull();
    expect(formatMoment('soon', 'en-US', 'UTC')).toBeNull();
  });

  it('turns markup and line breaks into text', () => {
    expect(escapeText(' <b>"a" & \'b\'\n- <i>Amount</i>: 1 ')).toBe(
      '&lt;b&gt;&quot;a&quot; &amp; &#39;b&#39; - &lt;i&gt;Amount&lt;/i&gt;: 1',
    );
  });

  it('describes each kind of change', () => {
    const say = (change: Parameters<typeof describeChange>[0]) => describeChange(change, 'USD', 'en-US');
    expect(say({ what: 'unitPrice', line: 2, was: '1000', now: '1200' })).toBe(
      'was USD 1,000.00, now USD 1,200.00: line 2 unit price',
    );
    expect(say({ what: 'supplier', line: 1, was: 'Acme', now: null })).toBe(
      'was Acme, now nothing: line 1 supplier',
    );
    expect(say({ what: 'line removed', line: 3, was: 'Chair', now: null })).toBe('line 3 was removed: Chair');
  });
});

describe('an outcome notice', () => {
  const standing = { decisionId: 'd', userId: 201, name: 'Ada <Prover>', at: '2026-03-02T09:00:00Z' };

  it('tells the requester who sent it back and why', () => {
    const text = renderOutcome(
      { sheet, standing: { ...standing, action: 'reject' }, reason: 'why <four>?' },
      'en-US',
    );
    expect(text).toContain('<b>Ada &lt;Prover&gt; sent back your purchase requisition</b>');
    expect(text).toContain('- <i>Reason</i>: why &lt;four&gt;?');
  });

  it('names the requisition by its id when it has no title', () => {
    const text = renderOutcome(
      { sheet: { ...sheet, title: null }, standing: { ...standing, action: 'approve' } },
      'en-US',
    );
    expect(text).toContain('approved your purchase requisition');
    expect(text).toContain('requisition 5001');
    expect(text).not.toContain('Reason');
  });
});
