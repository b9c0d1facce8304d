import { Hono } from 'hono';
import { controlBody } from './control-body.ts';
import { faultSchema, type Faults } from './faults.ts';
import type { RequestRecord } from './request-record.ts';
import type { SandboxEnv } from './sandbox-env.ts';

/** Control routes that every simulator has: `/requests` shows and clears the record, `/faults` plans faults. */
export function controlTraffic(parts: {
  record: RequestRecord;
  faults: Faults;
  routes: readonly string[];
}): Hono<SandboxEnv> {
  const schema = faultSchema(parts.routes);
  const app = new Hono<SandboxEnv>();
  app.get('/requests', (c) => c.json(parts.record.list()));
  app.delete('/requests', (c) => {
    parts.record.clear();
    return c.body(null, 204);
  });
  app.post('/faults', async (c) => {
    const fault = await controlBody(c, schema);
    parts.faults.add(fault);
    return c.json(fault, 201);
  });
  app.delete('/faults', (c) => {
    parts.faults.clear();
    return c.body(null, 204);
  });
  return app;
}
