import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { once } from 'node:events';

/** One request that went over the wire to Coupa, with what came back from Coupa itself. */
export interface WireEntry {
  /** Counts arrivals and answers together: a request that arrived after an answer has the higher number. */
  readonly arrived: number;
  readonly atMs: number;
  readonly method: string;
  readonly path: string;
  /** The `reason` of a decision. */
  readonly reason: string | null;
  /** Set once Coupa has answered. */
  answered?: number;
  answeredAtMs?: number;
  /** Coupa's status; absent where the request was kept from it. */
  status?: number;
  /** Whoever asked did not get Coupa's own answer. */
  lost?: true;
  /** Coupa's JSON, of reads of one approval or one requisition. */
  body?: unknown;
}

/** What is to happen to the next requests of some kind; the oldest plan that fits is taken. */
export interface TapFault {
  readonly matches: (request: { readonly method: string; readonly path: string }) => boolean;
  /** `dropBefore`: cut off without an effect; `dropAfter`: cut off once Coupa has answered; `down`: a 503. */
  readonly kind: 'dropBefore' | 'dropAfter' | 'down';
  times: number;
}

const oneObject = /^\/api\/(approvals|requisitions)\/(\d+)(?:\/(approve|reject))?$/;

function objectOf(path: string): string | undefined {
  const [, kind, id] = oneObject.exec(path) ?? [];
  return kind === undefined || id === undefined ? undefined : `${kind}/${id}`;
}

/**
 * A wire tap in front of a Coupa: passes every request on, keeps what was asked of single approvals and requisitions
 * and what Coupa said, and loses requests or answers as planned. It listens on a free port of the loopback.
 */
export async function startCoupaTap(upstream: string) {
  const wire = new Map<string, WireEntry[]>();
  const faults: TapFault[] = [];
  let counted = 0;

  const takeFault = (request: { method: string; path: string }): TapFault['kind'] | undefined => {
    const fault = faults.find((planned) => planned.times > 0 && planned.matches(request));
    if (fault === undefined) return undefined;
    fault.times -= 1;
    if (fault.times === 0) faults.splice(faults.indexOf(fault), 1);
    return fault.kind;
  };

  async function pass(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const { method = 'GET', url = '/' } = incoming;
    const { pathname: path, searchParams } = new URL(url, upstream);
    const entry: WireEntry = {
      arrived: (counted += 1),
      atMs: Date.now(),
      method,
      path,
      reason: searchParams.get('reason'),
    };
    const about = objectOf(path);
    if (about !== undefined) wire.set(about, [...(wire.get(about) ?? []), entry]);
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    const fault = takeFault({ method, path });
    if (fault !== undefined) entry.lost = true;
    if (fault === 'dropBefore') return void incoming.socket.destroy();
    if (fault === 'down') return void outgoing.writeHead(503, { 'content-type': 'text/plain' }).end('down');

    const { host: _, connection: __, 'transfer-encoding': ___, ...headers } = incoming.headers;
    const answer = await fetch(new URL(url, upstream), {
      method,
      headers: Object.entries(headers).flatMap(([name, value]) =>
        typeof value === 'string' ? [[name, value] as [string, string]] : [],
      ),
      redirect: 'manual',
      ...(chunks.length === 0 ? {} : { body: Buffer.concat(chunks) }),
    });
    const text = await answer.text();
    entry.answered = counted += 1;
    entry.answeredAtMs = Date.now();
    entry.status = answer.status;
    if (about !== undefined && method === 'GET' && answer.ok) entry.body = JSON.parse(text) as unknown;
    if (fault === 'dropAfter') return void incoming.socket.destroy();
    const type = answer.headers.get('content-type');
    outgoing.writeHead(answer.status, type === null ? {} : { 'content-type': type }).end(text);
  }

  const server = createServer((incoming, outgoing) => {
    // A caller that hung up, or a Coupa that closed: the caller sees a cut connection, as on any network.
    pass(incoming, outgoing).catch(() => incoming.socket.destroy());
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the tap listens on no TCP port');

  return {
    url: `http://127.0.0.1:${address.port}`,
    plan: (fault: TapFault): void => void faults.push(fault),
    /** Forgets the plans that `isOver` names. */
    unplan: (isOver: (fault: TapFault) => boolean): void => {
      faults.splice(0, faults.length, ...faults.filter((fault) => !isOver(fault)));
    },
    about: (kind: 'approvals' | 'requisitions', id: number): readonly WireEntry[] =>
      wire.get(`${kind}/${id}`) ?? [],
    forget: (kind: 'approvals' | 'requisitions', id: number): void => void wire.delete(`${kind}/${id}`),
    async close(): Promise<void> {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
