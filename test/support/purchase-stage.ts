import { inject } from 'vitest';
import type { Client, WorkflowHandleWithFirstExecutionRunId } from '@temporalio/client';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import { NativeConnection, Worker } from '@temporalio/worker';
import { handOffId, purchaseRequestWorkflowId, workflowTypes } from '../../src/contract/ids.ts';
import { purchaseRequestQuery, resolveSignal } from '../../src/contract/messages.ts';
import {
  purchaseRequestFingerprintKey,
  purchaseRequestMemoAtStart,
  purchaseRequestMemoKey,
  type PurchaseRequestInput,
  type PurchaseRequestRecord,
  type Resolution,
} from '../../src/contract/purchase-request.ts';
import { purchaseRequestStateKey, requisitionIdKey } from '../../src/contract/search-attributes.ts';
import { taskQueues } from '../../src/contract/task-queues.ts';
import { lazyClient } from '../../src/cli/temporal.ts';
import { findTemporalTestServer } from '../../src/embedded/temporal-cli.ts';
import { searchAttributeTypes } from '../../src/worker/search-attributes.ts';
import { installRuntime } from './runtime.ts';
import {
  scriptedPurchases,
  someDocument,
  type ActivityName,
  type PurchaseScript,
} from './scripted-purchases.ts';
import { startTestTemporal, testTools, type TestTemporalOptions } from './temporal.ts';
import { until } from './until.ts';

type Run = (args: PurchaseRequestInput) => Promise<PurchaseRequestRecord>;

interface Server {
  readonly client: Client;
  readonly connection: NativeConnection;
  readonly namespace: string;
  stop(): Promise<void>;
}

/** The time-skipping server: days pass in a moment while somebody waits for a workflow's end, or in `sleep`. */
export async function startSkippingServer() {
  installRuntime();
  const path = await findTemporalTestServer(testTools);
  const environment = await TestWorkflowEnvironment.createTimeSkipping({
    server: { executable: { type: 'existing-path', path } },
  });
  await environment.connection.operatorService.addSearchAttributes({
    namespace: 'default',
    searchAttributes: searchAttributeTypes,
  });
  return {
    client: environment.client,
    connection: environment.nativeConnection,
    namespace: 'default',
    sleep: (howLong: string) => environment.sleep(howLong),
    stop: () => environment.teardown(),
  };
}

/** A dev server, where time is what it is. */
export async function startRealServer(options: TestTemporalOptions): Promise<Server> {
  installRuntime();
  const temporal = await startTestTemporal(options);
  const { address, namespace } = temporal;
  const { client, connection: ours } = lazyClient({ connectionOptions: { address }, namespace });
  const connection = await NativeConnection.connect({ address });
  return {
    client,
    connection,
    namespace,
    stop: async () => {
      await connection.close();
      await ours.close();
      await temporal.stop();
    },
  };
}

/** Workers with scripted activities for the workflow `purchaseRequest`, on any server. */
export async function purchaseStage({ client, connection, namespace }: Omit<Server, 'stop'>) {
  const scripted = scriptedPurchases();
  const shared = { connection, namespace, shutdownGraceTime: 100, shutdownForceTime: 2_000 };
  const workers = await Promise.all([
    Worker.create({
      ...shared,
      taskQueue: taskQueues.workflows,
      workflowBundle: { codePath: inject('workflowBundlePath') },
    }),
    Worker.create({ ...shared, taskQueue: taskQueues.concur, activities: scripted.concur }),
    Worker.create({ ...shared, taskQueue: taskQueues.coupaRead, activities: scripted.coupaRead }),
    Worker.create({ ...shared, taskQueue: taskQueues.moveworks, activities: scripted.moveworks }),
  ]);
  const runs = workers.map((worker) => worker.run());

  async function start(input: PurchaseRequestInput, script: PurchaseScript) {
    const workflowId = purchaseRequestWorkflowId(input.id);
    scripted.script(workflowId, script);
    const { origin } = input;
    const handle: WorkflowHandleWithFirstExecutionRunId<Run> = await client.workflow.start<Run>(
      workflowTypes.purchaseRequest,
      {
        workflowId,
        taskQueue: taskQueues.workflows,
        args: [input],
        workflowIdReusePolicy: 'REJECT_DUPLICATE',
        memo: {
          [purchaseRequestMemoKey]: purchaseRequestMemoAtStart(input, new Date().toISOString()),
          [purchaseRequestFingerprintKey]: `fingerprint of ${input.id}`,
        },
        typedSearchAttributes: [
          { key: purchaseRequestStateKey, value: 'checking' },
          ...(origin.kind === 'handOff' ? [{ key: requisitionIdKey, value: origin.requisitionId }] : []),
        ],
      },
    );
    const record = () => handle.query(purchaseRequestQuery);
    return {
      handle,
      workflowId,
      record,
      /** Waits until its record shows something. */
      seen: (what: string, shows: (record: PurchaseRequestRecord) => boolean) =>
        until(`${input.id} ${what}`, async () => {
          const shown = await record();
          return shows(shown) ? shown : false;
        }),
      /** Waits until a human is asked for this reason; gives what they are told. */
      asked: (reason: string) =>
        until(`${input.id} asks for a human: ${reason}`, async () => {
          const { attention } = await record();
          return attention?.reason === reason ? attention : undefined;
        }),
      /** What a human answers to the attention of this number. */
      resolve: (attention: number, resolution: Resolution) =>
        handle.signal(resolveSignal, { attention, resolution, by: 'ops' }),
      result: () => handle.result(),
      calls: () => scripted.calls(workflowId).map(({ activity }) => activity),
      inputs: (activity: ActivityName) =>
        scripted
          .calls(workflowId)
          .filter((call) => call.activity === activity)
          .map(({ input: given }) => given),
      memo: async () => (await handle.describe()).memo ?? {},
    };
  }
  return {
    /** Orders something by the API. */
    order: (id: string, script: PurchaseScript = {}) =>
      start(
        { id, origin: { kind: 'api', caller: 'erp' }, document: someDocument, notify: 'dana@example.test' },
        script,
      ),
    /** Hands an approved requisition over. */
    handOver: (requisitionId: number, script: PurchaseScript = {}) =>
      start({ id: handOffId(requisitionId), origin: { kind: 'handOff', requisitionId } }, script),
    async stop(): Promise<void> {
      for (const worker of workers) worker.shutdown();
      await Promise.allSettled(runs);
    },
  };
}

export type PurchaseStage = Awaited<ReturnType<typeof purchaseStage>>;
export type Purchase = Awaited<ReturnType<PurchaseStage['order']>>;
