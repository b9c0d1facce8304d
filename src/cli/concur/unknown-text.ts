import { purchaseRequestRef } from '../../contract/ids.ts';
import { plain } from './plain.ts';

/** One attempt to create, by what finds it in SAP Concur again. */
export interface Attempt {
  /** Stands in the request's comments as `ref:<id>`. */
  readonly id: string;
  readonly correlationId: string;
}

/** What to do about a request that may have been created (P5). `why`: one line, or nothing when a human left it. */
export function unknownText({ id, correlationId }: Attempt, why: string): string {
  return [
    `It is not known whether SAP Concur created it: ${plain(why)}`,
    `  Look in SAP Concur for a purchase request whose comments begin with ${purchaseRequestRef(id)}`,
    '  before you create it again: a second one would go into approval too.',
    `  SAP's support finds the call by its correlation id ${correlationId}.`,
  ].join('\n');
}
