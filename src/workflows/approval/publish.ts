import { approvalMemoKey } from '../../contract/approval.ts';
import { setCurrentDetails, upsertMemo, upsertSearchAttributes, workflowInfo } from '@temporalio/workflow';
import {
  amountKey,
  approversKey,
  approvalStateKey,
  currencyKey,
  remindersKey,
  requesterKey,
} from '../../contract/search-attributes.ts';
import { attributesOf, detailsOf, memoOf, type Attributes } from './core/publish.ts';
import type { ApprovalCore } from './core/state.ts';

function upsert(attributes: Attributes): void {
  upsertSearchAttributes([
    { key: approvalStateKey, value: attributes.state },
    { key: requesterKey, value: attributes.requester },
    { key: approversKey, value: [...attributes.approvers] },
    { key: amountKey, value: attributes.amount },
    { key: currencyKey, value: attributes.currency },
    { key: remindersKey, value: attributes.reminders },
  ]);
}

/**
 * Shows what is known outside the workflow, with an event only where something changed. `initial` is what the
 * run was started with: its search attributes came with the start, and so did its memo.
 */
export function createPublisher(initial: ApprovalCore): (core: ApprovalCore) => void {
  let shownAttributes = JSON.stringify(attributesOf(initial));
  let shownMemo = JSON.stringify(workflowInfo().memo?.[approvalMemoKey]);
  return (core) => {
    setCurrentDetails(detailsOf(core));
    const attributes = attributesOf(core);
    const memo = memoOf(core);
    const attributesText = JSON.stringify(attributes);
    const memoText = JSON.stringify(memo);
    if (attributesText !== shownAttributes) upsert(attributes);
    if (memoText !== shownMemo) upsertMemo({ [approvalMemoKey]: memo });
    shownAttributes = attributesText;
    shownMemo = memoText;
  };
}
