import { describe, expect, it } from 'vitest';
import type { Config, ConfigProblem } from './config.ts';
import type { Environment } from './gather.ts';
import { loadConfig } from './load-config.ts';

const referenceSecret = 'r'.repeat(32);

const real = {
  COUPA_BASE_URL: 'https://acme.coupahost.com',
  COUPA_CLIENT_ID: 'client-1',
  COUPA_CLIENT_SECRET: 'coupa-hush',
  MOVEWORKS_EVENT_ID: '2c4d3a30-5a1e-4a51-a1a4-4d7f5f6f7c11',
  MOVEWORKS_API_KEY: 'moveworks-hush',
  API_KEYS: 'creator-studio:0123456789abcdef',
  REFERENCE_SECRETS: referenceSecret,
};

function configOf(env: Environment): Config {
  const loaded = loadConfig(env);
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems));
  return loaded.config;
}

function problemsOf(env: Environment): ConfigProblem[] {
  const loaded = loadConfig(env);
  if (loaded.ok) throw new Error('expected problems');
  return loaded.problems;
}

const namesOf = (env: Environment): string[] => problemsOf(env).map(({ name }) => name);

describe('loadConfig', () => {
  it('gives the sandbox and every default for an empty environment', () => {
    expect(loadConfig({})).toEqual({
      ok: true,
      warnings: [],
      config: {
        mode: 'sandbox',
        api: { host: '127.0.0.1', port: 3000, portGiven: false, keys: [], trustProxy: 0 },
        references: { secrets: [] },
        policy: {
          mode: 'decide',
          allowSelfApproval: false,
          groupAskMax: 10,
          skipGroups: false,
          rejectReason: 'optional',
          notifyRequester: 'rejections',
          askMaxAgeMs: 2_592_000_000,
          remindAfterMs: [86_400_000, 172_800_000, 259_200_000],
          remindEveryMs: 604_800_000,
          quietHours: [
            { fromMinute: 0, toMinute: 480 },
            { fromMinute: 1_200, toMinute: 1_920 },
            { fromMinute: 2_640, toMinute: 3_360 },
            { fromMinute: 4_080, toMinute: 4_800 },
            { fromMinute: 5_520, toMinute: 6_240 },
            { fromMinute: 6_960, toMinute: 10_080 },
          ],
          cardFields: [
            'name',
            'quantity',
            'created-by',
            'amount',
            'last-comment',
            'approval-status',
            'requisition-id',
          ],
          cardActions: ['approve', 'reject'],
          timeZone: 'UTC',
          locale: 'en-US',
        },
        poll: { intervalMs: 60_000 },
        temporal: { external: false, namespace: 'default' },
        logLevel: 'info',
        home: '.countersign',
      },
    });
  });

  it('gives the real mode with the vendors and their defaults', () => {
    const config = configOf(real);
    expect(config.mode).toBe('real');
    expect(config.coupa).toMatchObject({
      baseUrl: 'https://acme.coupahost.com',
      clientId: 'client-1',
      scopes: [
        'core.approval.read',
        'core.approval.write',
        'core.requisition.read',
        'core.user.read',
        'core.user_group.read',
      ],
      tokenPath: '/oauth2/token',
      requestsPerSecond: 5,
    });
    expect(config.coupa?.clientSecret.reveal()).toBe('coupa-hush');
    expect(config.moveworks).toMatchObject({
      baseUrl: 'https://api.moveworks.ai',
      eventId: real.MOVEWORKS_EVENT_ID,
      auth: { kind: 'apiKey' },
      requestsPerMinute: 60,
      slots: ['approval_id'],
    });
    expect(config.moveworks).not.toHaveProperty('noticeEventId');
    expect(config.api.keys.map(({ name, secret }) => [name, secret.reveal()])).toEqual([
      ['creator-studio', '0123456789abcdef'],
    ]);
    expect(config.references.secrets.map((secret) => secret.reveal())).toEqual([referenceSecret]);
  });

  it('reads every setting that was given', () => {
    const config = configOf({
      ...real,
      MOVEWORKS_API_KEY: '',
      MOVEWORKS_CLIENT_ID: 'mw-client',
      MOVEWORKS_CLIENT_SECRET: 'mw-hush',
      MOVEWORKS_NOTICE_EVENT_ID: 'notice-1',
      MOVEWORKS_SLOTS: 'approver_email, requisition_id',
      COUPA_TOKEN_PATH: '/oauth2/access_tokens',
      COUPA_REQUESTS_PER_SECOND: '0.5',
      HOST: '[::1]',
      PORT: '3000',
      PUBLIC_URL: 'https://countersign.acme.com/approvals/',
      TRUST_PROXY: '2',
      POLL_INTERVAL: '5m',
      TIME_ZONE: 'europe/berlin',
      LOCALE: 'de_AT',
      REJECT_REASON: 'Required',
      PILOT: 'Jo@Acme.com; sam@acme.com, jo@acme.com',
      NOTIFY_REQUESTER: 'all',
      LOG_LEVEL: 'DEBUG',
      TEMPORAL_NAMESPACE: 'approvals',
    });
    expect(config.moveworks).toMatchObject({
      noticeEventId: 'notice-1',
      auth: { kind: 'oauth', clientId: 'mw-client' },
      slots: ['approval_id', 'requisition_id', 'approver_email'],
    });
    expect(config.coupa).toMatchObject({ tokenPath: '/oauth2/access_tokens', requestsPerSecond: 0.5 });
    expect(config.api).toMatchObject({
      host: '::1',
      port: 3000,
      portGiven: true,
      publicUrl: 'https://countersign.acme.com/approvals',
      trustProxy: 2,
    });
    expect(config.policy).toMatchObject({
      timeZone: 'Europe/Berlin',
      locale: 'de-AT',
      rejectReason: 'required',
      pilot: ['jo@acme.com', 'sam@acme.com'],
      notifyRequester: 'all',
    });
    expect(config).toMatchObject({
      poll: { intervalMs: 300_000 },
      logLevel: 'debug',
      temporal: { external: false, namespace: 'approvals' },
    });
  });

  it('reports every problem at once, in the order of the table', () => {
    const wrong = {
      COUPA_BASE_URL: 'http://acme.coupahost.com',
      COUPA_SCOPES: ',',
      COUPA_TOKEN_PATH: 'oauth2/token',
      COUPA_REQUESTS_PER_SECOND: '0',
      MOVEWORKS_BASE_URL: 'api.moveworks.ai',
      MOVEWORKS_EVENT_ID: '../x',
      MOVEWORKS_REQUESTS_PER_MINUTE: '1.5',
      MOVEWORKS_SLOTS: 'approval',
      API_KEYS: 'a:short',
      REFERENCE_SECRETS: 'short',
      HOST: 'a b',
      PORT: '70000',
      PUBLIC_URL: 'https://me:pw@acme.com',
      TRUST_PROXY: 'maybe',
      LOG_LEVEL: 'loud',
      POLL_INTERVAL: '60',
      TIME_ZONE: 'Mars/Olympus',
      LOCALE: 'e',
      REJECT_REASON: 'never',
      PILOT: 'jo',
      ASK_MAX_AGE: 'old',
      REMIND_AFTER: '72h,48h',
      REMIND_EVERY: '7',
      QUIET_HOURS: 'nights',
      CARD_FIELDS: 'colour',
      CARD_ACTIONS: 'ignore',
      ALLOW_SELF_APPROVAL: 'perhaps',
      NOTIFY_REQUESTER: 'some',
    };
    const missing = ['COUPA_CLIENT_ID', 'COUPA_CLIENT_SECRET', 'MOVEWORKS_API_KEY'];
    const names = namesOf(wrong);
    expect(new Set(names)).toEqual(new Set([...Object.keys(wrong), ...missing]));
    expect(names.slice(0, 4)).toEqual([
      'COUPA_BASE_URL',
      'COUPA_CLIENT_ID',
      'COUPA_CLIENT_SECRET',
      'COUPA_SCOPES',
    ]);
  });

  it('takes an empty or blank value for an absent one', () => {
    expect(configOf({ PORT: '', PILOT: '  ', COUPA_BASE_URL: '""', TIME_ZONE: "''" })).toEqual(configOf({}));
  });

  it.each(['on', 'true', '1', 'yes', 'TRUE'])('reads %s as a yes', (word) => {
    expect(configOf({ ALLOW_SELF_APPROVAL: word }).policy.allowSelfApproval).toBe(true);
  });

  it.each(['off', 'false', '0', 'no', 'Off'])('reads %s as a no', (word) => {
    expect(configOf({ ALLOW_SELF_APPROVAL: word, TRUST_PROXY: word })).toMatchObject({
      policy: { allowSelfApproval: false },
      api: { trustProxy: 0 },
    });
  });

  it('trusts one proxy when TRUST_PROXY is on', () => {
    expect(configOf({ TRUST_PROXY: 'on' }).api.trustProxy).toBe(1);
  });

  it.each(['TEMPORAL_ADDRESS', 'TEMPORAL_PROFILE', 'TEMPORAL_CONFIG_FILE'])(
    'counts Temporal as external when %s is given',
    (name) => {
      expect(configOf({ [name]: 'x' }).temporal.external).toBe(true);
    },
  );

  it('lets certificate data of several lines pass', () => {
    const env = { TEMPORAL_ADDRESS: 'a:7233', TEMPORAL_TLS_CLIENT_CERT_DATA: '-----BEGIN\nabc\n-----END' };
    expect(loadConfig(env)).toMatchObject({ ok: true, warnings: [] });
  });
});
