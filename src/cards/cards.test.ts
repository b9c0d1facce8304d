import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Facts } from '../contract/facts.ts';
import { cardFields } from '../contract/card-fields.ts';
import { cardLength, renderCard } from './card.ts';
import type { CardStyle } from './content.ts';
import { renderOutcome } from './notice.ts';
import { ada, fullStyle, sampleFacts, sampleSheet } from './test-values.ts';

const style: CardStyle = {
  ...fullStyle,
  cardFields: ['name', 'created-by', 'amount', 'submit-date', 'justification', 'requisition-id', 'lines'],
};
const facts = sampleFacts;
const sheet = sampleSheet;
const to = ada;

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

  it('never grows beyond its bound and never lets Coupa’s text through as markup, whatever the configuration', () => {
    const text = fc.string({ unit: 'binary', maxLength: 2_000 });
    const anyLine = fc.record({
      description: text.map((description) => `<script>${description}`),
      quantity: fc.option(fc.oneof(text, fc.constantFrom('1', '-2.5', '9'.repeat(30)))),
      supplier: fc.option(text),
    });
    const reminder = fc.option(fc.record({ waitedMs: fc.integer({ min: 0 }) }), { nil: undefined });
    const anything = fc.record({
      title: text,
      reason: text,
      lines: fc.array(anyLine, { maxLength: 40 }),
      fields: fc.array(fc.constantFrom(...cardFields), { maxLength: 30 }),
      base: fc.oneof(fc.constant('https://acme.coupahost.com'), text),
      changed: fc.boolean(),
      reminder,
      kind: fc.constantFrom('delegate' as const, 'member' as const),
      names: fc.array(text, { maxLength: 10 }),
      more: fc.nat(),
    });
    fc.assert(
      fc.property(anything, (drawn) => {
        const { title, reason, lines, fields, base, changed, reminder, kind, names, more } = drawn;
        const wild = {
          ...sheet,
          title,
          justification: reason,
          costCentre: reason,
          status: title,
          requester: { id: 1, name: reason },
          facts: {
            ...facts,
            total: title,
            lines: lines.map((line, id) => ({ ...line, id, unitPrice: line.supplier, total: null })),
          },
        };
        const content = {
          sheet: wild,
          to: { id: 1, name: title, as: { kind, of: reason } },
          others: { names, more },
          lastComment: { author: title, text: reason },
          ...(changed ? { previous: facts } : {}),
          ...(reminder === undefined ? {} : { reminder }),
        };
        const card = renderCard(content, { ...style, cardFields: fields, coupaBaseUrl: base });
        expect(card.length).toBeLessThanOrEqual(cardLength);
        expect(card.replace(/<\/?[bi]>|<a href="[^"<>]*">|<\/a>/g, '')).not.toMatch(/[<>]/);
      }),
      { numRuns: 1_000 },
    );
  });

  it('fits at the worst: every field, every text as long as it may be, a reminder and a change', () => {
    const quotes = '"'.repeat(4_000);
    const lines = Array.from({ length: 50 }, (_, id) => ({
      id,
      description: quotes,
      quantity: quotes,
      unitPrice: quotes,
      total: quotes,
      supplier: quotes,
    }));
    const worst = {
      ...sheet,
      title: quotes,
      status: quotes,
      justification: quotes,
      costCentre: quotes,
      requester: { id: 1, name: quotes },
      facts: { total: quotes, currency: quotes, lines, further: { count: 9_000, hash: 'f' } },
    };
    const content = {
      sheet: worst,
      to: { id: 1, name: quotes, as: { kind: 'delegate' as const, of: quotes } },
      others: { names: Array.from({ length: 10 }, () => quotes), more: 9_000 },
      lastComment: { author: quotes, text: quotes },
      previous: facts,
      reminder: { waitedMs: 1e12 },
    };
    const coupaBaseUrl = `https://${'x'.repeat(260)}.test`;
    const card = renderCard(content, { ...fullStyle, coupaBaseUrl });
    expect(card.length).toBeLessThanOrEqual(cardLength);
    expect(card).toContain('Open in Coupa');
    expect(card).toMatch(/more lines$/m);
  });

  it('shows the configured fields in their order, each once, and none without a value', () => {
    const fields = ['requisition-id', 'last-comment', 'name', 'requisition-id', 'cost-centre'] as const;
    const bare = { ...sheet, costCentre: null };
    const card = renderCard({ sheet: bare, to }, { ...style, cardFields: fields });
    expect(card.split('\n').slice(3)).toEqual([
      '- <i>Requisition ID</i>: 5001',
      '- <i>Name</i>: Laptops for new hires',
    ]);
  });

  it('shortens prose where room is short, and never an id, an amount or a link', () => {
    const prose = 'word '.repeat(400);
    const long = { ...sheet, title: prose, justification: prose, costCentre: prose };
    const many = facts.lines.flatMap((line) => [1, 2, 3].map((n) => ({ ...line, id: line.id * 10 + n })));
    const card = renderCard(
      {
        sheet: { ...long, facts: { ...facts, lines: many } },
        to,
        lastComment: { author: null, text: prose },
        previous: facts,
      },
      fullStyle,
    );
    expect(card).toContain('- <i>Amount</i>: USD 14,060.41\n');
    expect(card).toContain('- <i>Requisition ID</i>: 5001\n');
    expect(card).toContain('<a href="https://acme.coupahost.com/requisition_headers/5001">Open in Coupa</a>');
    expect(card).toMatch(/<i>Name<\/i>: (word ){10,40}/);
  });

  it('leaves out a link whose address is too long to be kept whole', () => {
    const coupaBaseUrl = `https://${'x'.repeat(400)}.test`;
    expect(renderCard({ sheet, to }, { ...fullStyle, coupaBaseUrl })).not.toContain('href');
  });

  it('names the line that changed by what it is, where the card does not list the lines', () => {
    const previous = { ...facts, lines: facts.lines.map((line) => ({ ...line, total: '1' })) };
    const changed = renderCard({ sheet, to, previous }, { ...fullStyle, cardFields: ['name'] });
    expect(changed).toContain('- was USD 1.00, now USD 14,000.00: line 1 total (15-inch laptop)');
  });
});

describe('a card of several who may decide', () => {
  const lineOf = (others: { names: string[]; more: number }) =>
    renderCard({ sheet, to, others }, style)
      .split('\n')
      .find((line) => line.includes('may decide this as well'));

  it.each([
    [{ names: ['Bo Ss'], more: 0 }, 'Bo Ss'],
    [{ names: ['Bo Ss', 'Cy Nod'], more: 0 }, 'Bo Ss and Cy Nod'],
    [{ names: ['Bo Ss', 'Cy Nod'], more: 4 }, 'Bo Ss, Cy Nod and 4 more'],
    [{ names: [], more: 3 }, '3 more'],
  ])('names the others: %j', (others, words) => {
    expect(lineOf(others)).toBe(`${words} may decide this as well: the first decision counts.`);
  });

  it('says nothing of others where there are none', () => {
    expect(lineOf({ names: [], more: 0 })).toBeUndefined();
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
