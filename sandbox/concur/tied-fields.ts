import { isFields } from './body-fields.ts';
import type { RequestException, TiedField } from './options.ts';
import type { PurchaseRequest } from './state.ts';
import type { ConcurStore } from './store.ts';

/**
 * The exceptions of a request whose custom fields carry codes that their lists do not have. SAP does not document how
 * these show any more; that the creation fails in the background is assumed, and so are codes and words.
 */
export function unknownCodes(
  request: PurchaseRequest,
  tied: readonly TiedField[],
  store: ConcurStore,
): RequestException[] {
  const { body } = request;
  const lines: unknown[] = Array.isArray(body['lineItems']) ? body['lineItems'] : [];
  return tied.flatMap(({ on, field, listId }) => {
    const list = store.lists.find((one) => one.id === listId);
    const carriers = on === 'header' ? [body] : lines;
    return carriers.flatMap((carrier, index) => {
      const code = isFields(carrier) ? carrier[field] : undefined;
      if (typeof code !== 'string' || code === '') return [];
      if (list?.items.some((item) => item.code === code && !item.deleted) === true) return [];
      const where = on === 'header' ? 'the header' : `line ${index + 1}`;
      return [
        {
          eventCode: 'PURCH_DETAIL_ITEM_SAVE',
          exceptionCode: 'SANDBOX_LIST',
          isCleared: false,
          message: `List code ${code} in ${field} of ${where} was not found`,
        },
      ];
    });
  });
}
