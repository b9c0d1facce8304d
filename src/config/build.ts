import type { CoupaConfig, Config, MoveworksAuth, MoveworksConfig } from './config.ts';
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
    optionalScopes: optionalScopes(values.COUPA_SCOPES, values.CARD_FIELDS),
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
  const { TEMPORAL_ADDRESS: address, TEMPORAL_PROFILE: profile, TEMPORAL_CONFIG_FILE: file } = values;
  return {
    ...(coupa !== undefined && moveworks !== undefined
      ? { mode: 'real' as const, coupa, moveworks }
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
