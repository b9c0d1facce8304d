import { SearchAttributeType } from '@temporalio/common';
import type { Connection } from '@temporalio/client';
import { searchAttributeKeys } from '../contract/search-attributes.ts';

/** Numbers of `temporal.api.enums.v1.IndexedValueType`. */
const indexedValueTypes: Readonly<Record<SearchAttributeType, number>> = {
  [SearchAttributeType.TEXT]: 1,
  [SearchAttributeType.KEYWORD]: 2,
  [SearchAttributeType.INT]: 3,
  [SearchAttributeType.DOUBLE]: 4,
  [SearchAttributeType.BOOL]: 5,
  [SearchAttributeType.DATETIME]: 6,
  [SearchAttributeType.KEYWORD_LIST]: 7,
};

/** What is registered, by name: the number of its type. */
export const searchAttributeTypes: Readonly<Record<string, number>> = Object.fromEntries(
  searchAttributeKeys.map(({ name, type }) => [name, indexedValueTypes[type]]),
);

/**
 * Registers what is missing, and throws when one of our names is taken by another type: an unregistered search
 * attribute hangs the workflow task of every approval. Needs no rights where all are registered.
 */
export async function ensureSearchAttributes(connection: Connection, namespace: string): Promise<void> {
  const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace });
  const wanted = Object.entries(searchAttributeTypes);
  for (const [name, type] of wanted) {
    const present: number | undefined = customAttributes[name];
    if (present !== undefined && present !== type) {
      throw new Error(
        `The search attribute ${name} of namespace ${namespace} has another type than Countersign needs; use a namespace of its own.`,
      );
    }
  }
  const missing = wanted.filter(([name]) => customAttributes[name] === undefined);
  if (missing.length === 0) return;
  await connection.operatorService.addSearchAttributes({
    namespace,
    searchAttributes: Object.fromEntries(missing),
  });
}
