import type { ListField } from '../../config/config.ts';
import type { ConcurClient } from '../../connectors/concur/types.ts';
import { TerminalError } from '../../connectors/http/errors.ts';
import type { CheckResult } from '../../contract/concur-work.ts';
import type { PurchaseRequestDocument } from '../../contract/purchase-request-document.ts';
import { summaryOf, type RequestProblem } from '../../contract/purchase-request.ts';
import { each } from '../poll/each.ts';
import { lookUpsOf, type LookUp } from './look-ups.ts';
import { isMissingRight } from './missing-right.ts';

const atOnce = 4;
/** They travel through Temporal, whose payloads are bounded; nobody reads more. */
const problemsKept = 500;

/**
 * Looks up the vendors that a document names, and the codes of its fields that are tied to lists, each of them once.
 * What cannot be looked up is said in `notChecked`: Concur checks vendors itself. Throws the client's
 * `RetryableError`s, and the signal's reason.
 */
export async function checkCodes(
  concur: ConcurClient,
  document: PurchaseRequestDocument,
  listFields: readonly ListField[],
  signal: AbortSignal,
): Promise<CheckResult> {
  const lookUps = lookUpsOf(document, listFields);
  const distinct = new Map(lookUps.map((lookUp) => [lookUp.key, lookUp]));
  const unknown = new Set<string>();
  const notChecked = new Map<string, string>();
  await each([...distinct.values()], { atOnce, signal }, async ({ key, source, ask }) => {
    // A refusal costs a renewal of the token: one is enough to know that the right is missing.
    if (notChecked.has(source)) return;
    try {
      if (!(await ask(concur, signal))) unknown.add(key);
    } catch (error) {
      if (!(error instanceof TerminalError)) throw error;
      notChecked.set(source, reasonOf(source, error));
    }
  });
  return {
    problems: bounded(lookUps.filter(({ key }) => unknown.has(key))),
    notChecked: [...notChecked.values()].toSorted(),
    summary: summaryOf(document),
  };
}

/** In words of ours, without a vendor's text (P9). */
function reasonOf(source: string, error: TerminalError): string {
  if (isMissingRight(error)) return `The ${source} were not looked up: the right to read them is missing.`;
  const status = error.status === undefined ? '' : ` (HTTP ${error.status})`;
  return `The ${source} were not looked up: SAP Concur does not let them be read${status}.`;
}

function bounded(found: readonly LookUp[]): RequestProblem[] {
  const problems = found.map(({ problem }) => problem);
  if (problems.length <= problemsKept) return problems;
  const message = `There are ${problems.length - problemsKept} more of these.`;
  return [...problems.slice(0, problemsKept), { code: 'more', message }];
}
