import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import { getRequestListener } from '@hono/node-server';

/** The part of a Hono app that a server needs. */
interface Servable {
  readonly fetch: Parameters<typeof getRequestListener>[0];
}

export interface ServedApi {
  /** Where it can be reached from this machine. */
  readonly url: string;
  readonly port: number;
  /** Stops accepting, lets requests under way finish for `graceMs`, then closes every connection. */
  close(graceMs: number): Promise<void>;
}

/** A caller that trickles its request holds a socket no longer than this. */
const headersTimeoutMs = 10_000;
const requestTimeoutMs = 30_000;
const idleSweepMs = 50;

function urlOf(host: string, port: number): string {
  if (host === '0.0.0.0') return `http://127.0.0.1:${port}`;
  if (host === '::') return `http://[::1]:${port}`;
  return host.includes(':') ? `http://[${host}]:${port}` : `http://${host}:${port}`;
}

async function close(server: Server, graceMs: number): Promise<void> {
  if (!server.listening) return;
  const closed = once(server, 'close');
  server.close();
  // A connection kept alive becomes idle when its last request ends: it would hold the close up.
  const sweep = setInterval(() => {
    server.closeIdleConnections();
  }, idleSweepMs);
  const end = setTimeout(() => {
    server.closeAllConnections();
  }, graceMs);
  await closed;
  clearInterval(sweep);
  clearTimeout(end);
}

/** Serves the app on `host` and `port` (0: any free one). Rejects when the port is taken (`EADDRINUSE`). */
export async function serveApi(options: { app: Servable; host: string; port: number }): Promise<ServedApi> {
  const { app, host } = options;
  const listener = getRequestListener(app.fetch, { hostname: host });
  const server = createServer(
    { headersTimeout: headersTimeoutMs, requestTimeout: requestTimeoutMs },
    (incoming, outgoing) => {
      void listener(incoming, outgoing);
    },
  );
  server.listen(options.port, host);
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : options.port;
  return { url: urlOf(host, port), port, close: (graceMs) => close(server, graceMs) };
}
