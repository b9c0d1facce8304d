import { describe, expect, it } from 'vitest';
import { loadConcurConfig, loadConfig } from './load-config.ts';

const real = {
  COUPA_BASE_URL: 'https://acme.coupahost.com',
  COUPA_CLIENT_ID: 'client',
  COUPA_CLIENT_SECRET: 'secret',
  MOVEWORKS_EVENT_ID: 'event',
  MOVEWORKS_API_KEY: 'key',
  API_KEYS: 'plugin:a-secret-of-more-than-twenty-characters',
  REFERENCE_SECRETS: 'another-secret-of-more-than-thirty-two-characters',
};
const concur = {
  CONCUR_CLIENT_ID: 'app',
  CONCUR_CLIENT_SECRET: 'app-secret',
  CONCUR_COMPANY_UUID: '08BCA1E6-6E0B-4C1B-A6E0-0D5E6B1F0A11',
};

function concurOf(more: Record<string, string> = {}) {
  const loaded = loadConfig({ ...real, ...concur, ...more });
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems));
  return loaded.config.concur;
}

function problemsOf(more: Record<string, string>): string[] {
  const loaded = loadConfig({ ...real, ...concur, ...more });
  return loaded.ok ? [] : loaded.problems.map(({ name, message }) => `${name}: ${message}`);
}

describe('the configuration of SAP Concur', () => {
  it('is off without client id, secret and company UUID', () => {
    const loaded = loadConfig(real);
    expect(loaded.ok && loaded.config.concur).toBeUndefined();
  });

  it('has the global landing zone, a token file under the home and 90 days unless told', () => {
    expect(concurOf()).toMatchObject({
      authUrl: 'https://glz.api.concursolutions.com',
      companyUuid: '08bca1e6-6e0b-4c1b-a6e0-0d5e6b1f0a11',
      tokenFile: '.countersign/concur-token.json',
      followForMs: 90 * 86_400_000,
      uomField: 'uomCode',
      listFields: [],
    });
    expect(concurOf()?.handOff).toBeUndefined();
  });

  it('is refused when half made, naming what is missing', () => {
    const loaded = loadConfig({ ...real, CONCUR_CLIENT_ID: 'app' });
    expect(loaded.ok ? [] : loaded.problems.map(({ name }) => name)).toEqual([
      'CONCUR_CLIENT_SECRET',
      'CONCUR_COMPANY_UUID',
    ]);
  });

  it('alone never starts the sandbox: Coupa and Moveworks are asked for', () => {
    const loaded = loadConfig(concur);
    expect(loaded.ok ? [] : loaded.problems.map(({ name }) => name)).toContain('COUPA_BASE_URL');
  });

  it('alone is enough for the commands that set it up', () => {
    expect(loadConcurConfig(concur)).toMatchObject({ ok: true, concur: { clientId: 'app' } });
    expect(loadConcurConfig({})).toMatchObject({ ok: true, concur: undefined });
    expect(loadConcurConfig({ CONCUR_CLIENT_ID: 'app' })).toMatchObject({ ok: false });
  });

  it('refuses an address for tokens that is none of SAP’s', () => {
    expect(problemsOf({ CONCUR_AUTH_URL: 'https://evil.example' })).toHaveLength(1);
    expect(problemsOf({ CONCUR_AUTH_URL: 'https://cn.api.concurcdc.cn' })[0]).toContain('China');
  });

  it('knows both spellings of the unit of measure, and no third', () => {
    expect(concurOf({ CONCUR_UOM_FIELD: 'uoMCode' })?.uomField).toBe('uoMCode');
    expect(problemsOf({ CONCUR_UOM_FIELD: 'uomcode' })).toHaveLength(1);
  });

  it('reads which custom fields are tied to which list', () => {
    expect(concurOf({ CONCUR_LIST_FIELDS: 'custom1=abc-1, line.custom20=l2' })?.listFields).toEqual([
      { on: 'header', field: 'custom1', listId: 'abc-1' },
      { on: 'line', field: 'custom20', listId: 'l2' },
    ]);
    for (const wrong of ['custom25=a', 'line.custom21=a', 'custom0=a', 'custom1', 'colour=a']) {
      expect(problemsOf({ CONCUR_LIST_FIELDS: wrong }), wrong).toHaveLength(1);
    }
  });
});

describe('a setting of SAP Concur without effect', () => {
  const warningsOf = (env: Record<string, string>): readonly string[] => {
    const loaded = loadConfig(env);
    return loaded.ok ? loaded.warnings : [];
  };

  it('is named where Concur is not connected, and in the sandbox', () => {
    const more = { CONCUR_FOLLOW_FOR: '30d', CONCUR_REQUESTS_PER_MINUTE: '30' };
    expect(warningsOf({ ...real, ...more })).toEqual([
      'CONCUR_REQUESTS_PER_MINUTE has no effect without CONCUR_CLIENT_ID',
      'CONCUR_FOLLOW_FOR has no effect without CONCUR_CLIENT_ID',
    ]);
    expect(warningsOf(more)).toEqual([
      'CONCUR_REQUESTS_PER_MINUTE has no effect in the sandbox',
      'CONCUR_FOLLOW_FOR has no effect in the sandbox',
    ]);
    expect(warningsOf({ ...real, ...concur, ...more })).toEqual([]);
  });

  it('is a mapping file as long as nothing is handed over', () => {
    const mapping = { CONCUR_MAPPING_FILE: 'mapping.json' };
    expect(warningsOf({ ...real, ...concur, ...mapping })).toEqual([
      'CONCUR_MAPPING_FILE has no effect without CONCUR_HANDOFF_WHEN',
    ]);
    const when = { CONCUR_HANDOFF_WHEN: 'since=2026-12-01' };
    expect(warningsOf({ ...real, ...concur, ...mapping, ...when })).toEqual([]);
  });
});

describe('the condition of a hand-off', () => {
  it('has names in lower case, currencies in capitals and amounts as texts', () => {
    const when =
      'since=2026-12-01; supplier= Acme Office | Dell ; commodity=Laptops; currency=eur|USD; amount=100..5000.50';
    expect(concurOf({ CONCUR_HANDOFF_WHEN: when })?.handOff).toEqual({
      when: {
        since: '2026-12-01',
        suppliers: ['acme office', 'dell'],
        commodities: ['laptops'],
        currencies: ['EUR', 'USD'],
        atLeast: '100',
        atMost: '5000.50',
      },
      mappingFile: 'concur-mapping.json',
    });
  });

  it('needs no more than the day from which on', () => {
    expect(concurOf({ CONCUR_HANDOFF_WHEN: 'since=2026-12-01' })?.handOff?.when).toEqual({
      since: '2026-12-01',
      suppliers: [],
      commodities: [],
      currencies: [],
    });
  });

  it.each([
    ['supplier=Acme', 'since'],
    ['since=2026-02-31', 'since'],
    ['since=yesterday', 'since'],
    ['since=2026-12-01; colour=red', 'condition 2'],
    ['since=2026-12-01; supplier=', 'condition 2'],
    ['since=2026-12-01; currency=EUR; currency=USD', 'condition 3'],
    ['since=2026-12-01; currency=EUR; amount=5000', 'range'],
    ['since=2026-12-01; currency=EUR; amount=..', 'range'],
    ['since=2026-12-01; amount=..5000', 'currency'],
  ])('refuses "%s"', (text, says) => {
    expect(problemsOf({ CONCUR_HANDOFF_WHEN: text })[0]).toContain(says);
  });
});
