import { once } from 'node:events';
import { connect } from 'node:net';
import { Connection } from '@temporalio/client';
import { msToTs } from '@temporalio/common/lib/time.js';

const dialWithinMs = 1_000;
const callWithinMs = 2_000;

export interface NamespaceAddress {
  host: string;
  port: number;
  namespace: string;
}

/** Whether a Temporal server listens there and knows the namespace. Takes 4 s at most, and never throws. */
export async function answersOn({ host, port, namespace }: NamespaceAddress): Promise<boolean> {
  // Asked first, since a gRPC channel that was refused once waits a second before it dials again.
  if (!(await accepts(host, port))) return false;
  try {
    await withConnection(`${host}:${port}`, (connection) =>
      connection.workflowService.describeNamespace({ namespace }),
    );
    return true;
  } catch {
    return false;
  }
}

/** Sets for how many days the namespace keeps closed workflows (the dev server's own value is one day). */
export async function keepClosedWorkflows(options: {
  address: string;
  namespace: string;
  days: number;
}): Promise<void> {
  const { address, namespace, days } = options;
  await withConnection(address, (connection) =>
    connection.workflowService.updateNamespace({
      namespace,
      config: { workflowExecutionRetentionTtl: msToTs(days * 24 * 60 * 60 * 1_000) },
    }),
  );
}

async function withConnection<T>(address: string, call: (connection: Connection) => Promise<T>): Promise<T> {
  const connection = await Connection.connect({ address, tls: false, connectTimeout: dialWithinMs });
  try {
    return await connection.withDeadline(Date.now() + callWithinMs, () => call(connection));
  } finally {
    await connection.close();
  }
}

/** Whether anything listens there. */
export async function accepts(host: string, port: number): Promise<boolean> {
  const socket = connect({ host, port, signal: AbortSignal.timeout(dialWithinMs) });
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}
