import { request } from 'node:http';
import { expect, onTestFinished, test } from 'vitest';
import { startConcurSandbox } from '../concur/start.ts';
import { startCoupaSandbox } from '../coupa/start.ts';
import { startMoveworksSandbox } from '../moveworks/start.ts';
import type { PageLinks } from './links.ts';

const links: PageLinks = {};

async function sandboxes() {
  const coupa = await startCoupaSandbox({ clientId: 'id', clientSecret: 'secret', links });
  onTestFinished(() => coupa.close());
  const moveworks = await startMoveworksSandbox({ apiKey: 'key', events: [], links });
  onTestFinished(() => moveworks.close());
  const client = { clientId: 'id', clientSecret: 'secret', companyUuid: 'company', requestToken: 'token' };
  const concur = await startConcurSandbox({ ...client, links });
  onTestFinished(() => concur.close());
  return { coupa: coupa.url, moveworks: moveworks.url, concur: concur.url };
}

/** The status that a request gets, whatever name it calls the server by: `fetch` lets nobody choose that. */
function statusOf(url: string, headers: Record<string, string>, method = 'GET'): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { method, headers }, (answer) => {
      answer.resume();
      resolve(answer.statusCode);
    });
    sent.on('error', reject);
    sent.end();
  });
}

const shown = ['/', '/sandbox/requests'];

test('many open pages are no leak that a warning is due for', async () => {
  const { coupa, moveworks, concur } = await sandboxes();
  const warnings: string[] = [];
  const note = ({ name }: Error) => warnings.push(name);
  process.on('warning', note);
  onTestFinished(() => void process.off('warning', note));
  const leave = new AbortController();
  for (const stream of [`${coupa}/events`, `${moveworks}/chat/events`, `${concur}/events`]) {
    for (let page = 0; page < 12; page += 1) {
      const { body } = await fetch(stream, { signal: leave.signal });
      await body?.getReader().read();
    }
  }
  leave.abort();
  expect(warnings).toEqual([]);
});

test('no page somewhere can plan faults or forget requests', async () => {
  const { coupa, moveworks, concur } = await sandboxes();
  const body = JSON.stringify({ route: '*', kind: 'status' });
  for (const url of [coupa, moveworks, concur]) {
    for (const headers of [{ 'Sec-Fetch-Site': 'cross-site' }, { Origin: 'https://elsewhere.test' }]) {
      const plan = { method: 'POST', body, headers: { ...headers, 'Content-Type': 'text/plain' } };
      expect((await fetch(`${url}/sandbox/faults`, plan)).status).toBe(403);
      expect((await fetch(`${url}/sandbox/requests`, { method: 'DELETE', headers })).status).toBe(403);
    }
    expect((await fetch(`${url}/sandbox/faults`, { method: 'POST', body })).status).toBe(201);
  }
});

test('no name that somebody made lead here is answered (DNS rebinding)', async () => {
  const { coupa, moveworks, concur } = await sandboxes();
  for (const url of [coupa, moveworks, concur]) {
    const { port } = new URL(url);
    for (const path of shown) {
      for (const name of [
        'elsewhere.test',
        'localhost.elsewhere.test',
        '127.0.0.1.elsewhere.test',
        'notlocalhost',
      ]) {
        expect([name, await statusOf(url + path, { Host: `${name}:${port}` })]).toEqual([name, 403]);
      }
    }
    const form = { Host: `elsewhere.test:${port}`, Origin: `http://elsewhere.test:${port}` };
    expect(await statusOf(`${url}/sandbox/faults`, form, 'POST')).toBe(403);
  }
});

test('its own names are, and those that it is told', async () => {
  const { coupa, moveworks, concur } = await sandboxes();
  // As `main.ts` does, once it knows.
  links.chat = 'https://chat.acme.test';
  for (const url of [coupa, moveworks, concur]) {
    for (const path of shown) {
      for (const Host of [
        'localhost:1',
        '127.0.0.1',
        '[::1]:4',
        'a.localhost',
        '192.0.2.7',
        'CHAT.acme.test',
      ]) {
        expect([Host, await statusOf(url + path, { Host })]).toEqual([Host, 200]);
      }
    }
  }
});
