/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
import type { PageLinks } from '../../pages/links.ts';
import { LiveState } from '../../pages/messages.tsx';
import type { Requisition } from '../state.ts';
import { currentRows } from '../chain.ts';
import type { Tenant } from '../tenant.ts';
import { ActionPanel, type Failed } from './action-panel.tsx';
import { Frame } from './frame.tsx';
import { Chain, Comments, Facts, History, Lines } from './requisition-detail.tsx';
import { deciders } from './deciders.ts';
import { requisitionView } from './view-model.ts';

const doneWords: Readonly<Record<string, string>> = {
  submitted: 'Submitted.',
  approved: 'Approved.',
  rejected: 'Rejected: it went back to its requester as a draft.',
  changed: 'The amount is changed.',
  withdrawn: 'Withdrawn.',
  commented: 'The comment is added.',
};

interface RequisitionPageProps {
  tenant: Tenant;
  requisition: Requisition;
  links: PageLinks;
  /** What has just been done, by its name in the address. */
  done?: string | undefined;
  failed?: Failed | null;
}

/** One requisition: what it asks for, who decides, what happened, and what people could do about it. */
export function RequisitionPage({
  tenant,
  requisition,
  links,
  done = '',
  failed = null,
}: RequisitionPageProps) {
  const view = requisitionView(tenant, requisition);
  const current = currentRows(tenant.store, requisition).map((row) => ({
    approvalId: row.id,
    byUserId: deciders(tenant, row)[0] ?? row.approverId,
  }));
  const said = doneWords[done];
  return (
    <Frame title={`Requisition ${view.id}`} links={links} address={`/requisitions/${view.id}`}>
      <div class="section-head">
        <p>
          <a href="/" id="back">
            All requisitions
          </a>
        </p>
        <LiveState />
      </div>
      {said === undefined ? null : (
        <p class="notice" role="status">
          {said}
        </p>
      )}
      <Facts view={view} chat={links.chat} />
      <div class="sides">
        <div class="stack">
          <Lines lines={view.lines} />
          <Chain chain={view.chain} />
          <Comments comments={view.comments} />
        </div>
        <ActionPanel requisition={requisition} current={current} lines={view.lines} failed={failed} />
        <History history={view.history} />
      </div>
    </Frame>
  );
}
