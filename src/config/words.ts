import type { MoveworksSlot } from './config.ts';
import { entriesOf, type Kind, kind, listedKind } from './kind.ts';

/** A value out of a few words, in any case. */
export function oneOf<const Word extends string>(...words: readonly Word[]): Kind<Word> {
  return kind(`one of ${words.join(', ')}`, (text) => words.find((word) => word === text.toLowerCase()));
}

/** Text on one line. */
export const text = kind('one line of text', (value) => (/\p{Cc}/u.test(value) ? undefined : value));

/** A UUID, in lower case. */
export const uuid = kind('a UUID such as 08bca1e6-6e0b-4c1b-a6e0-0d5e6b1f0a11', (value) =>
  /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(value) ? value.toLowerCase() : undefined,
);

/** An OAuth client id: one word. */
export const clientId = kind('one word without blanks', (value) =>
  /^[\x21-\x7e]+$/.test(value) ? value : undefined,
);

/** Becomes a part of the Events API's path, so nothing that could change the path. */
export const eventId = kind("the event's id (a UUID) from Moveworks' Events Workspace", (value) =>
  /^[A-Za-z0-9_-]+$/.test(value) ? value : undefined,
);

/** A path on the base URL. */
export const path = kind('a path that begins with a slash, such as /oauth2/token', (value) =>
  /^(\/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)+$/.test(value) ? value : undefined,
);

/** An address or name to listen on; IPv6 with or without its brackets. */
export const host = kind('an address or host name to listen on, such as 127.0.0.1 or 0.0.0.0', (value) => {
  const bare = value.replace(/^\[(.*)\]$/, '$1');
  return /^[A-Za-z0-9._:-]+$/.test(bare) ? bare : undefined;
});

/** Coupa's pages list scopes with commas, its token endpoint wants blanks between them; both are read. */
export const scopes = kind(
  'scopes such as core.approval.read, with blanks or commas between them',
  (value) => {
    const list = [...new Set(value.split(/[\s,;]+/).filter((scope) => scope !== ''))];
    return list.length > 0 && list.every((scope) => /^[\w.:-]+$/.test(scope)) ? list : undefined;
  },
);

/** Addresses in lower case. A list that names nobody is a mistake: it would read as everyone, or as no one. */
export const addresses = listedKind<string[]>((value, problem) => {
  const list = entriesOf(value.toLowerCase());
  if (list.length === 0) problem('addresses separated by commas; leave it out for everyone');
  for (const [index, address] of list.entries()) {
    // By position: an address is personal data (P9).
    if (!/^[^\s@<>]+@[^\s@<>]+$/.test(address))
      problem(`entry ${index + 1} should be an address such as jo@example.com`);
  }
  return [...new Set(list)];
});

const slotNames: readonly MoveworksSlot[] = ['approval_id', 'requisition_id', 'approver_email'];

/** The slots of a card, `approval_id` always first: the callback is addressed by it. */
export const slots = kind(`names out of ${slotNames.join(', ')}, separated by commas`, (value) => {
  const wanted = new Set<string>(['approval_id', ...entriesOf(value.toLowerCase())]);
  const known = slotNames.filter((name) => wanted.has(name));
  return known.length === wanted.size ? known : undefined;
});
