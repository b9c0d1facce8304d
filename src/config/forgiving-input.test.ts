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

describe('forgiving input', () => {
  it('takes a leading Bearer off keys', () => {
    const config = configOf({
      ...real,
      MOVEWORKS_API_KEY: 'Bearer  moveworks-hush',
      API_KEYS: 'a: bearer 0123456789abcdef ,',
    });
    expect(config.moveworks?.auth).toMatchObject({ kind: 'apiKey' });
    expect(config.moveworks?.auth.kind === 'apiKey' && config.moveworks.auth.apiKey.reveal()).toBe(
      'moveworks-hush',
    );
    expect(config.api.keys[0]?.secret.reveal()).toBe('0123456789abcdef');
  });

  it('reads scopes with commas, double spaces and repeats', () => {
    const scopes = 'core.approval.read,  core.approval.write core.approval.read,';
    expect(configOf({ ...real, COUPA_SCOPES: scopes }).coupa?.scopes).toEqual([
      'core.approval.read',
      'core.approval.write',
    ]);
  });

  it('takes blanks, quotes and trailing slashes off', () => {
    const config = configOf({
      ...real,
      COUPA_BASE_URL: ' "https://Acme.coupahost.com/coupa//" ',
      PORT: "'81'",
    });
    expect(config.coupa?.baseUrl).toBe('https://acme.coupahost.com/coupa');
    expect(config.api.port).toBe(81);
  });

  it.each(['http://localhost:4010', 'http://127.0.0.1:4010', 'http://[::1]:4010'])(
    'lets %s be http, since it is this machine',
    (url) => {
      expect(configOf({ ...real, COUPA_BASE_URL: url }).coupa?.baseUrl).toBe(url);
    },
  );

  it.each([
    'http://localhost.acme.com',
    'http://127.0.0.1.acme.com',
    'ftp://acme.com',
    'https://user@acme.com',
    'https://acme.com/?a=1',
    'https://acme.com/#a',
    'acme.com',
  ])('refuses %s as a base URL', (url) => {
    expect(namesOf({ ...real, COUPA_BASE_URL: url })).toEqual(['COUPA_BASE_URL']);
  });
});

describe("the guide's names", () => {
  const guide = {
    coupa_base_url: real.COUPA_BASE_URL,
    coupa_client_id: real.COUPA_CLIENT_ID,
    coupa_client_secret: real.COUPA_CLIENT_SECRET,
    coupa_scopes: 'core.approval.read',
    event_id: real.MOVEWORKS_EVENT_ID,
    event_api_key: 'Bearer moveworks-hush',
  };
  const keys = { API_KEYS: real.API_KEYS, REFERENCE_SECRETS: real.REFERENCE_SECRETS };

  it('configure the service by themselves, without a warning', () => {
    const loaded = loadConfig({ ...guide, ...keys });
    expect(loaded.warnings).toEqual([]);
    expect(configOf({ ...guide, ...keys })).toEqual(
      configOf({ ...real, COUPA_SCOPES: 'core.approval.read' }),
    );
  });

  it.each([
    ['coupa_base_url', 'COUPA_BASE_URL', 'https://other.coupahost.com'],
    ['coupa_client_id', 'COUPA_CLIENT_ID', 'other'],
    ['coupa_client_secret', 'COUPA_CLIENT_SECRET', 'other'],
    ['coupa_scopes', 'COUPA_SCOPES', 'core.user.read'],
    ['event_id', 'MOVEWORKS_EVENT_ID', 'other'],
    ['event_api_key', 'MOVEWORKS_API_KEY', 'other'],
  ])('%s beside another value of %s is a problem that shows neither', (alias, name, other) => {
    const problems = problemsOf({ ...guide, ...keys, [name]: other });
    expect(problems).toEqual([{ name, message: `has another value than ${alias}; keep one of the two` }]);
  });

  it('may stand beside ours with the same value', () => {
    expect(loadConfig({ ...real, event_id: real.MOVEWORKS_EVENT_ID })).toMatchObject({
      ok: true,
      warnings: [],
    });
  });

  it('are named in a problem when the value stands under them', () => {
    expect(namesOf({ ...guide, ...keys, coupa_base_url: 'acme' })).toEqual(['coupa_base_url']);
  });
});
