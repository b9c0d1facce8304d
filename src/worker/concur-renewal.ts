import { keepRenewed } from '../connectors/concur/token/keep-renewed.ts';
import { ConnectorError } from '../connectors/http/errors.ts';
import type { Vendors } from './vendors.ts';

const dayMs = 24 * 60 * 60_000;

/**
 * Keeps the refresh token of SAP Concur from ending while nothing is ordered: looks at the start, and once a day. A
 * failure is told to `warn`, and tried again at the next look; work goes on, since an access token may still serve.
 * `stop` waits for an exchange under way, a renewal or any other: a process that ends before its answer is stored
 * takes the only refresh token that still works with it.
 */
export function keepConcurRenewed(
  { concurTokens }: Pick<Vendors, 'concurTokens'>,
  warn: (message: string, details: { readonly reason: string }) => void,
): { stop(): Promise<void> } {
  if (concurTokens === undefined) return { stop: () => Promise.resolve() };
  const renewal = keepRenewed(concurTokens, {
    everyMs: dayMs,
    onProblem: (error) => {
      warn('the refresh token of SAP Concur was not renewed', { reason: reasonOf(error) });
    },
  });
  return {
    async stop() {
      renewal.stop();
      await concurTokens.settled();
    },
  };
}

/** An error of ours says what to do; another one may quote what it worked on (P9). */
function reasonOf(error: unknown): string {
  if (error instanceof ConnectorError) return error.message;
  return error instanceof Error ? error.name : 'unknown';
}
