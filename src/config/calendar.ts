import { kind } from './kind.ts';

/** Runs a look-up of Intl, which throws a RangeError for what it does not know. */
function known(lookUp: () => string | undefined): string | undefined {
  try {
    return lookUp();
  } catch {
    return undefined;
  }
}

/** A time zone of the IANA list, in its own spelling. */
export const timeZone = kind('a time zone such as UTC or Europe/Berlin', (text) =>
  known(() => new Intl.DateTimeFormat('en', { timeZone: text }).resolvedOptions().timeZone),
);

/** A BCP 47 language tag; the underscore of POSIX is read as its dash. */
export const locale = kind('a language tag such as en-US or de-AT', (text) =>
  known(() => Intl.getCanonicalLocales(text.replaceAll('_', '-'))[0]),
);
