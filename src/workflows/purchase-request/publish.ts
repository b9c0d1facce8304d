import {
  log,
  setCurrentDetails,
  upsertMemo,
  upsertSearchAttributes,
  workflowInfo,
} from '@temporalio/workflow';
import { purchaseRequestMemoKey } from '../../contract/purchase-request.ts';
import { concurIdKey, purchaseRequestStateKey } from '../../contract/search-attributes.ts';
import { detailsOf, memoOf } from './core/publish.ts';
import { stateOf, type PurchaseCore } from './core/state.ts';

/**
 * Shows what is known outside the workflow, with an event only where something changed. `initial` is what the run was
 * started with: its search attributes came with the start, and so did its memo. Other keys of the memo stay.
 *
 * Concur's id goes along with each change of the state, since it never changes without one: no event of its own. One
 * that was known before this attribute was is shown with the next change.
 */
export function createPublisher(initial: PurchaseCore): (core: PurchaseCore) => void {
  let shownState = stateOf(initial);
  let isIdShown = initial.concurId !== undefined;
  let shownMemo = JSON.stringify(workflowInfo().memo?.[purchaseRequestMemoKey]);
  let loggedQuestion = initial.attention?.n;
  return (core) => {
    const { attention } = core;
    if (attention !== undefined && attention.n !== loggedQuestion) {
      // For whoever watches the log: nothing goes on until somebody answers.
      log.warn(`A purchase request needs a human: ${attention.reason} (question ${attention.n})`);
      loggedQuestion = attention.n;
    }
    setCurrentDetails(detailsOf(core));
    const state = stateOf(core);
    const memo = memoOf(core);
    const { concurId } = memo;
    const memoText = JSON.stringify(memo);
    if (state !== shownState) {
      upsertSearchAttributes([
        { key: purchaseRequestStateKey, value: state },
        // Null takes it away: an id that is given up is free for the request that it belongs to.
        ...(concurId === undefined && !isIdShown ? [] : [{ key: concurIdKey, value: concurId ?? null }]),
      ]);
      isIdShown = concurId !== undefined;
    }
    if (memoText !== shownMemo) upsertMemo({ [purchaseRequestMemoKey]: memo });
    shownState = state;
    shownMemo = memoText;
  };
}
