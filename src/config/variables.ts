import { concurVariables } from './concur-variables.ts';
import { policyVariables } from './policy-variables.ts';
import type { Variable } from './variable.ts';

/**
 * Every variable that has an effect. The schema, the check for misspelt names and `.env.example` come from this table.
 */
export const variables = {
  COUPA_BASE_URL: {
    part: 'Coupa',
    kind: 'baseUrl',
    alias: 'coupa_base_url',
    says: 'Where Coupa is, such as https://acme.coupahost.com; without Coupa and Moveworks the sandbox starts.',
  },
  COUPA_CLIENT_ID: {
    part: 'Coupa',
    kind: 'clientId',
    alias: 'coupa_client_id',
    says: 'The id of the OAuth client made in Coupa (grant type: client credentials).',
  },
  COUPA_CLIENT_SECRET: {
    part: 'Coupa',
    kind: 'secret',
    alias: 'coupa_client_secret',
    says: "The OAuth client's secret.",
  },
  COUPA_SCOPES: {
    part: 'Coupa',
    kind: 'scopes',
    alias: 'coupa_scopes',
    default:
      'core.approval.read core.approval.write core.requisition.read core.user.read core.user_group.read',
    says: 'What the token may do; Coupa refuses a list with a scope that the client does not have.',
  },
  COUPA_TOKEN_PATH: {
    part: 'Coupa',
    kind: 'path',
    default: '/oauth2/token',
    says: 'Where Coupa issues tokens, below its base URL.',
  },
  COUPA_REQUESTS_PER_SECOND: {
    part: 'Coupa',
    kind: 'perSecond',
    default: '5',
    says: 'The most requests sent to Coupa in a second, which allows 25 for everything that calls it.',
  },
  COUPA_API_LOGIN: {
    part: 'Coupa',
    kind: 'text',
    says: "The login that Coupa records for what the OAuth client does; learned from the first decision's record.",
  },
  MOVEWORKS_BASE_URL: {
    part: 'Moveworks',
    kind: 'baseUrl',
    default: 'https://api.moveworks.ai',
    says: "Where Moveworks' API is; each data region has its own host.",
  },
  MOVEWORKS_EVENT_ID: {
    part: 'Moveworks',
    kind: 'eventId',
    alias: 'event_id',
    says: 'The event whose follow-up actions approve and reject; cards are sent for it.',
  },
  MOVEWORKS_NOTICE_EVENT_ID: {
    part: 'Moveworks',
    kind: 'eventId',
    says: 'An event without follow-up actions, for messages that ask nothing.',
  },
  MOVEWORKS_API_KEY: {
    part: 'Moveworks',
    kind: 'secret',
    alias: 'event_api_key',
    says: 'The API key for the Events API; or give the two below.',
  },
  MOVEWORKS_CLIENT_ID: {
    part: 'Moveworks',
    kind: 'clientId',
    says: 'The id of an OAuth client, instead of an API key.',
  },
  MOVEWORKS_CLIENT_SECRET: {
    part: 'Moveworks',
    kind: 'secret',
    says: "That OAuth client's secret.",
  },
  MOVEWORKS_REQUESTS_PER_MINUTE: {
    part: 'Moveworks',
    kind: 'perMinute',
    default: '60',
    says: 'The most messages sent in a minute; Moveworks allows 120 for the whole organisation.',
  },
  MOVEWORKS_SLOTS: {
    part: 'Moveworks',
    kind: 'slots',
    default: 'approval_id',
    says: 'The slots that the event declares: approval_id always, also requisition_id and approver_email.',
  },
  ...concurVariables,
  API_KEYS: {
    part: 'API',
    kind: 'apiKeys',
    says: 'Who may call the API: name:secret, several separated by commas; the sandbox makes its own.',
  },
  REFERENCE_SECRETS: {
    part: 'API',
    kind: 'referenceSecrets',
    says: 'Sign what a button carries (openssl rand -base64 32): the first signs, all verify; the sandbox makes its own.',
  },
  HOST: {
    part: 'API',
    kind: 'host',
    default: '127.0.0.1',
    says: 'The address to listen on; 0.0.0.0 for every one of this machine.',
  },
  PORT: {
    part: 'API',
    kind: 'port',
    default: '3000',
    says: 'The port to listen on; when it is left out and taken, the next free one is used.',
  },
  PUBLIC_URL: {
    part: 'API',
    kind: 'baseUrl',
    says: 'The address under which callers reach this service, when a proxy stands before it.',
  },
  TRUST_PROXY: {
    part: 'API',
    kind: 'proxies',
    default: 'off',
    says: "How many proxies in front are believed about the caller's address.",
  },
  COUNTERSIGN_HOME: {
    part: 'Service',
    kind: 'text',
    default: '.countersign',
    says: 'The folder where the embedded parts keep their state.',
  },
  LOG_LEVEL: {
    part: 'Service',
    kind: 'logLevel',
    default: 'info',
    says: 'The least that is logged: trace, debug, info, warn, error, fatal or silent.',
  },
  POLL_INTERVAL: {
    part: 'Service',
    kind: 'interval',
    default: '60s',
    says: 'How often Coupa is asked for what is pending.',
  },
  ...policyVariables,
  TEMPORAL_ADDRESS: {
    part: 'Temporal',
    kind: 'anything',
    says: 'The Temporal server as host:port; without address, profile and file an embedded one is started.',
  },
  TEMPORAL_NAMESPACE: {
    part: 'Temporal',
    kind: 'text',
    default: 'default',
    says: 'The namespace on that server.',
  },
  TEMPORAL_API_KEY: { part: 'Temporal', kind: 'anything', says: 'The key for Temporal Cloud.' },
  TEMPORAL_TLS: { part: 'Temporal', kind: 'anything', says: 'true or false: whether to connect with TLS.' },
  TEMPORAL_TLS_CLIENT_CERT_PATH: {
    part: 'Temporal',
    kind: 'anything',
    says: 'The file with the client certificate (PEM).',
  },
  TEMPORAL_TLS_CLIENT_CERT_DATA: {
    part: 'Temporal',
    kind: 'anything',
    says: 'The client certificate itself, instead of a file.',
  },
  TEMPORAL_TLS_CLIENT_KEY_PATH: {
    part: 'Temporal',
    kind: 'anything',
    says: "The file with the client certificate's key (PEM).",
  },
  TEMPORAL_TLS_CLIENT_KEY_DATA: {
    part: 'Temporal',
    kind: 'anything',
    says: 'That key itself, instead of a file.',
  },
  TEMPORAL_TLS_SERVER_CA_CERT_PATH: {
    part: 'Temporal',
    kind: 'anything',
    says: "The file with the certificate of the server's own authority (PEM).",
  },
  TEMPORAL_TLS_SERVER_CA_CERT_DATA: {
    part: 'Temporal',
    kind: 'anything',
    says: 'That certificate itself, instead of a file.',
  },
  TEMPORAL_TLS_SERVER_NAME: {
    part: 'Temporal',
    kind: 'anything',
    says: "The name expected in the server's certificate, when it is not that of the address.",
  },
  TEMPORAL_TLS_DISABLE_HOST_VERIFICATION: {
    part: 'Temporal',
    kind: 'anything',
    says: "true turns the check of the server's name off; for trials only.",
  },
  TEMPORAL_PROFILE: {
    part: 'Temporal',
    kind: 'anything',
    says: "The profile to take from Temporal's configuration file, which is read only when this or the next is set.",
  },
  TEMPORAL_CONFIG_FILE: {
    part: 'Temporal',
    kind: 'anything',
    says: "Where Temporal's configuration file is, when not in its usual place.",
  },
  TEMPORAL_CLI_PATH: {
    part: 'Temporal',
    kind: 'anything',
    says: 'The temporal command for the embedded server, when it is not on the PATH.',
  },
  TEMPORAL_TEST_SERVER_PATH: {
    part: 'Temporal',
    kind: 'anything',
    says: "Temporal's time-skipping test server, for the test suites.",
  },
} as const satisfies Readonly<Record<string, Variable>>;

/** The name of a variable. */
export type VariableName = keyof typeof variables;

/** The table in its order, for those who walk it. */
export const variableEntries: readonly (readonly [VariableName, Variable])[] = Object.entries<Variable>(
  variables,
).map(([name, variable]) => [name as VariableName, variable] as const);

/** Every name, in the table's order. */
export const variableNames: readonly VariableName[] = variableEntries.map(([name]) => name);
