import { startConcurSandbox } from '../../sandbox/index.ts';
import { lazyClient } from '../../src/cli/temporal.ts';
import { purchaseRequestWorkflowId } from '../../src/contract/ids.ts';
import { apiClient } from './api-client.ts';
import { purchasing } from './concur-orders.ts';
import { startSurroundings } from './process-deployment.ts';
import { somePort } from './process-demo.ts';
import type { TestFolder } from './process-folder.ts';
import type { Launched } from './process-launch.ts';
import { concurControl } from './sandbox-control.ts';
import { until } from './until.ts';

const apiKey = 'test-key-test-key-test-key';
const application = {
  clientId: 'concur-client-of-a-test',
  clientSecret: 'concur-secret-of-a-test',
  companyUuid: '08bcca1e-0d4f-4261-9f1b-f778d96617d6',
  requestToken: '2d725d52-0c4c-4b39-9b5c-2f9c5d1f2a11',
};

/**
 * A deployment with a simulated SAP Concur that approves nothing by itself. Its processes share one home folder, and
 * with it the file of the company's token.
 */
export async function startConcurProcesses(folder: TestFolder) {
  const around = await startSurroundings(folder);
  const sandbox = await startConcurSandbox({ ...application, seed: 'demo' });
  const concur = concurControl(sandbox.url);
  await concur.settings({ creationDelayMs: 0, routingDelayMs: 0, orderDelayMs: 0 });
  const env = {
    CONCUR_AUTH_URL: sandbox.url,
    CONCUR_CLIENT_ID: application.clientId,
    CONCUR_CLIENT_SECRET: application.clientSecret,
    CONCUR_COMPANY_UUID: application.companyUuid,
    CONCUR_COMPANY_REQUEST_TOKEN: application.requestToken,
    CONCUR_REQUESTS_PER_MINUTE: '6000',
  };
  const { address, namespace } = around.temporal;
  const { client, connection } = lazyClient({ connectionOptions: { address }, namespace });
  const handle = (id: string) => client.workflow.getHandle(purchaseRequestWorkflowId(id));
  /** The creates that arrived, also those that had no effect. */
  const creates = async () =>
    (await concur.requests()).filter(
      ({ method, path }) => method === 'POST' && path === '/purchaserequest/v4/purchaserequests',
    );
  return {
    temporal: around.temporal,
    concur,
    handle,
    creates,
    worker: async (): Promise<Launched> => {
      const worker = await around.run('worker', env);
      await worker.prints(/^Workers are running\.$/m);
      return worker;
    },
    api: async () => {
      const launched = await around.run('api', { ...env, PORT: String(await somePort()) });
      const [, url = ''] = await launched.prints(/^API: (\S+)$/m);
      return purchasing(apiClient(url, apiKey));
    },
    /** Waits until a create is on the wire: arrived, and not answered. */
    underWay: () =>
      until('a create under way', async () =>
        (await creates()).some(({ durationMs }) => durationMs === undefined),
      ),
    /** The processes whose workers took a part in it. */
    pidsOf: async (id: string): Promise<number[]> => {
      const { events } = await handle(id).fetchHistory();
      const taken = (events ?? []).flatMap(
        (event) => event.activityTaskStartedEventAttributes?.identity ?? [],
      );
      return [...new Set(taken.map((identity) => parseInt(identity)))];
    },
    async stop(): Promise<void> {
      await connection.close();
      await sandbox.close();
      await around.stop();
    },
  };
}

export type ConcurProcesses = Awaited<ReturnType<typeof startConcurProcesses>>;
