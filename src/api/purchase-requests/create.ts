import { createRoute, z, type OpenAPIHono } from '@hono/zod-openapi';
import { purchaseRequestRef } from '../../contract/ids.ts';
import type { PurchaseRequestStart } from '../../contract/purchase-request-start.ts';
import type { PurchaseRequestState } from '../../contract/purchase-request.ts';
import type { ApiDeps } from '../deps.ts';
import { EngineUnavailable } from '../engine/engine.ts';
import type { ApiEnv } from '../env.ts';
import { everyProblem } from '../every-problem.ts';
import { invalid } from '../problem-error.ts';
import { problemResponses } from '../problem-responses.ts';
import { jsonBody, sizeLimitOf } from '../request-body.ts';
import { purchaseRequestBody, toDocument } from './body.ts';
import { creatingRefused } from './creating.ts';
import { duplicateKeys } from './duplicate-keys.ts';
import { fingerprintOf, keyIn, purchaseRequestIdOf } from './identity.ts';
import { purchaseRequestState } from './shapes.ts';

/** Holds 500 lines with room for words, and stays far below what Temporal takes as one argument (2 MiB). */
const maxBytes = 512 * 1024;

const keyNeeded =
  'The header Idempotency-Key is needed: a name of this order, such as its number in your system, and no API key. ' +
  'A repeat under the same Idempotency-Key creates nothing anew.';
const usedForAnother =
  'This Idempotency-Key was used for another purchase request: send each order under a key of its own.';
const usedForFailed =
  'This Idempotency-Key was used for another purchase request, which has failed, and nothing was created: ' +
  'a new order needs a new key.';

const request = {
  headers: z.object({
    'idempotency-key': z
      .string({ error: keyNeeded })
      .max(255, 'Idempotency-Key may have 255 characters at most.')
      .refine((key) => keyIn(key) !== '', keyNeeded)
      .openapi({
        description:
          'Names this order, whoever sends it: under one key it is created once, for as long as it is kept here.',
      }),
  }),
  body: { required: true, content: { 'application/json': { schema: purchaseRequestBody } } },
};

const createPurchaseRequestRoute = createRoute({
  method: 'post',
  path: '/purchase-requests',
  summary: 'Create a purchase request in SAP Concur, exactly once',
  description:
    'Concur submits what it creates for approval at once, and nothing can withdraw it: the key tells a repeat from ' +
    'another order. `Location` tells how it goes on, up to its purchase orders.',
  middleware: [
    sizeLimitOf(maxBytes),
    jsonBody,
    everyProblem(request, async (c) => duplicateKeys(await c.req.text())),
  ],
  request,
  responses: {
    202: {
      description:
        'Held, and worked on from now on. A repeat under the same key starts nothing: it hears of the first one.',
      headers: z.object({ Location: z.string() }),
      content: {
        'application/json': {
          schema: z.object({
            status: z.literal('accepted'),
            id: z.string(),
            ref: z
              .string()
              .openapi({ description: "What the purchase request's comments begin with in Concur." }),
            state: purchaseRequestState.optional().openapi({
              description:
                'How it stands: `checking` at first, and for a repeat what has become of it by now (`failed`: nothing ' +
                'was created, and a new order needs a new key). Absent where that cannot be read.',
            }),
          }),
        },
      },
    },
    ...problemResponses(
      ...(['unauthorized', 'not-accepting', 'too-large', 'unsupported-media-type', 'invalid'] as const),
      ...(['internal', 'not-configured', 'unavailable'] as const),
    ),
  },
});

/**
 * Has Temporal hold it (P3), unless the key is known: then it must stand for the same order, and nothing starts. The
 * state is the memo's; undefined for a memo that we do not understand.
 */
async function hold(deps: ApiDeps, start: PurchaseRequestStart): Promise<PurchaseRequestState | undefined> {
  const { engine } = deps;
  const refusal = creatingRefused(deps);
  if (refusal === undefined && (await engine.startPurchaseRequest(start)) === 'started') return 'checking';
  const held = await engine.purchaseRequest(start.input.id);
  if (held.kind === 'none') throw refusal ?? new EngineUnavailable('just removed');
  const state = held.memo?.state;
  if (held.fingerprint === start.fingerprint) return state;
  const detail = state === 'failed' ? usedForFailed : usedForAnother;
  throw invalid([{ parameter: 'idempotency-key', detail }]);
}

/** `POST /purchase-requests`: answered once Temporal holds it (P3). */
export function addCreatePurchaseRequestRoute(app: OpenAPIHono<ApiEnv>, deps: ApiDeps): void {
  const { now = () => new Date() } = deps;
  app.openapi(createPurchaseRequestRoute, async (c) => {
    const wanted = toDocument(c.req.valid('json'));
    const id = purchaseRequestIdOf(keyIn(c.req.valid('header')['idempotency-key']));
    const state = await hold(deps, {
      input: { id, origin: { kind: 'api', caller: c.get('caller') ?? '' }, ...wanted },
      fingerprint: fingerprintOf(wanted),
      startedAt: now().toISOString(),
    });
    c.header('Location', `/purchase-requests/${id}`);
    return c.json({ status: 'accepted' as const, id, ref: purchaseRequestRef(id), state }, 202);
  });
}
