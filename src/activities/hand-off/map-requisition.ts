import type { CoupaOrderable } from '../../connectors/coupa/orderable.ts';
import type { PurchaseRequestDocument } from '../../contract/purchase-request-document.ts';
import type { RequestProblem } from '../../contract/purchase-request.ts';
import type { HandOffMapping } from './mapping.ts';
import { mapLine, type Missing } from './map-line.ts';

/** Lines of one purchase request: what is carried through Temporal must stay far below its 2 MB. */
const mostLines = 500;
const mostBytes = 512 * 1024;
/** Nobody reads more. */
const mostProblems = 500;

/** A purchase request and who hears of it, or everything that is missing. */
export type Mapped =
  | { readonly kind: 'ready'; readonly document: PurchaseRequestDocument; readonly notify: string }
  | { readonly kind: 'incomplete'; readonly problems: readonly RequestProblem[] };

function currencyOf({ currency, lines }: CoupaOrderable, missing: Missing): string | null {
  const code = (currency ?? '').trim().toUpperCase();
  if (!/^[A-Z]{3}$/.test(code)) return missing('currencyCode', 'the requisition has no currency');
  // Concur knows one currency for all lines.
  const others = lines.filter(
    (line) => line.currency !== null && line.currency.trim().toUpperCase() !== code,
  );
  return others.length === 0
    ? code
    : missing('currencyCode', 'the lines have different currencies, and a purchase request has one');
}

/**
 * Makes a purchase request of a requisition. Amounts stay Coupa's decimal strings; an amount line becomes one piece at
 * its total. Nothing is guessed: what neither the requisition nor the mapping says is a problem, and all problems come
 * at once, those of a line with its number. Pure.
 */
export function mapRequisition(requisition: CoupaOrderable, mapping: HandOffMapping): Mapped {
  const problems: RequestProblem[] = [];
  const missingIn =
    (line?: number): Missing =>
    (field, message) => {
      problems.push({ ...(line === undefined ? {} : { line }), field, code: 'incomplete', message });
      return null;
    };
  const missing = missingIn();
  const { id, title, requestedBy, lines } = requisition;
  const userEmail = requestedBy?.email ?? missing('userEmail', 'the requester has no address in Coupa');
  const currencyCode = currencyOf(requisition, missing);
  if (lines.length === 0) missing('lineItems', 'the requisition has no lines');
  if (lines.length > mostLines) missing('lineItems', `the requisition has more than ${mostLines} lines`);
  const lineItems = lines
    .slice(0, mostLines)
    .flatMap((line, index) => mapLine(line, mapping, missingIn(index + 1)) ?? []);
  if (problems.length > 0 || userEmail === null || currencyCode === null) {
    return { kind: 'incomplete', problems: problems.slice(0, mostProblems) };
  }
  const document = {
    ...mapping.header,
    userEmail,
    ...(title === null ? {} : { description: title }),
    currencyCode,
    comments: `Coupa requisition ${id}`,
    lineItems,
  };
  if (Buffer.byteLength(JSON.stringify(document)) > mostBytes) {
    missing('lineItems', 'the texts of the requisition are longer than a purchase request can carry');
    return { kind: 'incomplete', problems };
  }
  return { kind: 'ready', document, notify: userEmail };
}
