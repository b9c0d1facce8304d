import { z } from '@hono/zod-openapi';
import type { PurchaseRequestDocument } from '../../contract/purchase-request-document.ts';
import { definite } from './definite.ts';
import { lineBody, toLine } from './line-body.ts';
import { alsoWhenWrong, customFields, few, onlyKnown } from './shape-parts.ts';
import { address, code, missingOr, text } from './texts.ts';

const maxLines = 500;
const requesters = ['userId', 'userEmail', 'userLoginId'] as const;

/**
 * The body of `POST /purchase-requests`: what SAP Concur's Purchase Request v4 API takes, by Concur's own names, and
 * `notify` of ours. What it does not know is a problem: a field that Concur would never see must not be lost silently.
 */
export const purchaseRequestBody = z
  .strictObject(
    {
      userId: z
        // SAP promises no version of UUID.
        .guid('Not a UUID.')
        .optional()
        .openapi({
          format: 'uuid',
          description: 'Names the requester, as do the two below: exactly one of the three.',
        }),
      userEmail: address().optional(),
      userLoginId: code(254).optional(),
      description: text().optional(),
      policyExternalId: code().optional(),
      currencyCode: z
        .string({ error: missingOr('Not a text.') })
        .regex(/^[A-Z]{3}$/, 'Not a currency by its three capital letters, such as USD.')
        .openapi({ example: 'USD' }),
      notesToSupplier: text().optional(),
      comments: text().optional().openapi({ description: 'In Concur it begins with our mark, `ref:<id>`.' }),
      shipToAddressCode: code().optional(),
      billToAddressCode: code().optional(),
      lineItems: few(lineBody, { least: 1, most: maxLines, what: 'lines' }),
      ...customFields(24, text().optional()),
      notify: address().nullable().optional().openapi({
        description:
          'Address in Moveworks of whoever hears how it goes; `userEmail` when left out, nobody when null. Not sent to Concur.',
      }),
    },
    { error: onlyKnown('purchase request') },
  )
  .refine((body) => requesters.filter((name) => name in body).length === 1, {
    ...alsoWhenWrong,
    error: 'Name the requester by exactly one of userId, userEmail and userLoginId.',
  })
  .openapi('PurchaseRequest');

export type PurchaseRequestBody = z.infer<typeof purchaseRequestBody>;

/** What is asked for: Concur's document, and whom we tell. */
export interface Wanted {
  readonly document: PurchaseRequestDocument;
  readonly notify?: string;
}

/** Splits a checked body into Concur's document and the address that hears of it. Throws nothing. */
export function toDocument({ notify, lineItems, ...header }: PurchaseRequestBody): Wanted {
  const told = notify === undefined ? header.userEmail : notify;
  return {
    document: { ...definite(header), lineItems: lineItems.map(toLine) },
    ...(typeof told === 'string' ? { notify: told } : {}),
  };
}
