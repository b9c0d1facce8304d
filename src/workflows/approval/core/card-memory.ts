import type { Card } from '../../../contract/approval.ts';

/** Room for a large group with its cards of before, and for look-ups; what asks somebody is never counted out. */
const cardLimit = 400;

/**
 * Adds a card. Beyond the limit one goes that asks nothing: the oldest that is not the last which its person got by
 * message, since that one tells who was asked and what they saw. Then the oldest look-up, then the oldest card at
 * all. A card by message that is live, or on its way, always stays: nobody who was asked is asked twice (P7). A
 * reference to a card forgotten here is answered `changed`.
 */
export function remember(
  cards: readonly Card[],
  card: Card,
  sending: readonly string[] = [],
): readonly Card[] {
  const all = [...cards, card];
  if (all.length <= cardLimit) return all;
  const newest = new Map(all.flatMap(({ kind, userId, id }) => (kind === 'message' ? [[userId, id]] : [])));
  const isLookUp = ({ kind }: Card) => kind === 'lookUp';
  const stays = (each: Card) => each.kind === 'message' && (each.live || sending.includes(each.id));
  const goes: readonly ((each: Card) => boolean)[] = [
    (each) => !each.live && !stays(each) && (isLookUp(each) || newest.get(each.userId) !== each.id),
    isLookUp,
    (each) => !stays(each),
  ];
  for (const may of goes) {
    const index = all.findIndex((each) => each.id !== card.id && may(each));
    if (index >= 0) return all.toSpliced(index, 1);
  }
  return all;
}
