import { createHash, randomUUID } from 'node:crypto';
import { createRoute, z, type OpenAPIHono } from '@hono/zod-openapi';
import type { Delivery } from '../contract/notification.ts';
import { requireSending } from './accepting.ts';
import { bareKey } from './decision-ids.ts';
import type { ApiDeps } from './deps.ts';
import type { ApiEnv } from './env.ts';
import { everyProblem } from './every-problem.ts';
import { requireAllSent } from './notification-answer.ts';
import { questionsAbout } from './notification-deliveries.ts';
import {
  maxNotificationBytes,
  notificationBody,
  notificationProblems,
  type NotificationBody,
} from './notification-input.ts';
import { preferHeader, preferredWait, waitSignal } from './prefer.ts';
import { invalid, ProblemError } from './problem-error.ts';
import { problemResponses } from './problem-responses.ts';
import { jsonBody, sizeLimitOf } from './request-body.ts';

const request = {
  headers: z.object({
    'idempotency-key': z
      .string()
      .max(255)
      // None at all would be taken for "send it again": better to hear that a template rendered to nothing.
      .refine(
        (key) => bareKey(key).trim() !== '',
        'Idempotency-Key is empty: send a key, or leave the header out.',
      )
      .optional()
      .openapi({ description: 'Names this notification: under one key it goes out once.' }),
    prefer: preferHeader,
  }),
  body: { required: true, content: { 'application/json': { schema: notificationBody } } },
};

const notificationRoute = createRoute({
  method: 'post',
  path: '/notifications',
  summary: 'Send a message through Moveworks',
  middleware: [sizeLimitOf(maxNotificationBytes), jsonBody, everyProblem(request, notificationProblems)],
  request,
  responses: {
    200: {
      description: 'Moveworks has taken every message; it promises no delivery.',
      content: { 'application/json': { schema: z.object({ status: z.literal('notification_sent') }) } },
    },
    202: {
      description: 'Taken, but not all sent yet; whoever repeats it under the same key hears how it ended.',
      content: { 'application/json': { schema: z.object({ status: z.literal('accepted') }) } },
    },
    ...problemResponses(
      ...([
        'unauthorized',
        'not-found',
        'not-accepting',
        'decided',
        'withdrawn',
        'superseded',
        'too-large',
      ] as const),
      ...(['unsupported-media-type', 'invalid', 'internal', 'undeliverable', 'unavailable'] as const),
    ),
  },
});

function digest(parts: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 32);
}

function fingerprintOf({ message, recipients, context }: NotificationBody): string {
  const addresses = recipients.map((address) => address.toLowerCase());
  return digest([message, addresses, context?.approval_id ?? null, context?.requisition_id ?? null]);
}

function requireSame(fingerprint: string, held: string | undefined): void {
  if (fingerprint === held) return;
  const detail = 'This Idempotency-Key was used for another notification: send a new key.';
  throw invalid([{ parameter: 'idempotency-key', detail }]);
}

async function deliveriesOf(deps: ApiDeps, { recipients, context }: NotificationBody): Promise<Delivery[]> {
  if (context === undefined || context === null) return [{ kind: 'notice', recipients }];
  return questionsAbout(deps, context, recipients);
}

/** Has Temporal hold the notification (P3), and gives its name. Under a key that was used it is the earlier one. */
async function hold(deps: ApiDeps, body: NotificationBody, caller: string, key: string | undefined) {
  const { engine } = deps;
  const name = key === undefined ? randomUUID() : digest([caller, bareKey(key)]);
  const fingerprint = fingerprintOf(body);
  // Asked first: what the approval has become since does not change what a repeat is told.
  const held = key === undefined ? undefined : await engine.notification(name);
  if (held !== undefined) {
    requireSame(fingerprint, held);
    return name;
  }
  const input = { message: body.message, deliveries: await deliveriesOf(deps, body) };
  const started = await engine.notify({ name, fingerprint, input });
  if (started === 'exists') requireSame(fingerprint, await engine.notification(name));
  return name;
}

/** `POST /notifications`: the trigger for other middleware. */
export function addNotificationRoute(app: OpenAPIHono<ApiEnv>, deps: ApiDeps): void {
  app.openapi(notificationRoute, async (c) => {
    requireSending(deps);
    const headers = c.req.valid('header');
    const name = await hold(deps, c.req.valid('json'), c.get('caller') ?? '', headers['idempotency-key']);
    const { waitMs, applied } = preferredWait(headers.prefer);
    const ended =
      waitMs === 0
        ? { kind: 'pending' as const }
        : await deps.engine.notified(name, waitMs, waitSignal(c, deps));
    if (applied !== undefined) c.header('Preference-Applied', applied);
    if (ended.kind === 'pending') return c.json({ status: 'accepted' as const }, 202);
    if (ended.kind === 'unknown') {
      throw new ProblemError('undeliverable', 'It was ended by hand: how many got the message is not known.');
    }
    requireAllSent(ended.result);
    return c.json({ status: 'notification_sent' as const }, 200);
  });
}
