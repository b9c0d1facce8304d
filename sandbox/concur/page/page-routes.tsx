/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
import { Hono } from 'hono';
import type { PageLinks } from '../../pages/links.ts';
import { liveEvents } from '../../pages/live-events.ts';
import { pageAnswer } from '../../pages/page-answer.ts';
import { pageHeaders } from '../../pages/page-headers.ts';
import { documentFiles, sharedFiles, staticFiles } from '../../pages/static-files.ts';
import type { SandboxEnv } from '../../sandbox-env.ts';
import { act, type RequestAction } from '../actions.ts';
import type { Entity } from '../entity.ts';
import { RequestsPage } from './requests-page.tsx';

/** What the page works on. */
interface PageParts extends Entity {
  links: PageLinks;
  /** Ends the streams of events. */
  ended: AbortSignal;
}

const ownFiles = {
  '/assets/concur.css': new URL('./assets/concur.css', import.meta.url),
};

const actions: readonly RequestAction[] = ['approve', 'send-back', 'expire'];

/** Everything of the sandbox that a browser shows: the page, its buttons, its files, its stream of changes. */
export function pageRoutes(parts: PageParts): Hono<SandboxEnv> {
  const { store, links, ended } = parts;
  const app = new Hono<SandboxEnv>();
  for (const path of ['/', '/purchase-requests/*', '/events', '/assets/*']) app.use(path, pageHeaders(links));
  app.route('/', staticFiles({ ...sharedFiles, ...documentFiles, ...ownFiles }));
  app.get('/events', () => liveEvents((listener) => store.subscribe(listener), ended));
  app.get('/', (c) => {
    const { done, request } = c.req.query();
    return pageAnswer(c, <RequestsPage entity={parts} links={links} done={done} about={request} />);
  });
  for (const action of actions) {
    app.post(`/purchase-requests/:id/${action}`, (c) => {
      const request = store.requests.get(c.req.param('id'));
      if (request === undefined) {
        const failure = 'Not done: there is no such purchase request.';
        return pageAnswer(c, <RequestsPage entity={parts} links={links} failure={failure} />, 404);
      }
      const refusal = act(parts, request, action);
      // Sends the browser on, so that reloading repeats nothing.
      if (refusal === null) return c.redirect(`/?done=${action}&request=${request.id}`, 303);
      const failure = `Not done: ${refusal}.`;
      return pageAnswer(c, <RequestsPage entity={parts} links={links} failure={failure} />, 422);
    });
  }
  return app;
}
