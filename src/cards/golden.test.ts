import { describe, expect, it } from 'vitest';
import type { Ending } from '../contract/after.ts';
import { guideCardFields } from '../contract/card-fields.ts';
import type { Facts } from '../contract/facts.ts';
import type { Sheet } from '../contract/observation.ts';
import type { CardContent, CardStyle } from './content.ts';
import { cardLength, renderCard } from './card.ts';
import { renderEnding } from './ending.ts';
import { ada, fullStyle, sampleFacts, sampleSheet } from './test-values.ts';

const guideStyle: CardStyle = { ...fullStyle, cardFields: guideCardFields };
const lastComment = { author: 'Rhea Quester', text: 'Quotes are attached, "best & final"' };

function withFacts(facts: Partial<Facts>, more: Partial<Sheet> = {}): Sheet {
  return { ...sampleSheet, ...more, facts: { ...sampleFacts, ...facts } };
}

const line = { id: 1, description: 'Desk', quantity: '2', unitPrice: '1', total: '2', supplier: 'Acme' };
const rtl = 'שולחן עבודה';
const hostileText = `<b>Approved</b> &amp; <a href="javascript:alert(1)">x</a>\r\n- <i>Amount</i>: USD 1.00\u2028\u202e${rtl} 👩🏽‍💻 :fire: 'q' "q" \u0000`;

const cards: readonly [name: string, content: Partial<CardContent>, style: CardStyle][] = [
  [
    'guide-mock',
    {
      to: { id: 7, name: 'Jamie Doe' },
      lastComment: { author: null, text: "Approved by IT team, waiting Jamie's approval" },
      sheet: withFacts(
        { total: '14060.41', lines: [{ ...line, description: 'MacBook Pro', quantity: '10' }] },
        {
          requisitionId: 14170,
          title: 'MacBook Pro Retina 15"',
          requester: { id: 8, name: 'Sam Stinson' },
        },
      ),
    },
    guideStyle,
  ],
  ['all-fields', { lastComment }, fullStyle],
  [
    'hostile',
    {
      to: { id: 7, name: '<i>Eve</i>\nAdmin' },
      lastComment: { author: hostileText, text: hostileText },
      previous: sampleFacts,
      sheet: withFacts(
        {
          currency: '<b>USD</b>',
          total: hostileText,
          lines: [
            { ...line, description: hostileText, supplier: hostileText, unitPrice: hostileText },
            { ...line, id: 2, quantity: hostileText },
          ],
        },
        {
          title: hostileText,
          status: hostileText,
          justification: hostileText,
          costCentre: hostileText,
          requester: { id: 8, name: hostileText },
          submittedAt: hostileText,
          needByDate: hostileText,
        },
      ),
    },
    fullStyle,
  ],
  [
    '200-lines',
    {
      lastComment,
      sheet: withFacts({
        lines: Array.from({ length: 50 }, (_, index) => ({
          ...line,
          id: index + 1,
          description: `Desk number ${index + 1}`,
          quantity: '1.5',
          supplier: index % 2 === 0 ? 'Acme' : 'Upright Office',
        })),
        further: { count: 150, hash: 'f' },
      }),
    },
    fullStyle,
  ],
  [
    'changed',
    {
      previous: {
        ...sampleFacts,
        total: '12060.41',
        lines: sampleFacts.lines.map((one) => (one.id === 1 ? { ...one, unitPrice: '3000' } : one)),
      },
    },
    guideStyle,
  ],
  [
    'changed-line-total',
    {
      previous: {
        ...sampleFacts,
        lines: sampleFacts.lines.map((one) => (one.id === 2 ? { ...one, total: '1000' } : one)),
      },
    },
    guideStyle,
  ],
  [
    'delegate',
    {
      to: { ...ada, name: 'Bo Ss', as: { kind: 'delegate', of: 'Ada Prover' } },
      others: { names: ['Ada Prover'], more: 0 },
    },
    guideStyle,
  ],
  [
    'member',
    {
      to: { ...ada, as: { kind: 'member', of: 'Capex <Committee>' } },
      others: { names: ['Bo Ss', 'Cy Nod'], more: 4 },
    },
    guideStyle,
  ],
  ['reminder', { reminder: { waitedMs: 3 * 24 * 60 * 60_000 } }, guideStyle],
  ['eur-in-german', { sheet: withFacts({ currency: 'EUR' }) }, german()],
  [
    'jpy-in-german',
    {
      sheet: withFacts({
        currency: 'JPY',
        total: '1250000',
        lines: [{ ...line, quantity: '1.125', unitPrice: '1250000', total: '1250000' }],
      }),
    },
    german(),
  ],
  ['kwd-in-german', { sheet: withFacts({ currency: 'KWD', total: '1234.5', lines: [line] }) }, german()],
  ['no-currency', { sheet: withFacts({ currency: null }) }, fullStyle],
];

function german(): CardStyle {
  return { ...fullStyle, locale: 'de-DE', timeZone: 'Europe/Berlin' };
}

describe('a card, to the letter', () => {
  it.each(cards)('%s', async (name, content, style) => {
    const card = renderCard({ sheet: sampleSheet, to: ada, ...content }, style);
    expect(card.length).toBeLessThanOrEqual(cardLength);
    await expect(`${card}\n`).toMatchFileSnapshot(`golden/${name}.txt`);
  });
});

const standing = {
  decisionId: 'd',
  userId: 204,
  name: 'Ben Okafor',
  at: '2026-03-02T09:00:00Z',
} as const;

const endings: readonly [name: string, ending: Ending, reason?: string][] = [
  ['approved-by-another', { outcome: 'approved', standing: { ...standing, action: 'approve' } }],
  [
    'sent-back-by-another',
    { outcome: 'rejected', standing: { ...standing, name: 'Ben <Okafor>', action: 'reject' } },
    'Too dear;\n<b>ask again</b> in May',
  ],
  ['decided-in-coupa', { outcome: 'decidedElsewhere', coupaStatus: 'approved' }, 'not ours to tell'],
  ['decided-without-status', { outcome: 'decidedElsewhere' }],
  ['withdrawn', { outcome: 'withdrawn' }],
  ['superseded', { outcome: 'superseded' }],
  ['sent-back-in-coupa', { outcome: 'decidedElsewhere', coupaStatus: 'rejected' }],
  ['escalated-in-coupa', { outcome: 'decidedElsewhere', coupaStatus: 'escalated' }],
  ['skipped-in-coupa', { outcome: 'decidedElsewhere', coupaStatus: 'skipped' }],
  ['unknown-status-in-coupa', { outcome: 'decidedElsewhere', coupaStatus: 'parked_by <rule>' }],
  ['passed-on', { outcome: 'passedOn' }],
];

describe('a notice to whoever holds a card, to the letter', () => {
  it.each(endings)('%s', async (name, ending, reason) => {
    const content = { to: ada, sheet: sampleSheet, ending, ...(reason === undefined ? {} : { reason }) };
    await expect(`${renderEnding(content, fullStyle)}\n`).toMatchFileSnapshot(`golden/notice-${name}.txt`);
  });

  it('leaves out the title that a requisition has not, and names it by its id', () => {
    const sheet = { ...sampleSheet, title: null };
    const text = renderEnding({ to: ada, sheet, ending: { outcome: 'withdrawn' } }, fullStyle);
    expect(text).not.toContain('Name');
    expect(text).toContain('- <i>Requisition ID</i>: 5001');
  });
});
