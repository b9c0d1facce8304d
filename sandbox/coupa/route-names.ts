/** The names that faults know Coupa's routes by. */
export const coupaRoutes = [
  'token',
  'approvals',
  'approval',
  'requisition',
  'requisitions',
  'comments',
  'approve',
  'reject',
  'users',
  'user_groups',
  'delegations',
] as const;

const patterns: readonly [name: (typeof coupaRoutes)[number], method: string, path: RegExp][] = [
  ['token', 'POST', /^\/oauth2\/token$/],
  ['approvals', 'GET', /^\/api\/approvals$/],
  ['approval', 'GET', /^\/api\/approvals\/[^/]+$/],
  ['approve', 'PUT', /^\/api\/approvals\/[^/]+\/approve$/],
  ['reject', 'PUT', /^\/api\/approvals\/[^/]+\/reject$/],
  ['requisitions', 'GET', /^\/api\/requisitions$/],
  ['requisition', 'GET', /^\/api\/requisitions\/[^/]+$/],
  ['comments', 'GET', /^\/api\/requisitions\/[^/]+\/comments$/],
  ['comments', 'POST', /^\/api\/requisitions\/[^/]+\/comments$/],
  ['users', 'GET', /^\/api\/users(\/[^/]+)?$/],
  ['user_groups', 'GET', /^\/api\/user_groups(\/[^/]+)?$/],
  ['delegations', 'GET', /^\/api\/delegations$/],
];

/** The fault name of a request to Coupa; null when it meets no route. */
export function coupaRouteOf(method: string, path: string): string | null {
  return patterns.find(([, verb, pattern]) => verb === method && pattern.test(path))?.[0] ?? null;
}
