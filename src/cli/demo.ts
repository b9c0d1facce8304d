import type { Config, ListField } from '../config/config.ts';
import { optionalScopes } from '../config/optional-scopes.ts';
import { Secret } from '../contract/secret.ts';
import { freePort } from '../embedded/ports.ts';
import type { ConnectedConfig } from '../worker/vendors.ts';
import { demoTokenFile, type DemoSecrets } from './demo-secrets.ts';
import { type ConcurCredentials, openSandbox, type RunningSandbox } from './sandbox-door.ts';

const coupaPort = 4010;
const moveworksPort = 4020;
const concurPort = 4030;
const clientId = 'countersign-sandbox';
/** Name under which the demo's key stands in the audit trail. */
const keyName = 'sandbox';
const minuteRequests = 120;
/** The simulated Concur has no limit. */
const concurMinuteRequests = 6_000;
const followForMs = 90 * 86_400_000;
const scopes = ['core.approval.read', 'core.approval.write', 'core.requisition.read', 'core.user.read'];

/** The fields of the sandbox's form that are tied to its lists, so that a wrong code is found before anything is sent. */
export const demoListFields: readonly ListField[] = [
  { on: 'header', field: 'custom1', listId: '11111111-aaaa-4000-8000-000000000001' },
  { on: 'line', field: 'custom2', listId: '11111111-aaaa-4000-8000-000000000002' },
];

/** How the simulated SAP Concur knows us. */
export function demoConcurClient(secrets: DemoSecrets): ConcurCredentials {
  return {
    clientId,
    clientSecret: secrets.concurClientSecret,
    companyUuid: secrets.concurCompanyUuid,
    requestToken: secrets.concurRequestToken,
  };
}

/**
 * Starts the sandbox for a demo whose API will be at `apiUrl`. Its pages are where the API is: on the loopback, or,
 * when `apiHost` says so (a container has to), on every address of this machine.
 */
export async function startSandbox(
  home: string,
  { apiUrl, apiHost }: { apiUrl: string; apiHost: string },
  secrets: DemoSecrets,
): Promise<RunningSandbox> {
  const host = apiHost === '0.0.0.0' ? apiHost : '127.0.0.1';
  const coupa = await freePort(coupaPort, host);
  const moveworks = await freePort(Math.max(moveworksPort, coupa + 1), host);
  const concur = await freePort(Math.max(concurPort, moveworks + 1), host);
  return openSandbox({
    home,
    host,
    coupaPort: coupa,
    moveworksPort: moveworks,
    concurPort: concur,
    coupaClientId: clientId,
    coupaClientSecret: secrets.coupaClientSecret,
    moveworksApiKey: secrets.moveworksApiKey,
    eventId: secrets.eventId,
    noticeEventId: secrets.noticeEventId,
    concur: demoConcurClient(secrets),
    api: { url: apiUrl, key: secrets.apiKey },
  });
}

/** The configuration of a demo: what was given, with the sandbox in the vendors' place. */
export function demoConfig(config: Config, secrets: DemoSecrets, sandbox: RunningSandbox): ConnectedConfig {
  const { keys } = config.api;
  const { secrets: references } = config.references;
  return {
    ...config,
    api: { ...config.api, keys: [...keys, { name: keyName, secret: new Secret(secrets.apiKey) }] },
    references: { secrets: references.length > 0 ? references : [new Secret(secrets.referenceSecret)] },
    coupa: {
      baseUrl: sandbox.coupa,
      clientId,
      clientSecret: new Secret(secrets.coupaClientSecret),
      scopes,
      optionalScopes: optionalScopes(scopes, config.policy.cardFields),
      tokenPath: '/oauth2/token',
      requestsPerSecond: 20,
      // The sandbox's tokens may be used at once, unlike Coupa's.
      settleMs: 0,
      // Whoever tries a delegation or a group does not want to wait ten minutes for it.
      directoryFreshMs: 5_000,
    },
    moveworks: {
      baseUrl: sandbox.moveworks,
      eventId: secrets.eventId,
      noticeEventId: secrets.noticeEventId,
      auth: { kind: 'apiKey', apiKey: new Secret(secrets.moveworksApiKey) },
      requestsPerMinute: minuteRequests,
      slots: ['approval_id'],
    },
    concur: concurConfig(config, secrets, sandbox),
  };
}

/** What was configured for SAP Concur counts where it is there; its place, credentials and limits are the sandbox's. */
function concurConfig(
  { home, concur: given }: Config,
  secrets: DemoSecrets,
  sandbox: RunningSandbox,
): NonNullable<ConnectedConfig['concur']> {
  const client = demoConcurClient(secrets);
  return {
    followForMs,
    uomField: 'uomCode',
    listFields: demoListFields,
    ...given,
    authUrl: sandbox.concur,
    ...client,
    clientSecret: new Secret(client.clientSecret),
    requestToken: new Secret(client.requestToken),
    tokenFile: demoTokenFile(home),
    requestsPerMinute: concurMinuteRequests,
    // Whoever tries an outage does not want to wait five minutes for its end.
    restAfter503Ms: 5_000,
  };
}
