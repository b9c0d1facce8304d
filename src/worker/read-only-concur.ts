import type { ConcurClient } from '../connectors/concur/types.ts';
import { RefusedError } from '../connectors/http/errors.ts';

/** A client that reads, and refuses to create in `words` before anything is sent to Concur. */
export function readOnlyConcur(concur: ConcurClient, words: string): ConcurClient {
  return {
    ...concur,
    createPurchaseRequest: () =>
      Promise.reject(
        new RefusedError(
          `nothing is created: ${words}`,
          { vendor: 'concur', operation: 'POST /purchaserequest/v4/purchaserequests' },
          [words],
        ),
      ),
  };
}
