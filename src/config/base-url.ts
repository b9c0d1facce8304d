import { isLoopback } from '../contract/origins.ts';
import { kind } from './kind.ts';

const looksLike =
  'an https address without query, fragment or password, such as https://acme.example.com (http only for this machine)';

/** Credentials travel to these addresses, so plain http is for the loopback alone. */
function readBaseUrl(text: string): string | undefined {
  if (!URL.canParse(text)) return undefined;
  const url = new URL(text);
  const safe = url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname));
  const bare = url.search === '' && url.hash === '' && url.username === '' && url.password === '';
  return safe && bare ? (url.origin + url.pathname).replace(/\/+$/, '') : undefined;
}

/** A base URL: https, or http on the loopback; may carry a path; comes out without a slash at its end. */
export const baseUrl = kind(looksLike, readBaseUrl);
