/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
import type { PageLinks } from '../../pages/links.ts';
import { Failure } from '../../pages/messages.tsx';
import { Page } from '../../pages/page.tsx';
import type { Entity } from '../entity.ts';
import { RequestTable } from './request-table.tsx';
import { nameOf } from './wording.ts';

const doneWords: Readonly<Record<string, string>> = {
  approve: 'approved. Its purchase orders follow in a moment.',
  'send-back': 'sent back to the employee.',
  expire: 'the time for its approval is over.',
};

interface RequestsPageProps {
  entity: Entity;
  links: PageLinks;
  /** What has just been done, and to which request, by name and id in the address. */
  done?: string | undefined;
  about?: string | undefined;
  failure?: string | null;
}

/** The one page of the Concur sandbox. */
export function RequestsPage({ entity, links, done = '', about = '', failure = null }: RequestsPageProps) {
  const request = entity.store.requests.get(about);
  const words = Object.hasOwn(doneWords, done) ? doneWords[done] : undefined;
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
        {request === undefined || words === undefined ? null : (
          <p class="notice" role="status">
            {nameOf(request)}: {words}
          </p>
        )}
        <Failure text={failure} />
        <RequestTable requests={[...entity.store.requests.values()].toReversed()} users={entity.users} />
      </div>
    </Page>
  );
}
