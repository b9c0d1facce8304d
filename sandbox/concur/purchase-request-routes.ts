import { randomUUID } from 'node:crypto';
import { type Context, Hono } from 'hono';
import type { SandboxEnv } from '../sandbox-env.ts';
import { needs, tokenFor, withoutChunks } from './access.ts';
import { checkDocument } from './check-document.ts';
import { CreateErrors } from './create-errors.ts';
import { platformError, refusedCreate } from './concur-problem.ts';
import type { Entity } from './entity.ts';
import type { PurchaseRequest } from './state.ts';

/** Purchase Request v4: create, and details by the id that the create answered. */
export function purchaseRequestRoutes(entity: Entity): Hono<SandboxEnv> {
  const { store, settings, progress } = entity;
  const app = new Hono<SandboxEnv>();

  app.post('/', async (c) => {
    withoutChunks(c);
    const token = tokenFor(c, entity, 'purchaserequest.write');
    const refuse = (errors: Parameters<typeof refusedCreate>[0]) =>
      refusedCreate(errors, settings.errorWrapper);
    if (!/^application\/json\b/i.test(c.req.header('Content-Type') ?? '')) {
      const errors = new CreateErrors();
      errors.add('invalidRequestBody');
      return refuse(errors.found);
    }
    const checked = checkDocument(await c.req.text(), entity);
    if (settings.refuseCreate !== null) return refuse(settings.refuseCreate);
    if (!checked.ok) return refuse(checked.errors);
    const { body, user, currency, lines } = checked.document;
    const request: PurchaseRequest = {
      id: randomUUID(),
      body,
      lines,
      currency,
      // With a user's token the request is that user's, whomever the body names.
      requester: token.kind === 'user' ? token.subject : user.uuid,
      createdWith: token.kind,
      correlationId: c.req.header('concur-correlationid') ?? null,
      receivedAt: new Date().toISOString(),
      reads: 0,
      queueStatus: 'PENDING_CREATION',
      number: null,
      workflowStatus: null,
      exceptions: [],
      orders: [],
      nextStepAtMs: null,
    };
    store.requests.set(request.id, request);
    progress.after(request, settings.creationDelayMs);
    store.changedForGood();
    return c.json({ id: request.id, uri: uriOf(c, request) }, 202);
  });

  app.get('/:id', needs(entity, 'purchaserequest.read'), (c) => {
    // `COMPACT` is the only mode there is, and it has to be named.
    if (c.req.query('mode') !== 'COMPACT')
      throw platformError(400, 'The parameter mode is required: COMPACT');
    const request = store.requests.get(c.req.param('id'));
    if (request === undefined) throw platformError(404, 'The purchase request was not found');
    request.reads += 1;
    if (request.reads <= settings.earlyNotFoundReads) {
      throw platformError(404, 'The purchase request was not found');
    }
    return c.json(compact(request));
  });
  return app;
}

/** The address as SAP's sample has it, with the scheme that no token should travel by. */
function uriOf(c: Context<SandboxEnv>, { id }: PurchaseRequest): string {
  return `http://${new URL(c.req.url).host}/purchaserequest/v4/purchaserequests/${id}?mode=COMPACT`;
}

/** What `mode=COMPACT` shows; orders and exceptions are left out when there are none. */
function compact({ id, number, queueStatus, workflowStatus, exceptions, orders }: PurchaseRequest) {
  return {
    purchaseRequestId: id,
    ...(number === null ? {} : { purchaseRequestNumber: number }),
    purchaseRequestQueueStatus: queueStatus,
    ...(workflowStatus === null ? {} : { purchaseRequestWorkflowStatus: workflowStatus }),
    ...(exceptions.length === 0 ? {} : { purchaseRequestExceptions: exceptions }),
    ...(orders.length === 0
      ? {}
      : { purchaseOrders: orders.map((purchaseOrderNumber) => ({ purchaseOrderNumber })) }),
  };
}
