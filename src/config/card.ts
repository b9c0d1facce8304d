import { type CardField, cardFields } from '../contract/card-fields.ts';
import type { Action } from '../contract/decision.ts';
import { entriesOf, type Kind, listedKind } from './kind.ts';

/** `Created by` and `created_by` are `created-by`: people write a field as the card labels it. */
function nameOf(entry: string): string {
  return entry.toLowerCase().replace(/[\s_-]+/g, '-');
}

/** A list of names out of a known set, each once, in the order given. An entry is named by its position (P9). */
function names<Name extends string>(known: readonly Name[]): Kind<Name[]> {
  const all = known.join(', ');
  return listedKind((text, problem) => {
    const found = entriesOf(text).map((entry) => known.find((name) => name === nameOf(entry)));
    const unknown = found.flatMap((name, index) => (name === undefined ? [index + 1] : []));
    if (found.length === 0) problem(`one or more of ${all}, separated by commas`);
    if (unknown.length > 0) {
      const which = unknown.length === 1 ? `entry ${unknown.join()} is` : `entries ${unknown.join(', ')} are`;
      problem(`${which} not known; give names out of ${all}, separated by commas`);
    }
    return [...new Set(found.filter((name) => name !== undefined))];
  });
}

/** What a card shows. */
export const cardFieldList = names<CardField>(cardFields);

/** What a card lets its approver do. */
export const cardActionList = names<Action>(['approve', 'reject']);
