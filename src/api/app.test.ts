import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { referenceTo, secret, testApi } from './test-api.ts';

const basic = (text: string) => `Basic ${Buffer.from(text).toString('base64')}`;

describe('authentication', () => {
  it.each([
    ['Bearer', `Bearer ${secret}`],
    ['bearer of an older key', 'bearer an-older-secret-of-32-characters!!'],
    ['Basic with name and secret', basic(`moveworks:${secret}`)],
  ])('lets in %s', async (_name, authorization) => {
    const { anonymous } = testApi();
    expect((await anonymous('GET', '/approvals', { headers: { authorization } })).status).toBe(200);
  });

  it.each([
    ['nothing', undefined],
    ['a wrong secret', 'Bearer wrong'],
    ['no secret', 'Bearer '],
    ['a name with the secret of another', basic(`older:${secret}`)],
    ['an unknown name', basic(`nobody:${secret}`)],
    ['Basic without a colon', basic(secret)],
    ['another scheme', `Digest ${secret}`],
    ['the bare secret', secret],
  ])('answers 401 for %s, and says what it takes', async (_name, authorization) => {
    const { anonymous } = testApi();
    const headers: Record<string, string> = authorization === undefined ? {} : { authorization };
    const got = await anonymous('GET', '/approvals', { headers });
    expect(got.problem().type).toBe('urn:countersign:problem:unauthorized');
    expect(got.status).toBe(401);
    expect(got.header('www-authenticate')).toMatch(/^Bearer .*, Basic /);
  });

  it.each([
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
    { origin: 'https://elsewhere.example', host: 'countersign.example' },
    { origin: 'null', host: 'countersign.example' },
  ])('is not what a browser adds to the form of another page (%j)', async (page) => {
    const { engine, anonymous } = testApi();
    engine.open(70002);
    const approve = `/approvals/70002/approve?approver_email=jamie@example.com`;
    const press = (authorization: string, headers: Record<string, string>) =>
      anonymous('POST', approve, { headers: { ...headers, authorization } });
    const typedIn = basic(`moveworks:${secret}`);
    expect((await press(typedIn, page)).problem().status).toBe(401);
    expect(engine.decisions).toEqual([]);
    // A browser adds no Bearer by itself, programs name no page, and reading changes nothing.
    expect((await press(`Bearer ${secret}`, page)).status).toBe(200);
    expect((await press(typedIn, {})).status).toBe(200);
    expect((await press(typedIn, { 'sec-fetch-site': 'none' })).status).toBe(200);
    const headers = { ...page, authorization: typedIn };
    expect((await anonymous('GET', '/approvals', { headers })).status).toBe(200);
  });

  it('comes before everything else, so that a stranger learns nothing', async () => {
    const { anonymous } = testApi();
    for (const [method, path] of [
      ['PUT', '/approvals'],
      ['GET', '/nothing'],
      ['POST', '/approvals/x/approve'],
    ] as const) {
      expect((await anonymous(method, path)).status).toBe(401);
    }
  });

  it('logs a refused credential with where it came from, as far as proxies are trusted', async () => {
    const headers = { authorization: 'Bearer wrong', 'x-forwarded-for': '1.1.1.1, 2.2.2.2, 3.3.3.3' };
    for (const [trustProxy, from] of [
      [0, null],
      [1, '3.3.3.3'],
      [2, '2.2.2.2'],
      [4, null],
    ] as const) {
      const { anonymous, logged } = testApi({ trustProxy });
      await anonymous('GET', '/approvals', { headers });
      expect(logged[0]).toMatchObject({ fields: { from }, message: 'refused a credential' });
    }
  });
});

describe('health', () => {
  it.each(['/', '/livez', '/readyz'])('answers %s to everybody', async (path) => {
    const { anonymous } = testApi();
    const got = await anonymous('GET', path);
    expect(got.status).toBe(200);
    expect(got.json()).toEqual({ status: 'ok' });
    expect((await anonymous('HEAD', path)).status).toBe(200);
  });

  it('is alive but not ready without Temporal', async () => {
    const { engine, anonymous } = testApi();
    engine.down.add('ready');
    expect((await anonymous('GET', '/livez')).status).toBe(200);
    expect((await anonymous('GET', '/readyz')).problem().status).toBe(503);
  });

  it('is not ready while it stops', async () => {
    const { anonymous } = testApi({ draining: AbortSignal.abort() });
    const got = await anonymous('GET', '/readyz');
    expect(got.problem().status).toBe(503);
    expect(got.header('retry-after')).toBe('1');
  });
});

describe('POST /poll', () => {
  it('wakes the poll, whatever the body is', async () => {
    const { engine, send } = testApi();
    for (const type of ['application/json', 'text/xml', 'nonsense']) {
      const got = await send('POST', '/poll', { body: '<x', headers: { 'content-type': type } });
      expect(got.status).toBe(202);
      expect(got.json()).toEqual({ status: 'accepted' });
    }
    await send('POST', '/poll');
    expect(engine.polls).toBe(4);
  });

  it('answers 413 above 64 KiB and 503 without Temporal', async () => {
    const { engine, send } = testApi();
    expect((await send('POST', '/poll', { body: 'x'.repeat(65_537) })).problem().status).toBe(413);
    engine.down.add('wakePoll');
    expect((await send('POST', '/poll')).problem().status).toBe(503);
    expect(engine.polls).toBe(0);
  });
});

