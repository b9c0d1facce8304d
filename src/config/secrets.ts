import { Secret } from '../contract/secret.ts';
import type { ApiKey } from './config.ts';
import { kind, listedKind } from './kind.ts';

const minApiKeyLength = 16;
const minReferenceSecretLength = 32;
const recipe = 'Make one with: openssl rand -base64 32';

/** Credentials go into header lines: one word of visible ASCII. */
const oneWord = /^[\x21-\x7e]+$/;

/** People paste the whole header value; Moveworks and our own API both want the bare key after `Bearer`. */
function withoutBearer(text: string): string {
  return text.replace(/^Bearer\s+/i, '');
}

/** A vendor's key or client secret. */
export const secret = kind('one word without blanks or line breaks', (text) => {
  const bare = withoutBearer(text);
  return oneWord.test(bare) ? new Secret(bare) : undefined;
});

/** Entries are named by position: in a malformed list anything may be the secret (P9). */
function splitSecrets(text: string): string[] {
  return text
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');
}

/** `name:secret,name2:secret2`: several keys, so that they can be rotated. */
export const apiKeys = listedKind<ApiKey[]>((text, problem) => {
  const names = new Set<string>();
  const secrets = new Set<string>();
  const entries = splitSecrets(text);
  if (entries.length === 0) problem(`name:secret, or several of them separated by commas. ${recipe}`);
  return entries.map((entry, index) => {
    const where = `entry ${index + 1}`;
    const [, name = '', rest = ''] = /^([^:]*):(.*)$/s.exec(entry) ?? [];
    const key = withoutBearer(rest.trim());
    if (!/^[A-Za-z0-9._-]+$/.test(name)) {
      problem(`${where} should be name:secret, the name made of letters, digits, dot, dash or underscore`);
    } else if (!oneWord.test(key) || key.length < minApiKeyLength) {
      problem(
        `${where} should have a secret of at least ${minApiKeyLength} characters, no blanks. ${recipe}`,
      );
    } else if (names.has(name)) {
      problem(`${where} repeats the name of an earlier entry; each key needs its own`);
    } else if (secrets.has(key)) {
      problem(`${where} repeats the secret of an earlier entry; each key needs its own`);
    }
    names.add(name);
    secrets.add(key);
    return { name, secret: new Secret(key) };
  });
});

/** Comma separated; the first signs references, all of them verify. */
export const referenceSecrets = listedKind<Secret[]>((text, problem) => {
  const entries = splitSecrets(text);
  if (entries.length === 0) problem(`one secret, or several separated by commas. ${recipe}`);
  return entries.map((entry, index) => {
    if (!oneWord.test(entry) || entry.length < minReferenceSecretLength) {
      problem(
        `entry ${index + 1} should have at least ${minReferenceSecretLength} characters, no blanks. ${recipe}`,
      );
    }
    return new Secret(entry);
  });
});
