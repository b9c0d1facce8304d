import { requisitionTotal } from './amounts.ts';
import { currentRows } from './chain.ts';
import { remember } from './history.ts';
import type { Requisition } from './state.ts';
import type { CoupaStore } from './store.ts';
import {
  addDraftRow,
  createDraft,
  type LineInput,
  numberLines,
  type RequisitionInput,
  submit,
} from './submit.ts';
import { tenantTime } from './tenant-time.ts';

interface RequisitionChanges {
  title?: string | undefined;
  justification?: string | undefined;
  lines?: readonly LineInput[] | undefined;
  /** Moves the dates of the current approval as well, which an edit alone does not. */
  bump?: boolean;
}

/** What requesters do. An answer of type `string | null` says why it was not possible, or null when it was done. */
export interface RequisitionActions {
  /** Creates a requisition and submits it, unless told to leave it a draft; `draftRow` as in `addDraftRow`. */
  create(input: RequisitionInput & { submit?: boolean; draftRow?: boolean }): Requisition;
  edit(requisition: Requisition, changes: RequisitionChanges): string | null;
  withdraw(requisition: Requisition): string | null;
  submit(requisition: Requisition): string | null;
  /** Coupa orders what is approved; the requisition is then `ordered`. */
  order(requisition: Requisition): string | null;
  /** What is approved goes back to draft, to be edited and submitted again. */
  reopen(requisition: Requisition): string | null;
}

/** The one implementation behind the control routes and the page. `submitted` hears of each submission. */
export function requisitionActions(
  store: CoupaStore,
  submitted: (requisition: Requisition) => void,
): RequisitionActions {
  const submitNow = (requisition: Requisition) => {
    submit(store, requisition);
    submitted(requisition);
  };
  return {
    create(input) {
      const requisition = createDraft(store, input);
      if (input.draftRow === true) addDraftRow(store, requisition);
      if (input.submit !== false) submitNow(requisition);
      return requisition;
    },

    edit(requisition, changes) {
      if (requisition.status === 'approved' || requisition.status === 'ordered') {
        return `an ${requisition.status} requisition is not edited`;
      }
      const now = tenantTime(Date.now());
      const before = { ...requisition };
      requisition.title = changes.title ?? requisition.title;
      requisition.justification = changes.justification ?? requisition.justification;
      if (changes.lines) requisition.lines = numberLines(store, changes.lines, requisition.lines);
      requisition.updatedAt = now;
      if (changes.bump === true) for (const row of currentRows(store, requisition)) row.updatedAt = now;
      const byUserId = requisition.requesterId;
      remember(requisition, { event: 'edited', byUserId, note: describeEdit(before, requisition) });
      store.changed();
      return null;
    },

    withdraw(requisition) {
      if (requisition.status !== 'pending_approval') return 'it is not pending approval';
      requisition.status = 'withdrawn';
      requisition.updatedAt = tenantTime(Date.now());
      // The row itself stays pending_approval, as on a real tenant.
      requisition.currentApprovalId = null;
      remember(requisition, { event: 'withdrawn', byUserId: requisition.requesterId });
      store.changed();
      return null;
    },

    submit(requisition) {
      if (requisition.status !== 'draft' && requisition.status !== 'withdrawn') {
        return `a requisition that is ${requisition.status} is not submitted`;
      }
      submitNow(requisition);
      return null;
    },

    order(requisition) {
      if (requisition.status !== 'approved') return 'it is not approved';
      requisition.status = 'ordered';
      requisition.updatedAt = tenantTime(Date.now());
      remember(requisition, { event: 'ordered', byUserId: null });
      store.changed();
      return null;
    },

    reopen(requisition) {
      if (requisition.status !== 'approved') return 'it is not approved';
      requisition.status = 'draft';
      requisition.updatedAt = tenantTime(Date.now());
      remember(requisition, { event: 'reopened', byUserId: requisition.requesterId });
      store.changed();
      return null;
    },
  };
}

function describeEdit(before: Requisition, after: Requisition): string | null {
  const totals = [requisitionTotal(before), requisitionTotal(after)];
  const changed = [
    before.title === after.title ? [] : ['title'],
    before.justification === after.justification ? [] : ['justification'],
    totals[0] === totals[1] ? [] : [`total ${totals.join(' → ')} ${after.currency}`],
    totals[0] === totals[1] && JSON.stringify(before.lines) !== JSON.stringify(after.lines) ? ['lines'] : [],
  ].flat();
  return changed.length === 0 ? null : changed.join(', ');
}
