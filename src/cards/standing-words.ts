import type { SendCardInput } from '../contract/message-inputs.ts';
import type { Approver } from '../contract/person.ts';
import { escapeWithin } from './escape.ts';

/** A card has room for a few names; the rest are counted. */
const nameLength = 40;
const namesLength = 180;
const ofLength = 60;

/** By which right somebody is asked whose own row it is not. Escaped. */
export function onWhoseBehalf({ as }: Approver): string[] {
  if (as === undefined) return [];
  const of = escapeWithin(as.of, ofLength);
  return as.kind === 'delegate'
    ? [`You are asked for ${of}, who has delegated approvals to you.`]
    : [`You are asked as a member of ${of}.`];
}

/** "A", "A and B", "A, B and C". */
function listed(parts: readonly string[]): string {
  const last = parts.at(-1) ?? '';
  return parts.length <= 1 ? last : `${parts.slice(0, -1).join(', ')} and ${last}`;
}

/** Who may decide as well, so that nobody wonders why a card was answered by somebody else. Escaped. */
export function whoElse(others: SendCardInput['others']): string[] {
  if (others === undefined) return [];
  let left = namesLength;
  const named = others.names
    .map((name) => escapeWithin(name, nameLength))
    .filter((name) => (left -= name.length) >= 0);
  const more = others.more + others.names.length - named.length;
  const parts = more > 0 ? [...named, `${more} more`] : named;
  return parts.length === 0 ? [] : [`${listed(parts)} may decide this as well: the first decision counts.`];
}
