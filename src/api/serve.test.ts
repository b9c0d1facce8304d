import { once } from 'node:events';
import { connect } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { Hono } from 'hono';
import { serveApi, type ServedApi } from './serve.ts';
import { referenceTo, secret, testApi } from './test-api.ts';

const opened: ServedApi[] = [];

/** Something to wait for that a test lets happen. */
function gate() {
  let open: () => void = () => undefined;
  const passed = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { open, passed };
}

async function serve(app: Parameters<typeof serveApi>[0]['app']): Promise<ServedApi> {
  const served = await serveApi({ app, host: '127.0.0.1', port: 0 });
  opened.push(served);
  return served;
}

afterEach(async () => {
  await Promise.all(opened.splice(0).map((served) => served.close(0)));
});

describe('serveApi', () => {
  it('serves decisions over a socket, with an empty body of any type', async () => {
    const { app, engine } = testApi();
    engine.open(70002);
    const { url, port } = await serve(app);
    expect(url).toBe(`http://127.0.0.1:${port}`);
    const headers = { authorization: `Bearer ${secret}`, 'content-type': 'application/json' };
    const path = `${url}/approvals/${referenceTo(70002)}/approve`;
    expect((await fetch(path, { method: 'POST', headers })).status).toBe(200);
    expect((await fetch(path, { method: 'POST', headers, body: '{"reason":"ok"}' })).status).toBe(200);
    const large = await fetch(path, { method: 'POST', headers, body: 'x'.repeat(70_000) });
    expect(large.status).toBe(413);
    expect(large.headers.get('content-type')).toBe('application/problem+json');
    expect(engine.decisions.map(({ decision }) => decision.reason)).toEqual([undefined, 'ok']);
  });

  it('names the socket a wrong credential came from when no proxy is trusted', async () => {
    const { app, logged } = testApi();
    const { url } = await serve(app);
    const headers = { authorization: 'Bearer wrong', 'x-forwarded-for': '9.9.9.9' };
    expect((await fetch(`${url}/approvals`, { headers })).status).toBe(401);
    expect(logged[0]).toMatchObject({ fields: { from: '127.0.0.1' } });
  });

  it('rejects when the port is taken', async () => {
    const { app } = testApi();
    const { port } = await serve(app);
    await expect(serveApi({ app, host: '127.0.0.1', port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });

  it('lets a request under way finish, and takes no new one', async () => {
    const started = gate();
    const release = gate();
    const app = new Hono().get('/', async (c) => {
      started.open();
      await release.passed;
      return c.text('done');
    });
    const served = await serve(app);
    const under = fetch(served.url).then((response) => response.text());
    await started.passed;
    const closed = served.close(10_000);
    await expect(fetch(served.url)).rejects.toThrow();
    release.open();
    expect(await under).toBe('done');
    await closed;
  });

  it('cuts what does not finish in time, and what says nothing', async () => {
    const started = gate();
    const app = new Hono().get('/', () => {
      started.open();
      return new Promise<never>(() => undefined);
    });
    const served = await serve(app);
    const silent = connect(served.port, '127.0.0.1');
    await once(silent, 'connect');
    const under = expect(fetch(served.url)).rejects.toThrow();
    await started.passed;
    await served.close(20);
    await under;
    silent.destroy();
  });
});
