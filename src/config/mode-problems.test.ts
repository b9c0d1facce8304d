import { describe, expect, it } from 'vitest';
import { loadConfig } from './load-config.ts';

const real = {
  COUPA_BASE_URL: 'https://acme.coupahost.com',
  COUPA_CLIENT_ID: 'client-1',
  COUPA_CLIENT_SECRET: 'coupa-hush',
  MOVEWORKS_EVENT_ID: 'event-1',
  MOVEWORKS_API_KEY: 'moveworks-hush',
  API_KEYS: 'a:0123456789abcdef',
  REFERENCE_SECRETS: 'r'.repeat(32),
};

function problemsOf(env: Record<string, string>): string[] {
  const loaded = loadConfig(env);
  return loaded.ok ? [] : loaded.problems.map(({ name, message }) => `${name} ${message}`);
}

describe('MODE=notify', () => {
  it('is refused without an event for notices, since the other one would show buttons', () => {
    expect(problemsOf({ ...real, MODE: 'notify' })).toEqual([
      expect.stringMatching(/^MOVEWORKS_NOTICE_EVENT_ID missing, and MODE=notify needs it: .*buttons/),
    ]);
  });

  it('is refused where the event for notices is the one with the buttons', () => {
    const env = { ...real, MODE: 'notify', MOVEWORKS_NOTICE_EVENT_ID: 'event-1' };
    expect(problemsOf(env)).toEqual([expect.stringMatching(/^MOVEWORKS_NOTICE_EVENT_ID the same as/)]);
  });

  it('is taken with an event of its own for notices, and in the sandbox, which brings one', () => {
    expect(problemsOf({ ...real, MODE: 'notify', MOVEWORKS_NOTICE_EVENT_ID: 'event-2' })).toEqual([]);
    expect(problemsOf({ MODE: 'notify' })).toEqual([]);
  });

  it.each(['decide', 'shadow'])('%s does without one', (MODE) => {
    expect(problemsOf({ ...real, MODE })).toEqual([]);
  });
});
