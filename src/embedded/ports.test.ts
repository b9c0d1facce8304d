import { once } from 'node:events';
import { createServer } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { freePort } from './ports.ts';

const host = '127.0.0.1';
const open: ReturnType<typeof createServer>[] = [];

async function listen(port: number): Promise<void> {
  const server = createServer();
  open.push(server);
  server.listen(port, host);
  await once(server, 'listening');
}

afterEach(async () => {
  await Promise.all(open.splice(0).map(async (server) => once(server.close(), 'close')));
});

it('gives the preferred port when it is free', async () => {
  const port = await freePort(21_300, host);
  expect(await freePort(port, host, { exact: true })).toBe(port);
});

it('gives a free port above the preferred one when that is taken', async () => {
  const taken = await freePort(21_400, host);
  await listen(taken);
  const port = await freePort(taken, host);
  expect(port).toBeGreaterThan(taken);
  await listen(port);
});

it('refuses in one sentence when the port was asked for by name', async () => {
  const taken = await freePort(21_500, host);
  await listen(taken);
  await expect(freePort(taken, host, { exact: true })).rejects.toThrow(
    `Port ${taken} on 127.0.0.1 is in use: stop what listens there, or choose another port.`,
  );
});

it('tells an address that this machine does not have from a port in use', async () => {
  await expect(freePort(21_600, '192.0.2.1')).rejects.toThrow(/EADDRNOTAVAIL/);
});
