/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
import type { Child } from 'hono/jsx';
import type { PageLinks } from '../../pages/links.ts';
import { Page } from '../../pages/page.tsx';

interface FrameProps {
  title: string;
  links: PageLinks;
  /** The address under which this page can be read again, as a refused form is shown at the form's address. */
  address: string;
  children?: Child;
}

/** What all pages of the Coupa sandbox share: the sandbox's frame, the look and script of documents, their own look. */
export function Frame({ title, links, address, children }: FrameProps) {
  return (
    <Page
      title={title}
      current="coupa"
      links={links}
      styles={['/assets/documents.css', '/assets/coupa.css']}
      scripts={['/assets/live.js']}
      note="This is a simulated Coupa: invented people, no real money, no connection to a Coupa tenant."
    >
      <div class="documents stack" data-page={address} data-document="requisition">
        {children}
      </div>
    </Page>
  );
}

/** Says that a requisition does not exist. */
export function NotFoundPage({ links }: { links: PageLinks }) {
  return (
    <Frame title="No such requisition" links={links} address="/">
      <h1>No such requisition</h1>
      <p>It never existed here, or somebody deleted it.</p>
      <p>
        <a href="/">All requisitions</a>
      </p>
    </Frame>
  );
}
