/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
import { Hono } from 'hono';
import { liveEvents } from '../../pages/live-events.ts';
import { pageAnswer } from '../../pages/page-answer.ts';
import { pageHeaders } from '../../pages/page-headers.ts';
import { documentFiles, sharedFiles, staticFiles } from '../../pages/static-files.ts';
import type { SandboxEnv } from '../../sandbox-env.ts';
import { actionRoutes } from './action-routes.ts';
import { formValues } from './form.ts';
import { ListPage } from './list-page.tsx';
import { parseNewRequisition } from './new-requisition.ts';
import { done, onRequisition, type PageParts } from './page-context.tsx';
import { RequisitionPage } from './requisition-page.tsx';

const ownFiles = {
  '/assets/coupa.css': new URL('./assets/coupa.css', import.meta.url),
};

/** Everything of the sandbox that a browser shows: pages, their forms, their files, their stream of changes. */
export function pageRoutes(parts: PageParts): Hono<SandboxEnv> {
  const { store, actions, links, ended } = parts;
  const app = new Hono<SandboxEnv>();
  for (const path of ['/', '/requisitions/*', '/requisition_headers/*', '/events', '/assets/*']) {
    app.use(path, pageHeaders(links));
  }
  app.route('/', staticFiles({ ...sharedFiles, ...documentFiles, ...ownFiles }));
  app.get('/events', () => liveEvents((listener) => store.subscribe(listener), ended));

  app.get('/', (c) => {
    const before = c.req.query('before') ?? '';
    const beforeId = /^\d{1,15}$/.test(before) ? Number(before) : null;
    return pageAnswer(c, <ListPage tenant={parts} links={links} beforeId={beforeId} />);
  });
  app.post('/requisitions', async (c) => {
    const values = await formValues(c);
    const parsed = parseNewRequisition(values);
    if (parsed.ok) return done(c, actions.create(parsed.input), 'submitted');
    const form = { values, problems: parsed.problems };
    return pageAnswer(c, <ListPage tenant={parts} links={links} form={form} />, 422);
  });

  app.get(
    '/requisitions/:id',
    onRequisition(parts, (c, requisition) => {
      const what = c.req.query('done');
      return pageAnswer(
        c,
        <RequisitionPage tenant={parts} links={links} requisition={requisition} done={what} />,
      );
    }),
  );
  // The address of a requisition in Coupa's own pages, which messages link to.
  app.get(
    '/requisition_headers/:id',
    onRequisition(parts, (c, requisition) => c.redirect(`/requisitions/${requisition.id}`, 302)),
  );
  app.route('/requisitions', actionRoutes(parts));
  return app;
}
