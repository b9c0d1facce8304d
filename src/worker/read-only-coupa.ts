import type { CoupaClient } from '../connectors/coupa/client.ts';
import { RefusedError } from '../connectors/http/errors.ts';

/** A client that reads, and refuses every write in `words` before anything is sent to Coupa. */
export function readOnlyCoupa(coupa: CoupaClient, words: string): CoupaClient {
  const refuse = (action: 'approve' | 'reject') => () =>
    Promise.reject(
      new RefusedError(
        `nothing is written: ${words}`,
        {
          vendor: 'coupa',
          operation: `PUT /api/approvals/:id/${action}`,
        },
        [words],
      ),
    );
  return { ...coupa, approve: refuse('approve'), reject: refuse('reject') };
}
