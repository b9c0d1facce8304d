import type { HandOffRule } from '../../config/config.ts';
import type { CoupaOrderable, CoupaOrderableLine } from '../../connectors/coupa/orderable.ts';
import { compareDecimals } from '../../contract/decimal.ts';
import { keyOf } from './mapping.ts';

/** An empty list excludes nothing; what is not named cannot be in a list. */
function among(allowed: readonly string[], names: readonly (string | null)[]): boolean {
  return allowed.length === 0 || names.some((name) => name !== null && allowed.includes(keyOf(name)));
}

function lineFits({ suppliers, commodities }: HandOffRule, line: CoupaOrderableLine): boolean {
  const { supplier, commodity } = line;
  const names = supplier === null ? [] : [supplier.name, String(supplier.id)];
  return among(suppliers, names) && among(commodities, [commodity]);
}

/** `submitted-at` on the rule's day (UTC) or later; a missing or unreadable date is not. */
function isNew({ since }: HandOffRule, { submittedAt }: CoupaOrderable): boolean {
  return Date.parse(submittedAt ?? '') >= Date.parse(`${since}T00:00:00Z`);
}

function amountFits({ atLeast, atMost }: HandOffRule, { total }: CoupaOrderable): boolean {
  const against = (bound: string) => compareDecimals(total ?? '', bound) ?? NaN;
  return (atLeast === undefined || against(atLeast) >= 0) && (atMost === undefined || against(atMost) <= 0);
}

/**
 * Whether a requisition becomes a purchase request in SAP Concur: it is `approved`, was submitted on the rule's first
 * day (UTC) or later, and every line and the amount are what the rule names. One that is `ordered` is not: Coupa has
 * ordered itself, and a second order would be made. What cannot be told is not selected. Pure.
 */
export function selects(rule: HandOffRule, requisition: CoupaOrderable): boolean {
  const { status, lines, currency } = requisition;
  return (
    status === 'approved' &&
    isNew(rule, requisition) &&
    lines.length > 0 &&
    lines.every((line) => lineFits(rule, line)) &&
    (rule.currencies.length === 0 || rule.currencies.includes((currency ?? '').trim().toUpperCase())) &&
    amountFits(rule, requisition)
  );
}
