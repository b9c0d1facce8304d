import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';
import { Client, Connection } from '@temporalio/client';
import { NativeConnection, Runtime, Worker } from '@temporalio/worker';
import { floorActivities } from '../floor/activities.ts';
import { floorDecide, floorQueues, floorSettled, floorWorkflowId } from '../floor/contract.ts';
import { serveParent } from './serve-parent.ts';

/**
 * The plain Temporal floor as a process of its own: a worker for each queue and an HTTP route for the press, as
 * Countersign has them, around a workflow with nothing in it.
 */

const address = process.argv[2] ?? '';
Runtime.install({ shutdownSignals: [], telemetryOptions: { logging: { filter: 'ERROR' } } });
const connection = await NativeConnection.connect({ address });
const client = new Client({ connection: await Connection.connect({ address }) });
const activities = floorActivities({ client, asked: (id) => process.send?.({ asked: id }) });

const queues = Object.values(floorQueues).map((taskQueue) =>
  Worker.create({
    connection,
    taskQueue,
    activities,
    ...(taskQueue === floorQueues.workflows
      ? { workflowsPath: fileURLToPath(new URL('../floor/workflows.ts', import.meta.url)) }
      : {}),
  }),
);
for (const worker of await Promise.all(queues)) void worker.run();

/** What the API does with a press: signal it, wait for the answer. */
async function press(id: string): Promise<string> {
  const handle = client.workflow.getHandle(floorWorkflowId(id));
  await handle.signal(floorDecide);
  return handle.executeUpdate(floorSettled);
}

const server = createServer((request, response) => {
  const [, id = ''] = /^\/approvals\/([\w-]+)\/approve$/.exec(request.url ?? '') ?? [];
  press(id).then(
    (status) =>
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ status })),
    (error: unknown) => response.writeHead(500).end(String(error)),
  );
});
server.listen(0, '127.0.0.1', () => {
  const bound = server.address();
  serveParent({ port: typeof bound === 'object' ? bound?.port : undefined });
});
