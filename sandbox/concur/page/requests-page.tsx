/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
import type { PageLinks } from '../../pages/links.ts';
import { Failure } from '../../pages/messages.tsx';
import { Page } from '../../pages/page.tsx';
import type { Entity } from '../entity.ts';
import { RequestTable } from './request-table.tsx';

const doneWords: Readonly<Record<string, string>> = {
  approve: 'Approved. Its purchase orders follow in a moment.',
  'send-back': 'Sent back to the employee.',
  expire: 'The time for its approval is over.',
};

interface RequestsPageProps {
  entity: Entity;
  links: PageLinks;
  /** What has just been done, by its name in the address. */
  done?: string | undefined;
  failure?: string | null;
}

/** The one page of the Concur sandbox. */
export function RequestsPage({ entity, links, done = '', failure = null }: RequestsPageProps) {
  const said = doneWords[done];
  return (
    <Page
      title="Purchase requests in Concur"
      current="concur"
      links={links}
      styles={['/assets/documents.css', '/assets/concur.css']}
      scripts={['/assets/live.js']}
      note="This is a simulated SAP Concur: invented people, no real money, no connection to a Concur entity."
    >
      <div class="documents concur stack" data-page="/" data-document="purchase request">
        <h1>Concur purchase requests</h1>
        <p class="muted">
          Countersign creates them through the API; here they are approved, as in Concur’s own pages.
        </p>
        {said === undefined ? null : (
          <p class="notice" role="status">
            {said}
          </p>
        )}
        <Failure text={failure} />
        <RequestTable requests={[...entity.store.requests.values()].toReversed()} users={entity.users} />
      </div>
    </Page>
  );
}
