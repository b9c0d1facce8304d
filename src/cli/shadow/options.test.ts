import { describe, expect, it } from 'vitest';
import { readReportOptions } from './options.ts';

describe('the options of shadow report', () => {
  it('look back 24 hours, call 5 minutes late, and name nobody, unless told', () => {
    expect(readReportOptions(['report'])).toEqual({
      sinceMs: 86_400_000,
      lateMs: 300_000,
      json: false,
      names: false,
    });
  });

  it('are read as they are written', () => {
    const read = readReportOptions(['report', '--since', '7d', '--late=90s', '--json', '--names']);
    expect(read).toEqual({ sinceMs: 604_800_000, lateMs: 90_000, json: true, names: true });
  });

  it.each([
    [[], /shadow report/],
    [['repair'], /shadow report/],
    [['report', '--since', 'long'], /^--since/],
    [['report', '--since', '31d'], /^--since/],
    [['report', '--since', '0s'], /^--since/],
    [['report', '--late', '5'], /^--late/],
    [['report', '--since'], /--since/],
    [['report', '--fast'], /'--fast'/],
    [['report', 'all'], /all/],
  ])('%j are answered with a sentence', (args, sentence) => {
    const read = readReportOptions(args);
    expect(read).toMatch(sentence);
    expect(read).not.toContain('\n');
  });
});
