import type { CardField } from '../contract/card-fields.ts';

/** Coupa's scopes for comments; the five default scopes do without them. */
const readComments = 'core.comment.read';
const writeComments = 'core.comment.write';

/**
 * Scopes that the fields of a card, and the hand-over of requisitions to SAP Concur, need beyond those that are asked
 * for anyway. They stay apart from those because Coupa refuses a whole list with one scope that the client does not
 * have: a card can do without a comment, and decisions without the hand-over, which says itself what it lacks.
 */
export function optionalScopes(
  scopes: readonly string[],
  fields: readonly CardField[],
  handsOff = false,
): string[] {
  const wanted = handsOff
    ? [readComments, writeComments]
    : fields.includes('last-comment')
      ? [readComments]
      : [];
  return wanted.filter((scope) => !scopes.includes(scope));
}
