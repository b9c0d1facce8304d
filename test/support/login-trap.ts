import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A server that nobody should ever visit: where a redirect leads that is not to be followed. */
export async function startTrap() {
  const visits: string[] = [];
  const server = createServer((request, response) => {
    visits.push(request.headers.authorization === undefined ? 'without credential' : 'with credential');
    response.writeHead(200, { 'content-type': 'text/html' }).end('<form>Sign in</form>');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    /** Every visit, and whether it carried a credential. */
    visits: (): readonly string[] => visits,
    async close(): Promise<void> {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

export type Trap = Awaited<ReturnType<typeof startTrap>>;
