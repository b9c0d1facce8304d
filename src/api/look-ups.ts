import type { ApprovalRow } from '../contract/approval.ts';
import { lookUpCardId } from '../references/card-ids.ts';
import type { References } from '../references/references.ts';
import { ApprovalGone, type Engine, type ListedApproval } from './engine/engine.ts';

export type RowWithReference = ApprovalRow & { readonly reference?: string };

/** Recording at most so many at once keeps one long list from filling Temporal's request limit. */
const maxAtOnce = 10;

/** As `Promise.all` over `map`, but at most `maxAtOnce` at a time. The first failure ends it. */
async function mapBounded<T, R>(items: readonly T[], map: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  const waiting = items.entries();
  const lane = async () => {
    for (const [index, item] of waiting) results[index] = await map(item);
  };
  await Promise.all(Array.from({ length: maxAtOnce }, lane));
  return results;
}

/**
 * Rows for one person, each with a reference that proves the facts it shows. The look-up is recorded as a card
 * before the row is answered: a reference whose card nobody knows would be refused (P4). A row whose approval
 * ended meanwhile is left out. Throws `EngineUnavailable`.
 */
export async function rowsWithReferences(
  { engine, references }: { engine: Engine; references: References },
  userId: number,
  listed: readonly ListedApproval[],
): Promise<RowWithReference[]> {
  const rows = await mapBounded(listed, async ({ approvalId, runId, memo }): Promise<RowWithReference[]> => {
    if (memo === undefined) return [];
    const { factsHash } = memo;
    if (factsHash === undefined) return [memo.row];
    const card = lookUpCardId({ runId, userId, factsHash });
    const recorded = memo.asked.some((asked) => asked.userId === userId && asked.cards.includes(card));
    try {
      if (!recorded) await engine.lookUp(approvalId, { cardId: card, userId, factsHash });
    } catch (error) {
      if (error instanceof ApprovalGone) return [];
      throw error;
    }
    return [{ ...memo.row, reference: references.sign({ approvalId, userId, card }) }];
  });
  return rows.flat();
}
