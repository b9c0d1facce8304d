import type { CardField } from '../contract/card-fields.ts';

/** Coupa's scope for reading comments; the five default scopes do without it. */
const readComments = 'core.comment.read';

/**
 * Scopes that the fields of a card need beyond those that are asked for anyway. They stay apart from those because
 * Coupa refuses a whole list with one scope that the client does not have, and a card can do without a comment.
 */
export function optionalScopes(scopes: readonly string[], fields: readonly CardField[]): string[] {
  return fields.includes('last-comment') && !scopes.includes(readComments) ? [readComments] : [];
}
