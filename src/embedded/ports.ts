import { once } from 'node:events';
import { createServer } from 'node:net';

/** How far above the wanted port a free one is looked for. */
const reach = 100;

export interface FreePortOptions {
  /** The port was asked for by name: take it or fail. */
  exact?: boolean;
}

/**
 * Finds a port to listen on: the preferred one if it is free on this host, else the next free one above it.
 *
 * @throws Error of one sentence when the port is taken and was asked for exactly, or when 100 above it are taken too
 */
export async function freePort(
  preferred: number,
  host: string,
  { exact = false }: FreePortOptions = {},
): Promise<number> {
  if (await canBind(preferred, host)) return preferred;
  if (exact) {
    throw new Error(
      `Port ${preferred} on ${host} is in use: stop what listens there, or choose another port.`,
    );
  }
  for (let port = preferred + 1; port <= Math.min(preferred + reach, 65_535); port += 1) {
    if (await canBind(port, host)) return port;
  }
  throw new Error(
    `Ports ${preferred} to ${preferred + reach} on ${host} are all in use: choose another port.`,
  );
}

async function canBind(port: number, host: string): Promise<boolean> {
  const probe = createServer();
  try {
    probe.listen({ port, host, exclusive: true });
    await once(probe, 'listening');
    return true;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'EADDRINUSE') return false;
    if (code === 'EACCES') {
      throw new Error(`Port ${port} on ${host} may not be used by this account: choose one above 1023.`, {
        cause: error,
      });
    }
    throw error;
  } finally {
    probe.close();
  }
}
