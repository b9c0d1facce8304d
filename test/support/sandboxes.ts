import { startCoupaSandbox, startMoveworksSandbox } from '../../sandbox/index.ts';
import { type actionSets, decisionEvent, noticeEvent } from '../../sandbox/moveworks/events.ts';
import type { PageLinks } from '../../sandbox/pages/links.ts';
import { optionalScopes } from '../../src/config/optional-scopes.ts';
import { loadConfig } from '../../src/config/load-config.ts';
import type { Config } from '../../src/config/config.ts';
import { Secret } from '../../src/contract/secret.ts';
import { createVendors, type ConnectedConfig } from '../../src/worker/vendors.ts';

export const host = '127.0.0.1';
export const apiKey = 'test-key-test-key-test-key';
export const referenceSecret = new Secret('test-reference-secret-test-reference-secret');
const eventId = '00000000-0000-4000-8000-000000000001';
const noticeEventId = '00000000-0000-4000-8000-000000000002';
const scopes = [
  'core.approval.read',
  'core.approval.write',
  'core.requisition.read',
  'core.user.read',
  'core.user_group.read',
];

export interface SandboxesOptions {
  /** How often the poll looks by itself; submitting wakes it at once anyway. */
  readonly pollIntervalMs?: number;
  readonly policy?: Partial<Config['policy']>;
  /** What the cards' buttons call; the guide's actions unless told. */
  readonly actions?: keyof typeof actionSets;
}

function testConfig(urls: { coupa: string; moveworks: string }, options: SandboxesOptions): ConnectedConfig {
  const loaded = loadConfig({});
  if (!loaded.ok) throw new Error('the empty environment must load');
  const { config } = loaded;
  return {
    ...config,
    api: { ...config.api, host, keys: [{ name: 'chat', secret: new Secret(apiKey) }] },
    references: { secrets: [referenceSecret] },
    policy: { ...config.policy, ...options.policy },
    poll: { intervalMs: options.pollIntervalMs ?? 2_000 },
    coupa: {
      baseUrl: urls.coupa,
      clientId: 'client',
      clientSecret: new Secret('coupa-client-secret'),
      scopes,
      optionalScopes: optionalScopes(scopes, config.policy.cardFields),
      tokenPath: '/oauth2/token',
      requestsPerSecond: 200,
      settleMs: 0,
      // What a test changes in Coupa's people, groups and delegations counts at once.
      directoryFreshMs: 0,
    },
    moveworks: {
      baseUrl: urls.moveworks,
      eventId,
      noticeEventId,
      auth: { kind: 'apiKey', apiKey: new Secret('moveworks-api-key') },
      requestsPerMinute: 6_000,
      slots: ['approval_id'],
    },
  };
}

/** Both simulators, and a configuration that leads to them. `apiUrl`: where pages and call-out find our API, if one runs. */
export async function startSandboxes(apiUrl: string | undefined, options: SandboxesOptions = {}) {
  const ours =
    apiUrl === undefined
      ? undefined
      : { callOut: { url: `${apiUrl}/poll`, key: apiKey }, api: { url: apiUrl, key: apiKey } };
  // Filled once both listen, so that each page leads to the other.
  const links: PageLinks = {};
  const coupaSandbox = await startCoupaSandbox({
    clientId: 'client',
    clientSecret: 'coupa-client-secret',
    requestsPerSecond: 0,
    ...(ours === undefined ? {} : { callOut: ours.callOut }),
    links,
  });
  const moveworksSandbox = await startMoveworksSandbox({
    apiKey: 'moveworks-api-key',
    requestsPerMinute: 0,
    events: [decisionEvent(eventId, options.actions ?? 'guide'), noticeEvent(noticeEventId)],
    ...(ours === undefined ? {} : { api: ours.api }),
    links,
  });
  Object.assign(links, { coupa: coupaSandbox.url, chat: moveworksSandbox.url });
  const config = testConfig({ coupa: coupaSandbox.url, moveworks: moveworksSandbox.url }, options);
  const vendors = createVendors(config);
  const close = () => Promise.all([coupaSandbox.close(), moveworksSandbox.close()]);
  return { config, vendors, pages: { coupa: coupaSandbox.url, chat: moveworksSandbox.url }, close };
}
