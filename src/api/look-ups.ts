import type { ApprovalMemo, ApprovalRow } from '../contract/approval.ts';
import { lookUpCardId } from '../references/card-ids.ts';
import type { References } from '../references/references.ts';
import { ApprovalGone, type Engine, type ListedApproval } from './engine/engine.ts';

export type RowWithReference = ApprovalRow & { readonly reference?: string };

/** Recording at most so many at once keeps one long list from filling Temporal's request limit. */
const maxAtOnce = 10;

/** As `Promise.all` over `map`, but at most ten at a time. The first failure ends it. */
export async function mapBounded<T, R>(items: readonly T[], map: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  const waiting = items.entries();
  const lane = async () => {
    for (const [index, item] of waiting) results[index] = await map(item);
  };
  await Promise.all(Array.from({ length: maxAtOnce }, lane));
  return results;
}

/** What somebody is shown of an approval: its run, the facts, and the cards that are known already. */
interface Shown extends Pick<ApprovalMemo, 'asked'> {
  readonly approvalId: number;
  readonly runId: string;
  readonly factsHash: string;
}

/**
 * Records that these facts are shown to this person, and gives the id of the card that stands for it. To be called
 * before a reference to it is given out. Throws `ApprovalGone`, `EngineUnavailable`.
 */
export async function recordLookUp(
  engine: Engine,
  { approvalId, runId, factsHash, asked }: Shown,
  userId: number,
): Promise<string> {
  const cardId = lookUpCardId({ runId, userId, factsHash });
  const recorded = asked.some((each) => each.userId === userId && each.cards.includes(cardId));
  if (!recorded) await engine.lookUp(approvalId, { cardId, userId, factsHash });
  return cardId;
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
    const { factsHash, asked } = memo;
    if (factsHash === undefined) return [memo.row];
    try {
      const card = await recordLookUp(engine, { approvalId, runId, factsHash, asked }, userId);
      return [{ ...memo.row, reference: references.sign({ approvalId, userId, card }) }];
    } catch (error) {
      if (error instanceof ApprovalGone) return [];
      throw error;
    }
  });
  return rows.flat();
}
