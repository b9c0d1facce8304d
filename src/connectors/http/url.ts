/** Values of a query; an undefined one is left out. */
export type Query = Readonly<Record<string, string | number | undefined>>;

/**
 * The base of all addresses, without a trailing slash; it may carry a path. Throws a TypeError, which does not
 * repeat the value, when it is no http(s) address or carries a query, a fragment or credentials.
 */
export function parseBaseUrl(vendor: string, baseUrl: string): string {
  const complaint = `the base URL of ${vendor} must be an http(s) address without query, fragment or credentials`;
  if (!URL.canParse(baseUrl)) throw new TypeError(complaint);
  const url = new URL(baseUrl);
  const isPlain = url.search === '' && url.hash === '' && url.username === '' && url.password === '';
  if (!/^https?:$/.test(url.protocol) || !isPlain) throw new TypeError(complaint);
  return `${url.origin}${url.pathname}`.replace(/\/+$/, '');
}

/** Appends a path (with a leading slash) and a query to a base from `parseBaseUrl`. */
export function buildUrl(base: string, path: string, query: Query = {}): string {
  const pairs = Object.entries(query).flatMap(([name, value]) =>
    value === undefined ? [] : [`${percentEncode(name)}=${percentEncode(String(value))}`],
  );
  return pairs.length === 0 ? `${base}${path}` : `${base}${path}?${pairs.join('&')}`;
}

/** Percent-encodes a query part or path segment; a space is %20, half a surrogate pair becomes U+FFFD. */
export function percentEncode(text: string): string {
  return encodeURIComponent(Buffer.from(text).toString());
}
