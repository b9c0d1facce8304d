/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
import type { Context } from 'hono';
import { pageAnswer } from '../../pages/page-answer.ts';
import type { PageLinks } from '../../pages/links.ts';
import type { SandboxEnv } from '../../sandbox-env.ts';
import type { RequisitionActions } from '../requisition-actions.ts';
import type { Requisition } from '../state.ts';
import type { Tenant } from '../tenant.ts';
import type { Failed } from './action-panel.tsx';
import { NotFoundPage } from './frame.tsx';
import { RequisitionPage } from './requisition-page.tsx';

/** What the pages work on. */
export interface PageParts extends Tenant {
  actions: RequisitionActions;
  links: PageLinks;
  /** Ends the streams of events. */
  ended: AbortSignal;
}

type Handler = (c: Context<SandboxEnv>, requisition: Requisition) => Response | Promise<Response>;

/** A route on the requisition that its path names: 404 as a page when there is none. */
export function onRequisition({ store, links }: PageParts, handler: Handler) {
  return (c: Context<SandboxEnv>): Response | Promise<Response> => {
    const id = c.req.param('id') ?? '';
    const requisition = /^\d{1,15}$/.test(id) ? store.requisitions.get(Number(id)) : undefined;
    if (requisition === undefined) return pageAnswer(c, <NotFoundPage links={links} />, 404);
    return handler(c, requisition);
  };
}

/** Sends the browser on to the requisition, so that reloading repeats nothing. */
export function done(c: Context<SandboxEnv>, requisition: Requisition, what: string): Response {
  return c.redirect(`/requisitions/${requisition.id}?done=${what}`, 303);
}

/** Shows the requisition with what was wrong near its form, and with what was written in it. */
export function refused(c: Context<SandboxEnv>, parts: PageParts, requisition: Requisition, failed: Failed) {
  const { links } = parts;
  const page = <RequisitionPage tenant={parts} links={links} requisition={requisition} failed={failed} />;
  return pageAnswer(c, page, 422);
}
