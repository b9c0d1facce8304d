import { Hono } from 'hono';
import { z } from 'zod';
import { controlBody } from '../control-body.ts';
import type { SandboxEnv } from '../sandbox-env.ts';
import { generateRows } from './generate.ts';
import type { Tenant } from './tenant.ts';

const rowsBody = z.strictObject({
  seed: z.int(),
  count: z.int().min(1).max(200_000),
  decided: z.number().min(0).max(1).default(0),
  submittedWithinS: z.number().positive().default(86_400),
});

/** The control route that fills a tenant with any number of requisitions; no call-out tells of them. */
export function controlRows(tenant: Tenant): Hono<SandboxEnv> {
  const app = new Hono<SandboxEnv>();
  app.post('/', async (c) => c.json(generateRows(tenant, await controlBody(c, rowsBody), Date.now()), 201));
  return app;
}
