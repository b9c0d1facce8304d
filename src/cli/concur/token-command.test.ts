import { describe, expect, it } from 'vitest';
import type { TokenState } from '../../connectors/concur/token/company-tokens.ts';
import { Secret } from '../../contract/secret.ts';
import { testTalk } from './test-talk.ts';
import { tokenCommand } from './token-command.ts';

const now = Date.parse('2026-11-22T12:00:00Z');
const days = (count: number) => now + count * 86_400_000;

const good: TokenState = {
  geolocation: 'https://us2.api.concursolutions.com',
  companyUuid: 'company-uuid',
  refreshExpiresAtMs: days(100),
  writtenAtMs: days(-1),
};

interface Scene {
  readonly state?: TokenState;
  readonly options?: Partial<Parameters<typeof tokenCommand>[1]>;
  readonly canExchange?: boolean;
  readonly answers?: string[];
  readonly interactive?: boolean;
}

async function asking({ state, options, canExchange = true, answers, interactive }: Scene) {
  const did: string[] = [];
  let stored = state;
  const renewed = { ...good, refreshExpiresAtMs: days(180), writtenAtMs: now };
  const script = testTalk({
    ...(answers === undefined ? {} : { answers }),
    ...(interactive === undefined ? {} : { interactive }),
  });
  const tokens = {
    state: () => stored,
    bootstrap: () => {
      did.push('exchanged');
      stored = renewed;
      return Promise.resolve(renewed);
    },
    access: () => {
      if (stored === undefined && !canExchange) return Promise.reject(new Error('get a request token'));
      did.push('renewed');
      stored = renewed;
      return Promise.resolve({ token: new Secret('access-token'), origin: good.geolocation });
    },
  };
  const deps = {
    tokens,
    tokenFile: '/nowhere/concur-token.json',
    canExchange,
    talk: script.talk,
    now,
    guard: <T>(work: Promise<T>) => work,
  };
  const code = await tokenCommand(deps, { anew: false, renew: false, yes: false, ...options });
  return { code, did, out: script.out(), said: script.said() };
}

describe('concur token', () => {
  it('shows how the token stands and touches nothing', async () => {
    const { code, did, out } = await asking({ state: good });
    expect(code).toBe(0);
    expect(did).toEqual([]);
    expect(out).toContain('https://us2.api.concursolutions.com');
    expect(out).toContain('company-uuid');
    expect(out).toContain('ends in 100 days (2027-03-02)');
  });

  it('exchanges the request token when there is no token yet', async () => {
    const { code, did, out } = await asking({});
    expect(code).toBe(0);
    expect(did).toEqual(['exchanged']);
    expect(out).toContain('ends in 180 days');
  });

  it('exchanges it when the refresh token has ended', async () => {
    const { did } = await asking({ state: { ...good, refreshExpiresAtMs: days(-2) } });
    expect(did).toEqual(['exchanged']);
  });

  it('says what to do when it has ended and there is no request token, and ends with 1', async () => {
    const { code, did, out, said } = await asking({
      state: { ...good, refreshExpiresAtMs: days(-2) },
      canExchange: false,
    });
    expect(code).toBe(1);
    expect(did).toEqual([]);
    expect(out).toContain('ended 2 days ago');
    expect(said).toContain('CONCUR_COMPANY_REQUEST_TOKEN');
  });

  it('says how to get a request token when there is neither', async () => {
    await expect(asking({ canExchange: false })).rejects.toThrow('get a request token');
  });

  it('takes a token for good whose end Concur did not say', async () => {
    const { refreshExpiresAtMs, ...endless } = good;
    const { did, out } = await asking({ state: endless });
    expect(refreshExpiresAtMs).toBeDefined();
    expect(did).toEqual([]);
    expect(out).toContain('did not say when it ends');
  });
});

describe('concur token --renew', () => {
  it('renews a good token now', async () => {
    const { code, did, out } = await asking({ state: good, options: { renew: true } });
    expect(code).toBe(0);
    expect(did).toEqual(['renewed']);
    expect(out).toContain('ends in 180 days');
    expect(out).not.toContain('access-token');
  });
});

describe('concur token --new', () => {
  it('asks first where there is a token, which may stop working', async () => {
    const yes = await asking({ state: good, options: { anew: true }, answers: ['y'] });
    expect(yes).toMatchObject({ code: 0, did: ['exchanged'] });
    const no = await asking({ state: good, options: { anew: true }, answers: [''] });
    expect(no).toMatchObject({ code: 1, did: [] });
  });

  it('needs --yes where nobody can be asked', async () => {
    const scene = { state: good, interactive: false };
    expect(await asking({ ...scene, options: { anew: true } })).toMatchObject({ code: 2, did: [] });
    const told = await asking({ ...scene, options: { anew: true, yes: true } });
    expect(told).toMatchObject({ code: 0, did: ['exchanged'] });
  });

  it('asks nothing where there is no token', async () => {
    expect(await asking({ options: { anew: true } })).toMatchObject({ code: 0, did: ['exchanged'] });
  });
});
