import { join } from 'node:path';
import type { ConcurConfig, CoupaConfig, Config, MoveworksAuth, MoveworksConfig } from './config.ts';
import { optionalScopes } from './optional-scopes.ts';
import type { Values } from './schema.ts';

function coupaOf(values: Values): CoupaConfig | undefined {
  const { COUPA_BASE_URL: baseUrl, COUPA_CLIENT_ID: clientId, COUPA_CLIENT_SECRET: clientSecret } = values;
  if (baseUrl === undefined || clientId === undefined || clientSecret === undefined) return undefined;
  return {
    baseUrl,
    clientId,
    clientSecret,
    scopes: values.COUPA_SCOPES,
    optionalScopes: optionalScopes(
      values.COUPA_SCOPES,
      values.CARD_FIELDS,
      concurOf(values)?.handOff !== undefined,
    ),
    tokenPath: values.COUPA_TOKEN_PATH,
    requestsPerSecond: values.COUPA_REQUESTS_PER_SECOND,
    ...(values.COUPA_API_LOGIN !== undefined && { apiLogin: values.COUPA_API_LOGIN }),
  };
}

function authOf(values: Values): MoveworksAuth | undefined {
  const {
    MOVEWORKS_API_KEY: apiKey,
    MOVEWORKS_CLIENT_ID: clientId,
    MOVEWORKS_CLIENT_SECRET: clientSecret,
  } = values;
  if (apiKey !== undefined) return { kind: 'apiKey', apiKey };
  if (clientId === undefined || clientSecret === undefined) return undefined;
  return { kind: 'oauth', clientId, clientSecret };
}

function moveworksOf(values: Values): MoveworksConfig | undefined {
  const auth = authOf(values);
  const { MOVEWORKS_EVENT_ID: eventId, MOVEWORKS_NOTICE_EVENT_ID: noticeEventId } = values;
  if (auth === undefined || eventId === undefined) return undefined;
  return {
    baseUrl: values.MOVEWORKS_BASE_URL,
    eventId,
    ...(noticeEventId !== undefined && { noticeEventId }),
    auth,
    requestsPerMinute: values.MOVEWORKS_REQUESTS_PER_MINUTE,
    slots: values.MOVEWORKS_SLOTS,
  };
}

/** Undefined where SAP Concur is not configured. */
export function concurOf(values: Values): ConcurConfig | undefined {
  const {
    CONCUR_CLIENT_ID: clientId,
    CONCUR_CLIENT_SECRET: clientSecret,
    CONCUR_COMPANY_UUID: companyUuid,
    CONCUR_COMPANY_REQUEST_TOKEN: requestToken,
    CONCUR_HANDOFF_WHEN: when,
  } = values;
  if (clientId === undefined || clientSecret === undefined || companyUuid === undefined) return undefined;
  return {
    authUrl: values.CONCUR_AUTH_URL,
    clientId,
    clientSecret,
    companyUuid,
    ...(requestToken !== undefined && { requestToken }),
    tokenFile: values.CONCUR_TOKEN_FILE ?? join(values.COUNTERSIGN_HOME, 'concur-token.json'),
    requestsPerMinute: values.CONCUR_REQUESTS_PER_MINUTE,
    followForMs: values.CONCUR_FOLLOW_FOR,
    uomField: values.CONCUR_UOM_FIELD,
    listFields: values.CONCUR_LIST_FIELDS ?? [],
    ...(when !== undefined && { handOff: { when, mappingFile: values.CONCUR_MAPPING_FILE } }),
  };
}

function apiOf(values: Values, portGiven: boolean): Config['api'] {
  const publicUrl = values.PUBLIC_URL;
  return {
    host: values.HOST,
    port: values.PORT,
    portGiven,
    keys: values.API_KEYS ?? [],
    ...(publicUrl !== undefined && { publicUrl }),
    trustProxy: values.TRUST_PROXY,
  };
}

function policyOf(values: Values): Config['policy'] {
  const { PILOT: pilot, REMIND_EVERY: remindEveryMs } = values;
  return {
    mode: values.MODE,
    allowSelfApproval: values.ALLOW_SELF_APPROVAL,
    groupAskMax: values.GROUP_ASK_MAX,
    skipGroups: values.SKIP_GROUPS,
    rejectReason: values.REJECT_REASON,
    notifyRequester: values.NOTIFY_REQUESTER,
    ...(pilot !== undefined && { pilot }),
    askMaxAgeMs: values.ASK_MAX_AGE,
    remindAfterMs: values.REMIND_AFTER,
    ...(remindEveryMs !== 'off' && { remindEveryMs }),
    quietHours: values.QUIET_HOURS,
    cardFields: values.CARD_FIELDS,
    cardActions: values.CARD_ACTIONS,
    timeZone: values.TIME_ZONE,
    locale: values.LOCALE,
  };
}

/** Puts checked values into the shape the rest of the service reads. `portGiven`: `PORT` was set by someone. */
export function buildConfig(values: Values, portGiven: boolean): Config {
  const coupa = coupaOf(values);
  const moveworks = moveworksOf(values);
  const concur = concurOf(values);
  const { TEMPORAL_ADDRESS: address, TEMPORAL_PROFILE: profile, TEMPORAL_CONFIG_FILE: file } = values;
  return {
    ...(coupa !== undefined && moveworks !== undefined
      ? { mode: 'real' as const, coupa, moveworks, ...(concur !== undefined && { concur }) }
      : { mode: 'sandbox' as const }),
    api: apiOf(values, portGiven),
    references: { secrets: values.REFERENCE_SECRETS ?? [] },
    policy: policyOf(values),
    poll: { intervalMs: values.POLL_INTERVAL },
    temporal: {
      external: address !== undefined || profile !== undefined || file !== undefined,
      namespace: values.TEMPORAL_NAMESPACE,
    },
    logLevel: values.LOG_LEVEL,
    home: values.COUNTERSIGN_HOME,
  };
}
