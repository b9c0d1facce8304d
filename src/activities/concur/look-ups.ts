import type { ListField } from '../../config/config.ts';
import type { ConcurClient } from '../../connectors/concur/types.ts';
import type {
  PurchaseRequestDocument,
  PurchaseRequestLine,
} from '../../contract/purchase-request-document.ts';
import type { RequestProblem } from '../../contract/purchase-request.ts';

/** One code, or pair of codes, that a document names at one place. */
export interface LookUp {
  /** The same for the same question: it is asked once, however many lines name it. */
  readonly key: string;
  /** What is looked into, in our words; what cannot be read once cannot be read for the next code either. */
  readonly source: string;
  readonly ask: (concur: ConcurClient, signal: AbortSignal) => Promise<boolean>;
  /** What is wrong where Concur does not know it. */
  readonly problem: RequestProblem;
}

function vendorOf({ vendorCode, vendorAddressCode }: PurchaseRequestLine, line: number): LookUp {
  return {
    key: JSON.stringify(['vendor', vendorCode, vendorAddressCode]),
    source: 'vendors',
    ask: (concur, signal) => concur.hasVendor({ vendorCode, addressCode: vendorAddressCode }, { signal }),
    problem: {
      line,
      field: 'vendorCode',
      code: 'unknownVendor',
      message: `SAP Concur has no vendor of code ${vendorCode} with the address code ${vendorAddressCode}.`,
    },
  };
}

/** The code that a field holds; what is no custom field, or is empty, holds none. */
function codeIn(of: PurchaseRequestDocument | PurchaseRequestLine, field: string): string | undefined {
  const value: unknown = Object.entries(of).find(([name]) => name === field)?.[1];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function itemOf(
  of: PurchaseRequestDocument | PurchaseRequestLine,
  { field, listId }: ListField,
  line?: number,
): LookUp[] {
  const code = codeIn(of, field);
  if (code === undefined) return [];
  return [
    {
      key: JSON.stringify(['item', listId, code]),
      source: `items of the list ${listId}`,
      ask: (concur, signal) => concur.hasListItem(listId, code, { signal }),
      problem: {
        ...(line === undefined ? {} : { line }),
        field,
        code: 'unknownListItem',
        message: `The list ${listId} of SAP Concur has no item of code ${code}.`,
      },
    },
  ];
}

/** Every code of a document that can be looked up, where it stands: the header first, then line by line. */
export function lookUpsOf(document: PurchaseRequestDocument, listFields: readonly ListField[]): LookUp[] {
  const on = (where: ListField['on']) => listFields.filter((one) => one.on === where);
  return [
    ...on('header').flatMap((field) => itemOf(document, field)),
    ...document.lineItems.flatMap((item, index) => [
      vendorOf(item, index + 1),
      ...on('line').flatMap((field) => itemOf(item, field, index + 1)),
    ]),
  ];
}
