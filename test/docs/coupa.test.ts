import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { loadConfig } from '../../src/config/load-config.ts';
import { scopeFor } from '../../src/connectors/coupa/scope-for.ts';

const guide = readFileSync(new URL('../../docs/coupa.md', import.meta.url), 'utf8');
const example = readFileSync(new URL('../../.env.example', import.meta.url), 'utf8');

/** What the first column of the table below a heading names in code. */
function firstColumn(heading: string): string[] {
  const section = guide.split(`## ${heading}\n`)[1]?.split('\n## ')[0] ?? '';
  return [...section.matchAll(/^\| `([^`]+)`/gm)].map(([, name = '']) => name);
}

const connected = loadConfig({
  COUPA_BASE_URL: 'https://acme.coupahost.com',
  COUPA_CLIENT_ID: 'client',
  COUPA_CLIENT_SECRET: 'secret',
  MOVEWORKS_EVENT_ID: 'event',
  MOVEWORKS_API_KEY: 'key',
  API_KEYS: 'plugin:a-secret-of-more-than-twenty-characters',
  REFERENCE_SECRETS: 'another-secret-of-more-than-thirty-two-characters',
});

describe('the Coupa guide', () => {
  it('names the scopes that are asked for, and no other', () => {
    const coupa = connected.ok ? connected.config.coupa : undefined;
    expect(firstColumn('2. Scopes').sort()).toEqual(
      [...(coupa?.scopes ?? []), ...(coupa?.optionalScopes ?? [])].sort(),
    );
  });

  it('names no variable that there is not', () => {
    const named = [...guide.matchAll(/`([A-Z][A-Z_]{3,})(?:=[^`]*)?`/g)].map(([, name = '']) => name);
    const known = new Set([...example.matchAll(/^# ([A-Z_]+)=/gm)].map(([, name]) => name));
    expect(named.length).toBeGreaterThan(10);
    expect(named.filter((name) => !known.has(name) && name !== 'POST')).toEqual([]);
  });

  it('names the scope that each route needs, as errors name it', () => {
    const operations = [
      'GET /api/approvals',
      'GET /api/requisitions/:id',
      'PUT /api/approvals/:id/approve',
      'GET /api/users',
      'GET /api/user_groups/:id',
      'GET /api/requisitions/:id/comments',
    ];
    const scopes = operations.map((operation) => scopeFor(operation));
    expect(firstColumn('2. Scopes')).toEqual(expect.arrayContaining(scopes));
  });
});
