import { type Context, Hono } from 'hono';
import { z } from 'zod';
import { controlBody, controlProblem } from '../control-body.ts';
import type { SandboxEnv } from '../sandbox-env.ts';
import { act, type RequestAction, setStatus } from './actions.ts';
import { exceptionSchema } from './control-entity.ts';
import type { Entity } from './entity.ts';
import { overviewOf } from './overview.ts';
import type { PurchaseRequest } from './state.ts';

const failBody = z.strictObject({ exceptions: z.array(exceptionSchema).optional() });

const statusBody = z.strictObject({
  queueStatus: z.string().optional(),
  workflowStatus: z.string().optional(),
  exceptions: z.array(exceptionSchema).optional(),
});

/** Control routes on purchase requests: what arrived, and what people do with it in Concur. */
export function controlRequests(entity: Entity): Hono<SandboxEnv> {
  const { store } = entity;
  const app = new Hono<SandboxEnv>();
  const requestOf = (c: Context<SandboxEnv>): PurchaseRequest => {
    const request = store.requests.get(c.req.param('id') ?? '');
    if (request === undefined) throw controlProblem(404, 'no such purchase request');
    return request;
  };
  const simple: readonly RequestAction[] = ['approve', 'send-back', 'expire', 'create'];
  const answered = (c: Context<SandboxEnv>, request: PurchaseRequest, refusal: string | null) => {
    if (refusal !== null) throw controlProblem(400, refusal);
    return c.json(overviewOf(request));
  };

  app.get('/', (c) => c.json({ purchaseRequests: [...store.requests.values()].map(overviewOf) }));
  app.get('/:id', (c) => c.json(overviewOf(requestOf(c))));
  for (const action of simple) {
    app.post(`/:id/${action}`, (c) => {
      const request = requestOf(c);
      return answered(c, request, act(entity, request, action));
    });
  }
  app.post('/:id/fail', async (c) => {
    const { exceptions } = await controlBody(c, failBody);
    const request = requestOf(c);
    return answered(c, request, act(entity, request, 'fail', exceptions));
  });
  app.post('/:id/status', async (c) => {
    const change = await controlBody(c, statusBody);
    const request = requestOf(c);
    setStatus(entity, request, change);
    return answered(c, request, null);
  });
  // Concur offers no such thing to people; it makes an id that was known once unknown.
  app.delete('/:id', (c) => {
    entity.progress.after(requestOf(c), Infinity);
    store.requests.delete(c.req.param('id'));
    store.changed();
    return c.body(null, 204);
  });
  return app;
}
