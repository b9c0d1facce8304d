import { Hono } from 'hono';
import { z } from 'zod';
import { controlBody, controlId, controlProblem } from '../control-body.ts';
import type { SandboxEnv } from '../sandbox-env.ts';
import { userId } from './control-person.ts';
import type { Tenant } from './tenant.ts';

const personBody = z.strictObject({ active: z.boolean().optional(), email: z.email().optional() });

const groupBody = z.strictObject({
  name: z.string().min(1),
  userIds: z.array(userId),
  active: z.boolean().default(true),
});

const delegationBody = z.strictObject({
  delegatorId: userId,
  delegateId: userId,
  /** Seconds from now; null leaves the date out. */
  startsInS: z.number().nullable().default(-60),
  endsInS: z.number().nullable().default(3600),
  approvals: z.boolean().default(true),
});

/** Control routes on people: accounts, approval groups, delegations. */
export function controlDirectory({ store, directory }: Tenant): Hono<SandboxEnv> {
  const app = new Hono<SandboxEnv>();

  app.patch('/people/:id', async (c) => {
    const id = controlId(c);
    const body = await controlBody(c, personBody);
    if (directory.person(id) === undefined) throw controlProblem(404, 'no such person');
    directory.changePerson(id, body);
    store.changed();
    const { active, email } = directory.person(id) ?? {};
    return c.json({ id, active, email });
  });

  app.put('/groups/:id', async (c) => {
    const group = { id: controlId(c), ...(await controlBody(c, groupBody)) };
    directory.putGroup(group);
    store.changed();
    return c.json(group);
  });

  app.post('/delegations', async (c) => {
    const { id } = directory.addDelegation(await controlBody(c, delegationBody));
    store.changed();
    return c.json({ id }, 201);
  });

  app.delete('/delegations/:id', (c) => {
    if (!directory.removeDelegation(controlId(c))) throw controlProblem(404, 'no such delegation');
    store.changed();
    return c.body(null, 204);
  });
  return app;
}
