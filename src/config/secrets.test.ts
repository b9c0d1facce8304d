import { describe, expect, it } from 'vitest';
import { loadConfig } from './load-config.ts';
import { formatProblems } from './report.ts';

const good = '0123456789abcdef';

function problemsWith(env: Record<string, string>): string[] {
  const loaded = loadConfig(env);
  return loaded.ok ? [] : loaded.problems.map(({ message }) => message);
}

describe('API_KEYS', () => {
  it('takes several keys, and a secret with colons', () => {
    const loaded = loadConfig({ API_KEYS: `a.b_c-1:${good}, next:${good}:2 ` });
    expect(loaded.ok && loaded.config.api.keys.map(({ name, secret }) => [name, secret.reveal()])).toEqual([
      ['a.b_c-1', good],
      ['next', `${good}:2`],
    ]);
  });

  it.each([
    ['no name', good, 'entry 1 should be name:secret'],
    ['an empty name', `a:${good},:${good}x`, 'entry 2 should be name:secret'],
    ['a name with a blank', `a b:${good}`, 'entry 1 should be name:secret'],
    ['a secret of 15 characters', `a:${good.slice(1)}`, 'entry 1 should have a secret of at least 16'],
    ['a secret with a blank', `a:${good} ${good}`, 'entry 1 should have a secret of at least 16'],
    ['a name twice', `a:${good},a:${good}x`, 'entry 2 repeats the name'],
    ['a secret twice', `a:${good},b:${good}`, 'entry 2 repeats the secret'],
    ['nothing but commas', ',,', 'name:secret, or several'],
  ])('refuses %s', (_, text, expected) => {
    const [message, ...others] = problemsWith({ API_KEYS: text });
    expect(message).toContain(expected);
    expect(others).toEqual([]);
  });
});

describe('REFERENCE_SECRETS', () => {
  it('keeps their order, since the first signs', () => {
    const secrets = ['b'.repeat(32), 'a'.repeat(44)];
    const loaded = loadConfig({ REFERENCE_SECRETS: secrets.join(' , ') });
    expect(loaded.ok && loaded.config.references.secrets.map((secret) => secret.reveal())).toEqual(secrets);
  });

  it('names each entry that is too short, and how to make one', () => {
    const messages = problemsWith({ REFERENCE_SECRETS: `${'x'.repeat(31)},${'y'.repeat(32)},z` });
    expect(messages).toHaveLength(2);
    expect(messages[0]).toMatch(/^entry 1 .*openssl rand -base64 32$/);
    expect(messages[1]).toMatch(/^entry 3 /);
  });

  it('refuses a list without entries', () => {
    expect(problemsWith({ REFERENCE_SECRETS: ',' })).toHaveLength(1);
  });
});

describe('no problem, warning or printed configuration', () => {
  const hush = 'hush7hush';

  it('shows a secret that was refused (P9)', () => {
    const loaded = loadConfig({
      COUPA_CLIENT_SECRET: `${hush} ${hush}`,
      coupa_client_secret: `${hush}-other`,
      MOVEWORKS_API_KEY: `${hush}\n${hush}`,
      MOVEWORKS_CLIENT_SECRET: `${hush} x`,
      API_KEYS: `${hush},${hush}:${hush},x:${hush}`,
      REFERENCE_SECRETS: `${hush},${hush}`,
      COUPA_CLIENT_SECRETS: hush,
      TEMPORAL_API_KEY: hush,
      PUBLIC_URL: `https://user:${hush}@acme.com`,
      PILOT: hush,
    });
    expect(loaded.ok).toBe(false);
    const problems = loaded.ok ? [] : loaded.problems;
    expect(new Set(problems.map(({ name }) => name)).size).toBeGreaterThan(6);
    expect([formatProblems(problems), ...loaded.warnings].join('\n')).not.toContain(hush);
  });

  it('shows a secret that was accepted (P9)', () => {
    const loaded = loadConfig({ API_KEYS: `a:${hush}${hush}`, REFERENCE_SECRETS: hush.repeat(4) });
    expect(loaded.ok).toBe(true);
    expect(JSON.stringify(loaded)).toContain('[redacted]');
    expect(JSON.stringify(loaded)).not.toContain(hush);
  });
});
