import { describe, expect, it } from 'vitest';
import { describeChange } from './changes.ts';
import { formatDay, formatMoment, formatSpan } from './dates.ts';
import { escapeText } from './escape.ts';
import { formatDecimal, formatMoney } from './money.ts';
import { quantityOf } from './quantity.ts';
import { statusInWords } from './status-words.ts';

const minuteMs = 60_000;
const blank = { description: null, unitPrice: null, total: null, supplier: null };

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

  it.each([
    ['one line’s own', ['4'], '4'],
    ['the exact sum of several, with their count', ['0.1', '0.2', '24.7'], '25 in 3 lines'],
    ['what a float cannot hold', ['9007199254740993', '0.5'], '9,007,199,254,740,993.5 in 2 lines'],
    ['a sum below nothing', ['-3', '0.5'], '-2.5 in 2 lines'],
    ['without amount lines', [null, '2', null, '3'], '5 in 2 lines'],
    ['none of amount lines alone', [null], null],
    ['none where one is no number', ['2', 'some'], null],
  ])('adds quantities up: %s', (_, quantities, text) => {
    const lines = quantities.map((quantity, id) => ({ ...blank, id, quantity }));
    expect(quantityOf({ total: null, currency: null, lines }, 'en-US')).toBe(text);
  });

  it('says of how many lines the sum is when not all are known', () => {
    const lines = ['1', null, '2'].map((quantity, id) => ({ ...blank, id, quantity }));
    const further = { count: 7, hash: 'f' };
    expect(quantityOf({ total: null, currency: null, lines, further }, 'en-US')).toBe('3 in 2 of 10 lines');
  });

  it('writes numbers as the locale does, every digit kept', () => {
    expect(formatDecimal('1234567890123456789.125', 'de-DE')).toBe('1.234.567.890.123.456.789,125');
    expect(formatDecimal('a few', 'de-DE')).toBe('a few');
  });

  it('keeps the day that Coupa wrote, whatever the zone', () => {
    expect(formatDay('2026-03-20T00:00:00-08:00', 'en-US')).toBe('Mar 20, 2026');
    expect(formatDay('2026-03-20T00:00:00+14:00', 'en-US')).toBe('Mar 20, 2026');
    expect(formatDay('2026-03-20', 'de-DE')).toBe('20. März 2026');
    expect(formatDay('2026-13-45', 'en-US')).toBeNull();
    expect(formatDay('2026-03-20 soon', 'en-US')).toBeNull();
    expect(formatDay(null, 'en-US')).toBeNull();
  });

  it.each([
    [0, '1 minute'],
    [45 * minuteMs, '45 minutes'],
    [60 * minuteMs, '1 hour'],
    [5.9 * 60 * minuteMs, '5 hours'],
    [24 * 60 * minuteMs - 20_000, '1 day'],
    [3 * 24 * 60 * minuteMs, '3 days'],
  ])('writes a span of %i ms as %s', (ms, text) => {
    expect(formatSpan(ms)).toBe(text);
  });

  it('writes a status in words', () => {
    expect(statusInWords('pending_approval')).toBe('Pending Approval');
    expect(statusInWords('__on hold_')).toBe('On Hold');
  });

  it('takes out marks that would turn the direction of what follows', () => {
    expect(escapeText('a\u202eb\u2066c\u2069 שלום')).toBe('abc שלום');
  });

  it('replaces half a character, as a text has that was cut somewhere', () => {
    expect(escapeText('a\ud83db 😀')).toBe('a\ufffdb 😀');
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
