/** The names that faults know Concur's routes by. */
export const concurRoutes = ['token', 'create', 'get', 'vendors', 'lists', 'listItems', 'order'] as const;

const patterns: readonly [name: (typeof concurRoutes)[number], method: string, path: RegExp][] = [
  ['token', 'POST', /^\/oauth2\/v0\/token$/],
  ['create', 'POST', /^\/purchaserequest\/v4\/purchaserequests$/],
  ['get', 'GET', /^\/purchaserequest\/v4\/purchaserequests\/[^/]+$/],
  ['vendors', 'GET', /^\/api\/v3\.1\/invoice\/vendors$/],
  ['lists', 'GET', /^\/list\/v4\/lists$/],
  ['listItems', 'GET', /^\/list\/v4\/lists\/[^/]+\/children$/],
  ['order', 'GET', /^\/api\/v3\.0\/invoice\/purchaseorders\/[^/]+$/],
];

/** The fault name of a request to Concur; null when it meets no route. */
export function concurRouteOf(method: string, path: string): string | null {
  return patterns.find(([, verb, pattern]) => verb === method && pattern.test(path))?.[0] ?? null;
}
