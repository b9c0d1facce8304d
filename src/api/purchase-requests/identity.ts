import { createHash } from 'node:crypto';
import { bareKey } from '../decision-ids.ts';
import type { Wanted } from './body.ts';

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** The key that a header carries, without the quotes of a structured field; empty where there is none to speak of. */
export function keyIn(header: string): string {
  return bareKey(header).trim();
}

/**
 * Names a purchase request after the caller's key alone (P9: the key itself stays out). Not after the caller: the same
 * order under a key of the API that was rotated meanwhile must not be created a second time.
 */
export function purchaseRequestIdOf(key: string): string {
  return sha256(key).slice(0, 32);
}

/** The same text for the same value, in whatever order its members came. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value)
    .toSorted(([left], [right]) => (left < right ? -1 : 1))
    .map(([name, member]) => `${JSON.stringify(name)}:${canonical(member)}`);
  return `{${members.join(',')}}`;
}

/** Hash of all that was asked for, whom to tell included: tells a repeat from another request under the same key. */
export function fingerprintOf({ document, notify }: Wanted): string {
  return sha256(canonical({ document, notify: notify ?? null }));
}
