import { createServer } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import type { Hono } from 'hono';
import type { SandboxEnv } from './sandbox-env.ts';

/** A simulator that listens: where, and how to end it. */
export interface Sandbox {
  /** Base address without a trailing slash. */
  url: string;
  /** Stops listening, cuts every open connection and flushes the state. Safe to call twice. */
  close(): Promise<void>;
}

/**
 * Serves the app on host and port (0 takes a free one) and resolves once it listens.
 * `beforeClose` runs first on close, before connections are cut. Rejects when the port is taken.
 */
export async function listen(
  app: Hono<SandboxEnv>,
  address: { host: string; port: number },
  beforeClose: () => void,
): Promise<Sandbox> {
  const answer = getRequestListener(app.fetch, { overrideGlobalObjects: false });
  const server = createServer((incoming, outgoing) => void answer(incoming, outgoing));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(address.port, address.host, () => {
      server.off('error', reject);
      resolve();
    });
  });
  const bound = server.address();
  if (bound === null || typeof bound === 'string') throw new Error('The sandbox listens on no TCP port.');
  return {
    url: `http://${reachableHost(address.host)}:${bound.port}`,
    close: () => {
      beforeClose();
      return new Promise((resolve) => {
        server.close(() => resolve());
        // Clients keep connections alive; without this the close would wait for their time-outs.
        server.closeAllConnections();
      });
    },
  };
}

function reachableHost(host: string): string {
  if (host === '0.0.0.0' || host === '::') return '127.0.0.1';
  return host.includes(':') ? `[${host}]` : host;
}
