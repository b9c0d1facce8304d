import { setCurrentDetails, upsertMemo, upsertSearchAttributes, workflowInfo } from '@temporalio/workflow';
import { purchaseRequestMemoKey } from '../../contract/purchase-request.ts';
import { purchaseRequestStateKey } from '../../contract/search-attributes.ts';
import { detailsOf, memoOf } from './core/publish.ts';
import { stateOf, type PurchaseCore } from './core/state.ts';

/**
 * Shows what is known outside the workflow, with an event only where something changed. `initial` is what the run was
 * started with: its search attribute came with the start, and so did its memo. Other keys of the memo stay.
 */
export function createPublisher(initial: PurchaseCore): (core: PurchaseCore) => void {
  let shownState = stateOf(initial);
  let shownMemo = JSON.stringify(workflowInfo().memo?.[purchaseRequestMemoKey]);
  return (core) => {
    setCurrentDetails(detailsOf(core));
    const state = stateOf(core);
    const memo = memoOf(core);
    const memoText = JSON.stringify(memo);
    if (state !== shownState) upsertSearchAttributes([{ key: purchaseRequestStateKey, value: state }]);
    if (memoText !== shownMemo) upsertMemo({ [purchaseRequestMemoKey]: memo });
    shownState = state;
    shownMemo = memoText;
  };
}
