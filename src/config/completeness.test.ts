import { describe, expect, it } from 'vitest';
import { loadConfig } from './load-config.ts';

const coupa = {
  COUPA_BASE_URL: 'https://acme.coupahost.com',
  COUPA_CLIENT_ID: 'client-1',
  COUPA_CLIENT_SECRET: 'coupa-hush',
};
const moveworks = { MOVEWORKS_EVENT_ID: 'event-1', MOVEWORKS_API_KEY: 'moveworks-hush' };
const keys = { API_KEYS: 'a:0123456789abcdef', REFERENCE_SECRETS: 'r'.repeat(32) };

function problemsOf(env: Record<string, string>): string[] {
  const loaded = loadConfig(env);
  return loaded.ok
    ? []
    : loaded.problems.map(({ name, message }) => `${name} ${message.split(':')[0] ?? ''}`);
}

describe('a configuration of the real systems', () => {
  it('with Coupa alone says what Moveworks lacks', () => {
    expect(problemsOf({ ...coupa, ...keys })).toEqual([
      'MOVEWORKS_EVENT_ID missing, so Moveworks is incomplete',
      'MOVEWORKS_API_KEY missing, so Moveworks is incomplete',
    ]);
  });

  it('with Moveworks alone says what Coupa lacks', () => {
    expect(problemsOf({ ...moveworks, ...keys })).toEqual([
      'COUPA_BASE_URL missing, so Coupa is incomplete',
      'COUPA_CLIENT_ID missing, so Coupa is incomplete',
      'COUPA_CLIENT_SECRET missing, so Coupa is incomplete',
    ]);
  });

  it.each([...Object.entries(coupa), ...Object.entries(moveworks)])(
    'never falls back to the sandbox with %s alone',
    (name, value) => {
      expect(loadConfig({ [name]: value }).ok).toBe(false);
    },
  );

  it('needs API_KEYS and REFERENCE_SECRETS', () => {
    expect(problemsOf({ ...coupa, ...moveworks })).toEqual(['API_KEYS missing', 'REFERENCE_SECRETS missing']);
  });

  it('needs both halves of an OAuth client', () => {
    const env = { ...coupa, ...keys, MOVEWORKS_EVENT_ID: 'event-1' };
    expect(problemsOf({ ...env, MOVEWORKS_CLIENT_ID: 'x' })).toEqual([
      'MOVEWORKS_CLIENT_SECRET missing, so Moveworks is incomplete',
    ]);
    expect(problemsOf({ ...env, MOVEWORKS_CLIENT_SECRET: 'x' })).toEqual([
      'MOVEWORKS_CLIENT_ID missing, so Moveworks is incomplete',
    ]);
  });

  it('takes a key or an OAuth client, not both', () => {
    const problems = problemsOf({ ...coupa, ...moveworks, ...keys, MOVEWORKS_CLIENT_ID: 'x' });
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(/^MOVEWORKS_API_KEY given beside an OAuth client/);
  });
});

describe('advice', () => {
  const warningsOf = (env: Record<string, string>): string[] => loadConfig(env).warnings;

  it('says which settings have no effect in the sandbox', () => {
    expect(
      warningsOf({
        COUPA_SCOPES: 'core.user.read',
        MOVEWORKS_BASE_URL: 'https://api.uk.moveworks.com',
        MOVEWORKS_SLOTS: 'approval_id',
      }),
    ).toEqual([
      'COUPA_SCOPES has no effect in the sandbox',
      'MOVEWORKS_BASE_URL has no effect in the sandbox',
      'MOVEWORKS_SLOTS has no effect in the sandbox',
    ]);
  });

  it("says when a rate is above the vendor's limit", () => {
    const fast = { COUPA_REQUESTS_PER_SECOND: '26', MOVEWORKS_REQUESTS_PER_MINUTE: '121' };
    expect(warningsOf({ ...coupa, ...moveworks, ...keys, ...fast })).toEqual([
      'COUPA_REQUESTS_PER_SECOND is above the 25 that Coupa allows',
      'MOVEWORKS_REQUESTS_PER_MINUTE is above the 120 that Moveworks allows',
    ]);
    const full = { COUPA_REQUESTS_PER_SECOND: '25', MOVEWORKS_REQUESTS_PER_MINUTE: '120' };
    expect(warningsOf({ ...coupa, ...moveworks, ...keys, ...full })).toEqual([]);
  });

  it('says when notices would carry buttons', () => {
    const env = { ...coupa, ...moveworks, ...keys, MOVEWORKS_NOTICE_EVENT_ID: 'event-1' };
    expect(warningsOf(env)).toHaveLength(1);
  });

  it('says when requesters cannot be told although they should be', () => {
    const env = { ...coupa, ...moveworks, ...keys, NOTIFY_REQUESTER: 'all' };
    expect(warningsOf(env)).toEqual(['NOTIFY_REQUESTER has no effect without MOVEWORKS_NOTICE_EVENT_ID']);
    expect(warningsOf({ NOTIFY_REQUESTER: 'all' })).toEqual([]);
  });

  it('says when a credential for Temporal leads nowhere', () => {
    expect(warningsOf({ TEMPORAL_API_KEY: 'hush-hush' })).toEqual([
      'TEMPORAL_API_KEY has no effect without TEMPORAL_ADDRESS, TEMPORAL_PROFILE or TEMPORAL_CONFIG_FILE',
    ]);
    expect(warningsOf({ TEMPORAL_API_KEY: 'hush-hush', TEMPORAL_ADDRESS: 'a:7233' })).toEqual([]);
  });
});
