import { Hono } from 'hono';
import { z } from 'zod';
import { controlBody, controlProblem } from '../control-body.ts';
import type { SandboxEnv } from '../sandbox-env.ts';
import type { MoveworksEvent, MoveworksSettings } from './options.ts';
import type { Message, MoveworksStore } from './store.ts';

const settingsBody = z.strictObject({
  requestsPerMinute: z.number().min(0).optional(),
  latencyMs: z.number().min(0).optional(),
});

/** Control routes: what arrived (`?after=<id>` for what is newer, `?recipient=`), one inbox, the settings. */
export function controlRoutes(
  store: MoveworksStore,
  settings: MoveworksSettings,
  events: readonly MoveworksEvent[],
): Hono<SandboxEnv> {
  const app = new Hono<SandboxEnv>();
  const list = (after: string | undefined, recipient: string | undefined) => {
    if (after !== undefined && !/^\d{1,15}$/.test(after)) throw controlProblem(400, 'after must be a number');
    const afterId = Number(after ?? 0);
    const found = store.messages.filter(
      (one) => one.id > afterId && (recipient === undefined || isFor(one, recipient)),
    );
    const actionsOf = (one: Message) => events.find((event) => event.id === one.eventId)?.actions ?? [];
    return { messages: found.map((one) => ({ ...one, actions: actionsOf(one) })) };
  };

  app.get('/messages', (c) => c.json(list(c.req.query('after'), c.req.query('recipient'))));
  app.get('/inbox/:email', (c) => c.json(list(c.req.query('after'), c.req.param('email'))));
  app.put('/settings', async (c) => {
    Object.assign(settings, await controlBody(c, settingsBody));
    return c.body(null, 204);
  });
  return app;
}

function isFor(message: Message, recipient: string): boolean {
  return message.recipients.some((address) => address.toLowerCase() === recipient.toLowerCase());
}
