import { z } from '@hono/zod-openapi';
import type { Attention, PurchaseRequestMemo, Resolution } from '../../contract/purchase-request.ts';
import { alsoWhenWrong } from './shape-parts.ts';
import { code, missingOr } from './texts.ts';

const outcomes = ['created', 'notCreated', 'abandoned'] as const;
const named = ['purchaseRequestId', 'purchaseRequestNumber'] as const;

const whereItStands = 'the n that GET /purchase-requests/{id} shows in attention';

/** What is known of members that may be wrong, or missing: which there are, and the outcome that was sent. */
function given(body: object): { outcome: unknown; names: number } {
  const names = named.filter((name) => name in body).length;
  return { outcome: 'outcome' in body ? body.outcome : undefined, names };
}

/** The body of `POST /purchase-requests/{id}/resolve`. */
export const resolutionBody = z
  .strictObject(
    {
      outcome: z.enum(outcomes, { error: missingOr('It is created, notCreated or abandoned.') }).openapi({
        description:
          '`created`: it is in SAP Concur. `notCreated`: it is not, so it may be created (again). `abandoned`: leave it.',
      }),
      attention: z
        .int({
          error: ({ input }) =>
            input === undefined
              ? `Which question does it answer? Read it first, then send its number: ${whereItStands}.`
              : `Not the number of a question: ${whereItStands}.`,
        })
        .min(1, 'Questions count from 1.')
        .openapi({
          description:
            'The `n` of the `attention` that was read: a repeat of an old answer is never taken for one to a later question.',
        }),
      purchaseRequestId: z
        .string({ error: missingOr('Not a text.') })
        // It becomes a part of an address.
        .regex(/^[A-Za-z0-9_-]{1,64}$/, "Not SAP Concur's id: 1 to 64 letters, digits, - and _.")
        .optional()
        .openapi({ description: "SAP Concur's id: with it the purchase request is followed." }),
      purchaseRequestNumber: code()
        .optional()
        .openapi({ description: 'Its number as SAP Concur shows it; alone it ends here, not followed.' }),
    },
    {
      error: ({ code: kind }) =>
        kind === 'unrecognized_keys' ? 'There is no such field.' : 'Not a JSON object.',
    },
  )
  .refine((body) => given(body).outcome !== 'created' || given(body).names > 0, {
    ...alsoWhenWrong,
    path: ['purchaseRequestId'],
    error: 'Which one is it? Send purchaseRequestId, or purchaseRequestNumber if the id is not known.',
  })
  .refine(
    (body) => !['notCreated', 'abandoned'].includes(String(given(body).outcome)) || given(body).names === 0,
    {
      ...alsoWhenWrong,
      path: ['outcome'],
      error: 'An id or a number belongs to what was created: leave it out, or say created.',
    },
  )
  .openapi('PurchaseRequestResolution');

/** The answer of a human as the workflow gets it. */
export function toResolution(body: z.infer<typeof resolutionBody>): Resolution {
  const { outcome, purchaseRequestId, purchaseRequestNumber } = body;
  if (outcome !== 'created') return { kind: outcome };
  return {
    kind: 'created',
    ...(purchaseRequestId === undefined ? {} : { concurId: purchaseRequestId }),
    ...(purchaseRequestNumber === undefined ? {} : { number: purchaseRequestNumber }),
  };
}

/**
 * Whether "it was not created" can be the answer. It cannot where Concur itself has shown the purchase request: to create
 * it again on a word might order it twice.
 */
export function mayBeMissing(
  { reason }: Attention,
  {
    number,
    queueStatus,
    workflowStatus,
    knownAs,
  }: Pick<PurchaseRequestMemo, 'number' | 'queueStatus' | 'workflowStatus' | 'knownAs'>,
): boolean {
  const isShown = [number, queueStatus, workflowStatus, knownAs].some((shown) => shown !== undefined);
  return reason === 'notFound' ? !isShown : reason !== 'notOrderedInTime';
}
