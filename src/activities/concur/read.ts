import type { ConcurClient } from '../../connectors/concur/types.ts';
import type { ReadResult } from '../../contract/concur-work.ts';

/**
 * What Concur tells of a purchase request now, and for how long policy follows it, in milliseconds. Throws the client's
 * errors; an id that Concur does not know, perhaps not yet, is an answer.
 */
export async function read(
  concur: ConcurClient,
  {
    concurId,
    followForMs,
    signal,
  }: { readonly concurId: string; readonly followForMs: number; readonly signal: AbortSignal },
): Promise<ReadResult> {
  const status = await concur.getPurchaseRequest(concurId, { signal });
  return status === undefined ? { kind: 'notFound', followForMs } : { kind: 'found', followForMs, status };
}
