import type { CoupaClient } from '../connectors/coupa/client.ts';
import { RefusedError } from '../connectors/http/errors.ts';

/** A client that reads, and refuses every write in `words` before anything is sent to Coupa. */
export function readOnlyCoupa(coupa: CoupaClient, words: string): CoupaClient {
  const refuse = (operation: string) => () =>
    Promise.reject(new RefusedError(`nothing is written: ${words}`, { vendor: 'coupa', operation }, [words]));
  return {
    ...coupa,
    approve: refuse('PUT /api/approvals/:id/approve'),
    reject: refuse('PUT /api/approvals/:id/reject'),
    addComment: refuse('POST /api/requisitions/:id/comments'),
  };
}
