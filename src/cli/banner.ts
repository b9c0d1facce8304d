import type { WaitingCard } from './first-card.ts';

/** Where the parts of a running start can be reached. */
export type Urls = Readonly<Record<string, string>>;

export function urlBlock(title: string, urls: Urls): string {
  const width = Math.max(...Object.keys(urls).map((name) => name.length));
  const lines = Object.entries(urls).map(([name, url]) => `  ${name.padEnd(width)}  ${url}`);
  return ['', title, ...lines, ''].join('\n');
}

/** A purchase request for somebody and of a vendor of the sandbox. */
const sampleOrder = JSON.stringify({
  userEmail: 'rhea.quester@example.test',
  currencyCode: 'USD',
  lineItems: [
    {
      purchaseType: 'GOODS',
      vendorCode: 'ACME',
      vendorAddressCode: 'ACME-01',
      description: 'Monitor',
      quantity: '2',
      unitPrice: '349.50',
    },
  ],
});

/** What to type to press a card's button, and to make the next one appear. */
export function demoHints(
  demo: { api: string; apiKey: string; coupa: string },
  card: WaitingCard | undefined,
): string {
  const press =
    card === undefined
      ? []
      : [
          `A card waits for ${card.recipient}. Approve it as the card's button would:`,
          `  curl -X POST -H 'Authorization: Bearer ${demo.apiKey}' ${demo.api}/approvals/${card.reference}/approve`,
        ];
  return [
    ...press,
    'Submit another requisition in the sandboxed Coupa:',
    `  curl -X POST -H 'Content-Type: application/json' -d '{}' ${demo.coupa}/sandbox/requisitions`,
    'Order something in the sandboxed SAP Concur (another Idempotency-Key orders again):',
    `  curl -X POST -H 'Authorization: Bearer ${demo.apiKey}' -H 'Content-Type: application/json' -H 'Idempotency-Key: first' -d '${sampleOrder}' ${demo.api}/purchase-requests`,
    '',
  ].join('\n');
}
