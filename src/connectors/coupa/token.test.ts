import { describe, expect, it } from 'vitest';
import { Secret } from '../../contract/secret.ts';
import { createHttp } from '../http/request.ts';
import { bodyOf, failureOf, startTestServer } from '../http/test-server.ts';
import { createCoupaMint, type CoupaCredential } from './token.ts';

const hourMs = 60 * 60_000;

/** A token endpoint that grants some scopes, and a mint at a time of the test's choosing. */
async function setUp(granted: Set<string>, credential: Partial<CoupaCredential> = {}) {
  const asked: string[] = [];
  const baseUrl = await startTestServer((request, response) => {
    void bodyOf(request).then((body) => {
      const scope = new URLSearchParams(body).get('scope') ?? '';
      asked.push(scope);
      const ok = scope.split(' ').every((one) => one === '' || granted.has(one));
      const answer = ok
        ? { access_token: 't', token_type: 'bearer', expires_in: 86_399 }
        : { error: 'invalid_scope' };
      response.writeHead(ok ? 200 : 400, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
    });
  });
  const http = createHttp({ vendor: 'coupa', baseUrl, timeoutMs: 5_000, maxBodyBytes: 100_000 });
  const clock = { nowMs: 0 };
  const minter = createCoupaMint(
    http,
    {
      clientId: 'c',
      clientSecret: new Secret('s'),
      scopes: ['read', 'write'],
      optionalScopes: ['comments'],
      tokenPath: '/oauth2/token',
      ...credential,
    },
    () => clock.nowMs,
  );
  return { asked, clock, minter, mint: () => minter.mint(new AbortController().signal) };
}

describe('createCoupaMint', () => {
  it('asks for the optional scopes beside the others, once each', async () => {
    const { asked, mint, minter } = await setUp(new Set(['read', 'write', 'comments']), {
      optionalScopes: ['comments, read'],
    });
    await mint();
    expect(asked).toEqual(['read write comments']);
    expect([minter.carries('comments'), minter.carries('other')]).toEqual([true, false]);
  });

  it('does without them where Coupa refuses, and asks for them again after an hour', async () => {
    const granted = new Set(['read', 'write']);
    const { asked, clock, mint, minter } = await setUp(granted);
    await mint();
    expect(asked.splice(0)).toEqual(['read write comments', 'read write']);
    expect([minter.carries('read'), minter.carries('comments')]).toEqual([true, false]);
    clock.nowMs = hourMs - 1;
    await mint();
    expect(asked.splice(0)).toEqual(['read write']);
    granted.add('comments');
    clock.nowMs = hourMs;
    await mint();
    expect(asked).toEqual(['read write comments']);
    expect(minter.carries('comments')).toBe(true);
  });

  it('fails when the scopes that it needs are refused too', async () => {
    const { asked, mint } = await setUp(new Set(['read', 'comments']));
    expect(String(await failureOf(mint()))).toContain('invalid_scope');
    expect(asked.slice(0, 2)).toEqual(['read write comments', 'read write']);
  });

  it('names the scopes that are missing, which Coupa does not, and looks for them once a minute', async () => {
    const granted = new Set(['core.approval.read']);
    const scopes = ['core.approval.read', 'core.requisition.read', 'core.user.read'];
    const { asked, clock, mint } = await setUp(granted, { scopes, optionalScopes: [] });
    const failure = String(await failureOf(mint()));
    expect(failure).toContain(
      'no token (invalid_scope); grant the client core.requisition.read, core.user.read,',
    );
    expect(asked.splice(0)).toEqual([scopes.join(' '), ...scopes]);
    expect(String(await failureOf(mint()))).toBe(failure);
    expect(asked.splice(0)).toEqual([scopes.join(' ')]);
    granted.add('core.user.read');
    clock.nowMs = 60_000;
    expect(String(await failureOf(mint()))).not.toContain('core.user.read');
    granted.add('core.requisition.read');
    expect((await mint()).token.reveal()).toBe('t');
  });

  it('does not repeat what somebody typed in the place of a scope (P9)', async () => {
    const { mint } = await setUp(new Set(), { scopes: ['My-S3cret!'], optionalScopes: [] });
    const failure = String(await failureOf(mint()));
    expect(failure).toContain('invalid_scope');
    expect(failure).not.toContain('S3cret');
  });

  it('names no scope where the client names none, since one alone would narrow the token to it', async () => {
    const { asked, mint, minter } = await setUp(new Set(), { scopes: [' '] });
    await mint();
    expect(asked).toEqual(['']);
    expect(minter.carries('comments')).toBe(true);
  });
});
