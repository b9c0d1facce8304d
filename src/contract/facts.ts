/**
 * The facts of a requisition: what a card showed and a decision rests on (P4).
 * Amounts are Coupa's decimal strings with trailing zeros dropped, so that "10.0" and "10.00" are the same fact.
 */
export interface LineFacts {
  readonly id: number;
  readonly description: string | null;
  readonly quantity: string | null;
  readonly unitPrice: string | null;
  readonly total: string | null;
  readonly supplier: string | null;
}

export interface Facts {
  readonly total: string | null;
  readonly currency: string | null;
  /** The first lines; what is carried through Temporal must stay far below its 2 MB. */
  readonly lines: readonly LineFacts[];
  /** Lines beyond those, and a hash of them: a change there is noticed, though not shown line by line. */
  readonly further?: { readonly count: number; readonly hash: string };
}

/** One difference between two sets of facts. `line` counts from 1, as the reader of a card counts. */
export interface FactChange {
  readonly what:
    'total' | 'currency' | 'line added' | 'line removed' | 'further lines' | keyof Omit<LineFacts, 'id'>;
  readonly line?: number;
  readonly was: string | null;
  readonly now: string | null;
}

const lineFields = ['description', 'quantity', 'unitPrice', 'total', 'supplier'] as const;

/** What changed from `was` to `now`: header first, then lines in their present order, then removed ones. */
export function diffFacts(was: Facts, now: Facts): FactChange[] {
  const changes: FactChange[] = [];
  if (was.total !== now.total) changes.push({ what: 'total', was: was.total, now: now.total });
  if (was.currency !== now.currency) {
    changes.push({ what: 'currency', was: was.currency, now: now.currency });
  }
  const before = new Map(was.lines.map((line, index) => [line.id, { line, number: index + 1 }]));
  for (const [index, line] of now.lines.entries()) {
    const number = index + 1;
    const old = before.get(line.id);
    before.delete(line.id);
    if (old === undefined) {
      changes.push({ what: 'line added', line: number, was: null, now: line.description });
      continue;
    }
    for (const field of lineFields) {
      if (old.line[field] !== line[field]) {
        changes.push({ what: field, line: number, was: old.line[field], now: line[field] });
      }
    }
  }
  for (const { line, number } of before.values()) {
    changes.push({ what: 'line removed', line: number, was: line.description, now: null });
  }
  if (was.further?.hash !== now.further?.hash) {
    const count = (facts: Facts) => String(facts.further?.count ?? 0);
    changes.push({ what: 'further lines', was: count(was), now: count(now) });
  }
  return changes;
}
