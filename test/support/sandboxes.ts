import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ConcurSandboxOptions } from '../../sandbox/concur/options.ts';
import { startConcurSandbox, startCoupaSandbox, startMoveworksSandbox } from '../../sandbox/index.ts';
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
  /** Starts a simulated SAP Concur with the demo's vendors and lists, and configures the service with it. */
  readonly concur?: true | Partial<ConcurSandboxOptions>;
  /** What differs in the service's configuration for it. */
  readonly concurConfig?: Partial<TestConcurConfig>;
}

type TestConcurConfig = NonNullable<ConnectedConfig['concur']>;

const concurClient = {
  clientId: 'client',
  clientSecret: 'concur-client-secret',
  companyUuid: '08bcca1e-0d4f-4261-9f1b-f778d96617d6',
  requestToken: '2d725d52-0c4c-4b39-9b5c-2f9c5d1f2a11',
};

function testConcurConfig(url: string, folder: string, change: Partial<TestConcurConfig>): TestConcurConfig {
  return {
    authUrl: url,
    ...concurClient,
    clientSecret: new Secret(concurClient.clientSecret),
    requestToken: new Secret(concurClient.requestToken),
    tokenFile: join(folder, 'concur-token.json'),
    requestsPerMinute: 60_000,
    followForMs: 90 * 86_400_000,
    uomField: 'uomCode',
    listFields: [],
    // Five minutes of rest are more than a test has.
    restAfter503Ms: 1_000,
    ...change,
  };
}

/** The simulated SAP Concur, when it is asked for, with a folder for the service's token. */
async function startConcur({ concur, concurConfig = {} }: SandboxesOptions, links: PageLinks) {
  if (concur === undefined) return undefined;
  const sandbox = await startConcurSandbox({
    ...concurClient,
    seed: 'demo',
    links,
    ...(concur === true ? {} : concur),
  });
  const folder = await mkdtemp(join(tmpdir(), 'countersign-concur-'));
  return {
    url: sandbox.url,
    config: testConcurConfig(sandbox.url, folder, concurConfig),
    close: async () => {
      await sandbox.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
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
      optionalScopes: optionalScopes(
        scopes,
        config.policy.cardFields,
        options.concurConfig?.handOff !== undefined,
      ),
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

/** The simulators, and a configuration that leads to them. `apiUrl`: where pages and call-out find our API, if one runs. */
export async function startSandboxes(apiUrl: string | undefined, options: SandboxesOptions = {}) {
  const ours =
    apiUrl === undefined
      ? undefined
      : { callOut: { url: `${apiUrl}/poll`, key: apiKey }, api: { url: apiUrl, key: apiKey } };
  // Filled once all listen, so that each page leads to the others.
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
  const concur = await startConcur(options, links);
  const pages = {
    coupa: coupaSandbox.url,
    chat: moveworksSandbox.url,
    ...(concur === undefined ? {} : { concur: concur.url }),
  };
  Object.assign(links, pages);
  const config = {
    ...testConfig({ coupa: pages.coupa, moveworks: pages.chat }, options),
    ...(concur === undefined ? {} : { concur: concur.config }),
  };
  const vendors = createVendors(config);
  const close = () => Promise.all([coupaSandbox.close(), moveworksSandbox.close(), concur?.close()]);
  return { config, vendors, pages, close };
}
