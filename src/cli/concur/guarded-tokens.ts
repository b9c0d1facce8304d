import type { ConcurTokens } from '../../connectors/concur/token/types.ts';
import { orAborted } from '../../connectors/http/aborting.ts';
import type { Interrupts } from './interrupts.ts';

/**
 * Tokens whose renewal outlives a Ctrl-C: refresh tokens rotate, and a process that ends between Concur's answer and
 * the token file takes the only one that still works with it. The caller's own wait ends at once.
 */
export function guardedTokens(tokens: ConcurTokens, { guard }: Pick<Interrupts, 'guard'>): ConcurTokens {
  return {
    access: async (signal) => {
      signal?.throwIfAborted();
      return orAborted(guard(tokens.access()), signal);
    },
    refused: (token) => {
      tokens.refused(token);
    },
  };
}
