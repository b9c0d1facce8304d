import { formatMoney } from '../../cards/money.ts';
import type { PurchaseRequestDocument } from '../../contract/purchase-request-document.ts';
import { summaryOf } from '../../contract/purchase-request.ts';
import { facts } from './table.ts';
import { plain } from './plain.ts';

const linesShown = 20;

/** What is about to be created, so that somebody can say yes to it. */
export function createSummary(
  document: PurchaseRequestDocument,
  { where, assignedTo, notChecked }: { where: string; assignedTo?: string; notChecked: readonly string[] },
): string {
  const { lineItems, currencyCode, description } = document;
  const { total } = summaryOf(document);
  const requester = document.userEmail ?? document.userLoginId ?? document.userId;
  const more = lineItems.length - linesShown;
  return [
    `To be created in ${where}:`,
    ...facts([
      ['Requester', assignedTo === undefined ? requester : `user ${assignedTo}, whose login was given`],
      ['Description', description],
      ['Policy', document.policyExternalId],
      [
        'Total',
        total === undefined
          ? undefined
          : `${formatMoney(total, currencyCode, 'en-US')}, without tax and shipping`,
      ],
      ['Lines', String(lineItems.length)],
    ]),
    ...lineItems
      .slice(0, linesShown)
      .map(({ quantity, unitPrice, vendorCode, vendorAddressCode, description: what }, index) =>
        plain(
          `${index + 1}. ${quantity} x ${unitPrice}  ${what}  from ${vendorCode} / ${vendorAddressCode}`,
        ).replace(/^/, '    '),
      ),
    ...(more > 0 ? [`    and ${more} more`] : []),
    ...notChecked.map((what) => `  ${plain(what)}`),
  ].join('\n');
}
