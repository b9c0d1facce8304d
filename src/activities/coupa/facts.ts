import { createHash } from 'node:crypto';
import { clip } from '../../cards/escape.ts';
import type { CoupaRequisition } from '../../connectors/coupa/types.ts';
import type { Facts } from '../../contract/facts.ts';

/** "14000.00" and "14000.0" are one amount; anything that is no plain decimal stays as it came. */
export function canonicalDecimal(text: string | null): string | null {
  if (text === null) return null;
  const [, sign, whole, fraction] = /^([+-]?)0*(\d+)(?:\.(\d*?)0*)?$/.exec(text.trim()) ?? [];
  if (whole === undefined) return text;
  const digits = fraction === undefined || fraction === '' ? whole : `${whole}.${fraction}`;
  return sign === '-' && digits !== '0' ? `-${digits}` : digits;
}

/** What a decision rests on (P4). Account coding is left out: it changes without changing what is bought. */
export function factsOf(requisition: CoupaRequisition): Facts {
  return {
    total: canonicalDecimal(requisition.total),
    currency: requisition.currency,
    lines: requisition.lines.map((line) => ({
      id: line.id,
      description: line.description,
      quantity: canonicalDecimal(line.quantity),
      unitPrice: canonicalDecimal(line.unitPrice),
      total: canonicalDecimal(line.total),
      supplier: line.supplier,
    })),
  };
}

const linesCarried = 50;
const textCarried = 200;

/** The part of the facts that goes through Temporal and onto cards. The hash stays that of all of them. */
export function carriedFacts(facts: Facts): Facts {
  const short = (text: string | null) => (text === null ? null : clip(text, textCarried));
  const lines = facts.lines
    .slice(0, linesCarried)
    .map((line) => ({ ...line, description: short(line.description), supplier: short(line.supplier) }));
  const further = facts.lines.slice(linesCarried);
  if (further.length === 0) return { ...facts, lines };
  const hash = hashFacts({ total: null, currency: null, lines: further });
  return { ...facts, lines, further: { count: further.length, hash } };
}

/** 128 bits over every fact, in the order of the line ids, so that a re-sorted answer is no change. */
export function hashFacts(facts: Facts): string {
  const lines = facts.lines
    .toSorted((a, b) => a.id - b.id)
    .map((line) => [line.id, line.description, line.quantity, line.unitPrice, line.total, line.supplier]);
  return createHash('sha256')
    .update(JSON.stringify([facts.total, facts.currency, lines]))
    .digest('base64url')
    .slice(0, 22);
}