describe('every answer', () => {
  it.each([
    ['POST', '/approvals', 'GET, HEAD'],
    ['GET', `/approvals/${referenceTo(1)}/approve`, 'POST'],
    ['DELETE', '/approvals/1', 'GET, HEAD'],
    ['PUT', `/approvals/${referenceTo(1)}/decision`, 'POST'],
    ['GET', '/notifications', 'POST'],
    ['GET', '/poll', 'POST'],
  ])('is 405 with Allow for %s %s', async (method, path, allow) => {
    const { engine, send } = testApi();
    const got = await send(method, path);
    expect(got.problem().status).toBe(405);
    expect(got.header('allow')).toBe(allow);
    expect(engine.decisions).toEqual([]);
  });

  it('is a problem for an unknown path, which a path with a slash at its end is', async () => {
    const { send } = testApi();
    expect((await send('GET', '/nothing')).problem().type).toBe('urn:countersign:problem:not-found');
    expect((await send('GET', '/approvals/')).problem().status).toBe(404);
  });

  it('is 500 without the inner message, which the log does not hold either', async () => {
    const { engine, logged, send } = testApi();
    engine.open(70002);
    engine.broken.add('decide');
    const got = await send('POST', `/approvals/${referenceTo(70002)}/approve`);
    expect(got.problem().type).toBe('urn:countersign:problem:internal');
    expect(got.text + JSON.stringify(logged)).not.toContain('jamie');
    expect(JSON.stringify(logged)).toContain('test-engine.ts');
  });

  it.each(['/', '/approvals', '/nothing', '/approvals/x'])(
    'has strict headers and is never cached: %s',
    async (path) => {
      const { send } = testApi();
      const got = await send('GET', path);
      expect(got.header('cache-control')).toBe('no-store');
      expect(got.header('x-content-type-options')).toBe('nosniff');
      expect(got.header('content-security-policy')).toBe(
        "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
      );
      expect(got.header('content-type')).toMatch(/^application\/(problem\+)?json/);
    },
  );

  it.each([
    ['abc.DEF-1_2', true],
    ['x'.repeat(64), true],
    ['x'.repeat(65), false],
    ['two words', false],
    ['a"b', false],
  ])('carries the request id %s only if it is fit to repeat', async (id, kept) => {
    const { anonymous } = testApi();
    const got = await anonymous('GET', '/nothing', { headers: { 'x-request-id': id } });
    expect(got.header('x-request-id') === id).toBe(kept);
    expect(got.problem().instance).toBe(`urn:request:${got.header('x-request-id') ?? ''}`);
  });
});

describe('the access log', () => {
  it('has one line a request, with the pattern of the path and nothing personal (P9)', async () => {
    const { engine, logged, send, anonymous } = testApi();
    engine.open(70002);
    const headers = { 'x-request-id': 'r1', 'content-type': 'application/json' };
    const path = `/approvals/${referenceTo(70002)}/approve?approver_email=jamie@example.com`;
    await send('POST', path, { headers, body: '{"reason":"secret plan"}' });
    await anonymous('GET', '/approvals/70002', { headers });
    await send('GET', '/nothing/jamie@example.com', { headers });
    await send('PUT', '/approvals/70002', { headers });
    const durationMs = expect.any(Number) as number;
    const line = { requestId: 'r1', durationMs, caller: 'moveworks' };
    expect(logged.map(({ fields }) => fields)).toEqual([
      { ...line, method: 'POST', route: '/approvals/:ref/approve', status: 200 },
      { ...line, method: 'GET', route: '/approvals/:id', status: 401, caller: null },
      { ...line, method: 'GET', route: 'unmatched', status: 404 },
      { ...line, method: 'PUT', route: 'unmatched', status: 405 },
    ]);
  });
});

describe('/openapi.json', () => {
  const documentShape = z.object({
    openapi: z.literal('3.1.0'),
    paths: z.record(
      z.string(),
      z.record(z.string(), z.object({ responses: z.record(z.string(), z.unknown()) })),
    ),
  });

  it('describes every route with its problems, and is open to everybody', async () => {
    const { anonymous } = testApi();
    const { paths } = documentShape.parse((await anonymous('GET', '/openapi.json')).json());
    const responses = Object.entries(paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, route]) => [
        `${method} ${path}`,
        Object.keys(route.responses).map(Number),
      ]),
    );
    const decision = [200, 202, 401, 403, 404, 409, 413, 415, 422, 500, 503];
    expect(Object.fromEntries(responses)).toEqual({
      'get /': [200],
      'get /livez': [200],
      'get /readyz': [200, 500, 503],
      'get /approvals': [200, 401, 422, 500, 503],
      'get /approvals/{id}': [200, 401, 403, 404, 422, 500, 503],
      'post /approvals/{ref}/approve': decision,
      'post /approvals/{ref}/reject': decision,
      'post /approvals/{ref}/decision': decision,
      'post /notifications': [200, 202, 401, 404, 409, 413, 415, 422, 500, 502, 503],
      'post /poll': [202, 401, 413, 500, 503],
      'post /purchase-requests': [202, 401, 409, 413, 415, 422, 500, 501, 503],
      'get /purchase-requests': [200, 401, 422, 500, 503],
      'get /purchase-requests/{id}': [200, 401, 404, 500, 503],
      'post /purchase-requests/{id}/resolve': [202, 401, 404, 409, 413, 415, 422, 500, 501, 503],
    });
  });
});
