const HEADERS = [
  'x-request-id',
  'x-correlation-id',
  'request-id',
  'concur-correlationid',
  'x-amzn-requestid',
];

/** The vendor's id of this exchange, for its support; only when it looks like an id, since it ends in error texts. */
export function requestIdOf(headers: Headers): string | undefined {
  for (const name of HEADERS) {
    const value = headers.get(name)?.trim();
    if (value !== undefined && /^[\w.:/=+-]{1,128}$/.test(value)) return value;
  }
  return undefined;
}
