import { Hono } from 'hono';
import { z } from 'zod';
import { controlBody, controlProblem } from '../control-body.ts';
import type { SandboxEnv } from '../sandbox-env.ts';
import type { Entity } from './entity.ts';

/** An exception as the control routes take it. */
export const exceptionSchema = z.strictObject({
  eventCode: z.string().optional(),
  exceptionCode: z.string().optional(),
  isCleared: z.boolean().optional(),
  message: z.string().optional(),
});

const errorSchema = z.strictObject({
  errorCode: z.string(),
  errorMessage: z.string(),
  dataPath: z.string().optional(),
});

const duration = z.number().min(0).max(86_400_000).optional();

const settingsBody = z.strictObject({
  latencyMs: duration,
  creationDelayMs: duration,
  routingDelayMs: duration,
  orderDelayMs: duration,
  accessTokenLifeMs: z.number().min(0).optional(),
  refreshTokenLifeMs: z.number().min(0).optional(),
  rotation: z.enum(['strict', 'keep', 'off']).optional(),
  geolocation: z.url().nullable().optional(),
  livesAt: z.url().nullable().optional(),
  maintenance: z.boolean().optional(),
  requestTokenExpired: z.boolean().optional(),
  allowedGrants: z.array(z.string()).optional(),
  grantedScopes: z.array(z.string()).optional(),
  earlyNotFoundReads: z.int().min(0).optional(),
  refuseCreate: z.array(errorSchema).nullable().optional(),
  errorWrapper: z.enum(['errors', 'error']).optional(),
  failCreation: z.array(exceptionSchema).nullable().optional(),
  vendorWrapper: z.enum(['Items', 'Vendor']).optional(),
});

const vendorBody = z.strictObject({
  vendorCode: z.string().min(1),
  addressCode: z.string().min(1),
  name: z.string().min(1),
  approved: z.boolean().default(true),
  currencyCode: z.string().default('USD'),
  countryCode: z.string().default('US'),
});

const listBody = z.strictObject({
  name: z.string().min(1),
  deleted: z.boolean().default(false),
  items: z.array(
    z.strictObject({
      code: z.string().min(1),
      name: z.string().min(1),
      deleted: z.boolean().default(false),
    }),
  ),
});

/** Control routes on the entity as a whole: its settings, its tokens, its vendors and lists. */
export function controlEntity({ store, settings }: Entity): Hono<SandboxEnv> {
  const app = new Hono<SandboxEnv>();
  app.put('/settings', async (c) => {
    Object.assign(settings, await controlBody(c, settingsBody));
    return c.body(null, 204);
  });
  /** Access tokens are dead at once; with `?refresh=true` refresh tokens are as well. */
  app.post('/expire-tokens', (c) => {
    store.accessTokens.clear();
    if (c.req.query('refresh') === 'true') store.refreshTokens.clear();
    store.changed();
    return c.body(null, 204);
  });

  app.get('/vendors', (c) => c.json({ vendors: store.vendors }));
  app.put('/vendors', async (c) => {
    const vendor = await controlBody(c, vendorBody);
    const { vendorCode, addressCode } = vendor;
    const known = store.vendor(vendorCode, addressCode);
    store.vendors = [...store.vendors.filter((one) => one !== known), vendor];
    store.changed();
    return c.json(vendor);
  });
  app.delete('/vendors/:vendorCode/:addressCode', (c) => {
    const known = store.vendor(c.req.param('vendorCode'), c.req.param('addressCode'));
    if (known === undefined) throw controlProblem(404, 'no such vendor');
    store.vendors = store.vendors.filter((one) => one !== known);
    store.changed();
    return c.body(null, 204);
  });

  app.get('/lists', (c) => c.json({ lists: store.lists }));
  app.put('/lists/:id', async (c) => {
    const list = { id: c.req.param('id'), ...(await controlBody(c, listBody)) };
    store.lists = [...store.lists.filter(({ id }) => id !== list.id), list];
    store.changed();
    return c.json(list);
  });
  app.delete('/lists/:id', (c) => {
    const left = store.lists.filter(({ id }) => id !== c.req.param('id'));
    if (left.length === store.lists.length) throw controlProblem(404, 'no such list');
    store.lists = left;
    store.changed();
    return c.body(null, 204);
  });
  return app;
}
