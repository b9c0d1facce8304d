import { describe, expect, it } from 'vitest';
import { optionalScopes } from './optional-scopes.ts';
import { configOf } from './test-config.ts';

const real = {
  COUPA_BASE_URL: 'https://acme.coupahost.com',
  COUPA_CLIENT_ID: 'client',
  COUPA_CLIENT_SECRET: 'secret',
  MOVEWORKS_EVENT_ID: '00000000-0000-4000-8000-000000000001',
  MOVEWORKS_API_KEY: 'key',
  API_KEYS: 'chat:0123456789abcdef0123456789abcdef',
  REFERENCE_SECRETS: '0123456789abcdef0123456789abcdef',
  CARD_FIELDS: 'amount',
  CONCUR_CLIENT_ID: 'app',
  CONCUR_CLIENT_SECRET: 'app-secret',
  CONCUR_COMPANY_UUID: '08BCA1E6-6E0B-4C1B-A6E0-0D5E6B1F0A11',
};

describe('optional scopes', () => {
  it('are those for reading comments where a card shows one, unless they are asked for anyway', () => {
    expect(optionalScopes([], ['last-comment'])).toEqual(['core.comment.read']);
    expect(optionalScopes(['core.comment.read'], ['last-comment'])).toEqual([]);
    expect(optionalScopes([], ['amount'])).toEqual([]);
  });

  it('are those for reading and writing comments where requisitions go to SAP Concur', () => {
    expect(optionalScopes([], ['amount'], true)).toEqual(['core.comment.read', 'core.comment.write']);
    expect(optionalScopes(['core.comment.write'], ['last-comment'], true)).toEqual(['core.comment.read']);
  });

  it('are asked of Coupa only once requisitions go to SAP Concur', () => {
    expect(configOf(real).coupa?.optionalScopes).toEqual([]);
    expect(configOf({ ...real, CONCUR_HANDOFF_WHEN: 'since=2026-01-31' }).coupa?.optionalScopes).toEqual([
      'core.comment.read',
      'core.comment.write',
    ]);
  });
});
