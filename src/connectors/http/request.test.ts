import { describe, expect, it } from 'vitest';
import { Secret } from '../../contract/secret.ts';
import { fixedBearer, type Bearer } from './bearer.ts';
import { TerminalError } from './errors.ts';
import type { HttpCall, HttpOptions } from './http-types.ts';
import { createHttp } from './request.ts';
import { bodyOf, failureOf, startTestServer } from './test-server.ts';

const READ: HttpCall = { method: 'GET', path: '/things/7', operation: 'GET /things/:id', effect: 'read' };
const WRITE: HttpCall = { ...READ, method: 'PUT', operation: 'PUT /things/:id', effect: 'write' };

function httpFor(baseUrl: string, more: Partial<HttpOptions> = {}) {
  return createHttp({ vendor: 'acme', baseUrl, timeoutMs: 5000, maxBodyBytes: 1000, ...more });
}

describe('createHttp', () => {
  it('sends method, path under a base path, query, JSON and credential, and gives parsed JSON back', async () => {
    const seen: unknown[] = [];
    const url = await startTestServer((request, response) => {
      void bodyOf(request).then((body) => {
        const { accept, authorization } = request.headers;
        seen.push(request.method, request.url, accept, authorization, request.headers['content-type'], body);
        response.writeHead(200, {
          'content-type': 'application/vnd.acme+json; charset=utf-8',
          'x-request-id': 'r-9',
        });
        response.end('{"ok":true}');
      });
    });
    const http = httpFor(`${url}/v1/`, { authorize: fixedBearer(new Secret('Bearer bearer k3y')) });
    const answer = await http({ ...WRITE, query: { q: 'a b' }, json: { n: 1 } });
    expect(answer).toMatchObject({ status: 200, body: { ok: true }, requestId: 'r-9' });
    expect(seen).toEqual([
      'PUT',
      '/v1/things/7?q=a%20b',
      'application/json',
      'Bearer k3y',
      'application/json',
      '{"n":1}',
    ]);
  });

  it('takes an empty 2xx body of any type as undefined', async () => {
    const url = await startTestServer((_request, response) => response.writeHead(204).end());
    expect(await httpFor(url)(WRITE)).toMatchObject({ status: 204, body: undefined });
  });

  it('renews the credential once after a 401, also for a write, since nothing was done', async () => {
    let calls = 0;
    const url = await startTestServer((request, response) => {
      calls += 1;
      response.writeHead(request.headers.authorization === 'Bearer new' ? 204 : 401).end();
    });
    expect(await httpFor(url, { authorize: twoTokens('old', 'new') })(WRITE)).toMatchObject({ status: 204 });
    expect(calls).toBe(2);
  });

  it('gives up with a TerminalError when the renewed credential is refused as well', async () => {
    let calls = 0;
    const url = await startTestServer((_request, response) => {
      calls += 1;
      response.writeHead(401).end();
    });
    expect(await failureOf(httpFor(url, { authorize: twoTokens('a', 'b') })(READ))).toBeInstanceOf(
      TerminalError,
    );
    expect(calls).toBe(2);
  });

  it('never follows a redirect', async () => {
    let calls = 0;
    const url = await startTestServer((_request, response) => {
      calls += 1;
      response.writeHead(302, { location: '/elsewhere' }).end();
    });
    expect(await failureOf(httpFor(url)(READ))).toMatchObject({ name: 'TerminalError', status: 302 });
    expect(calls).toBe(1);
  });

  it('hands an accepted status to the caller even when its body is no JSON', async () => {
    const url = await startTestServer((_request, response) => {
      response.writeHead(404, { 'content-type': 'text/html' }).end('<p>nothing here</p>');
    });
    expect(await httpFor(url)({ ...READ, accept: [404] })).toMatchObject({ status: 404, body: undefined });
  });

  it('reports a credential that no header can carry without showing it (P9)', async () => {
    const http = httpFor('http://127.0.0.1:9', { authorize: fixedBearer(new Secret('s3cret\nkey')) });
    const failure = await failureOf(http(WRITE));
    expect(failure).toBeInstanceOf(TerminalError);
    expect(String(failure)).not.toContain('s3cret');
  });

  it('shows neither path, query nor body in its errors (P9)', async () => {
    const url = await startTestServer((_request, response) => {
      response.writeHead(500, { 'content-type': 'application/json' }).end('{"who":"ada@example.test"}');
    });
    const failure = await failureOf(httpFor(url)({ ...READ, query: { email: 'ada@example.test' } }));
    expect(String(failure)).toBe('RetryableError: acme GET /things/:id: HTTP 500; try again');
  });
});

function twoTokens(first: string, second: string): Bearer {
  const tokens = [new Secret(first), new Secret(second)];
  return {
    token: () => Promise.resolve(tokens[0] ?? new Secret('none left')),
    refused: () => {
      tokens.shift();
      return 'retry';
    },
  };
}
