import type { ApiDeps } from '../deps.ts';
import { ProblemError } from '../problem-error.ts';

/** Why nothing is created in SAP Concur from here: 501 or 409; undefined where it is. */
export function creatingRefused({
  concur,
  mode,
}: Pick<ApiDeps, 'concur' | 'mode'>): ProblemError | undefined {
  if (!concur) {
    const detail =
      'SAP Concur is not set up here: set CONCUR_CLIENT_ID, CONCUR_CLIENT_SECRET and CONCUR_COMPANY_UUID.';
    return new ProblemError('not-configured', detail);
  }
  if (mode === 'decide') return undefined;
  return new ProblemError('not-accepting', `Nothing is created in SAP Concur from here (MODE=${mode}).`);
}
