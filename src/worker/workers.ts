import { randomBytes } from 'node:crypto';
import { Runtime, Worker, type NativeConnection, type WorkerOptions } from '@temporalio/worker';
import type { Client } from '@temporalio/client';
import { taskQueues } from '../contract/task-queues.ts';
import { activityQueues, engineActivities } from './activities.ts';
import { keepConcurRenewed } from './concur-renewal.ts';
import { keepCoupaShare } from './coupa-share.ts';
import { failureInterceptor } from './failure-interceptor.ts';
import type { ConnectedConfig, Vendors } from './vendors.ts';

export interface WorkersDeps {
  readonly config: ConnectedConfig;
  readonly vendors: Vendors;
  readonly connection: NativeConnection;
  readonly namespace: string;
  readonly client: Client;
  readonly workflowBundle: NonNullable<WorkerOptions['workflowBundle']>;
}

export interface RunningWorkers {
  /** What the workers poll as, of this process alone: Temporal tells pollers apart by it. */
  readonly identity: string;
  /** The task queues that they work: `concur` is one only where SAP Concur is configured. */
  readonly taskQueues: readonly string[];
  /** Rejects when a worker dies of itself before `stop`; resolves after it. */
  readonly ended: Promise<void>;
  /** Lets activities under way finish for a while, then cancels them; Temporal hands them to the next worker. */
  stop(): Promise<void>;
}

/** An activity may finish its request after the signal to stop; the command's own 10 s are the outer bound. */
const graceMs = 5_000;
const forceMs = 7_000;

/**
 * Workflows kept in memory, some 0.2 MiB each. Most approvals wait for days and are not worth it: one that is not kept
 * is replayed from its history when its answer comes, which takes milliseconds.
 */
const cachedWorkflows = 250;

/** Creates the worker of each task queue. */
async function createWorkers(deps: WorkersDeps, identity: string): Promise<Worker[]> {
  const { config, vendors, connection, namespace, client, workflowBundle } = deps;
  const shared = {
    connection,
    namespace,
    identity,
    shutdownGraceTime: graceMs,
    shutdownForceTime: forceMs,
    interceptors: { activity: [failureInterceptor] },
  } satisfies Partial<WorkerOptions>;
  // First: it may throw, and then no worker is left behind.
  const queues = activityQueues(config, vendors, client);
  const workflows = Worker.create({
    ...shared,
    taskQueue: taskQueues.workflows,
    workflowBundle,
    maxCachedWorkflows: cachedWorkflows,
    activities: engineActivities(client),
  });
  const activities = queues.map((queue) =>
    Worker.create({
      ...shared,
      taskQueue: queue.taskQueue,
      activities: queue.activities,
      ...(queue.slots === undefined ? {} : { maxConcurrentActivityTaskExecutions: queue.slots }),
      ...(queue.maxPerSecond === undefined ? {} : { maxTaskQueueActivitiesPerSecond: queue.maxPerSecond }),
    }),
  );
  return Promise.all([workflows, ...activities]);
}

/** Starts the workers of all task queues. One that dies stops the others: half a service would look alive. */
export async function runWorkers(deps: WorkersDeps): Promise<RunningWorkers> {
  const { client, vendors } = deps;
  // By itself it is process and host, which containers that share both would have in common.
  const identity = `${client.options.identity}#${randomBytes(4).toString('hex')}`;
  const workers = await createWorkers(deps, identity);
  // Before work is taken: the requests of all processes together are what Coupa is promised.
  const coupaShare = await keepCoupaShare({
    client,
    identity,
    share: (among) => {
      vendors.coupa.share(among);
    },
  });
  const concurRenewal = keepConcurRenewed(vendors, (message, details) => {
    Runtime.instance().logger.warn(message, details);
  });
  let stopping = false;
  const shutdown = (): void => {
    for (const worker of workers) if (worker.getState() === 'RUNNING') worker.shutdown();
  };
  const runs = workers.map((worker) =>
    worker.run().catch((error: unknown) => {
      // A stop that could not finish all in time is one: Temporal hands the rest on when its heartbeats stay away.
      // And the SDK may throw when all is done: "Worker still in use", since the memory of the last answer is freed
      // a moment after it was told.
      if (stopping || worker.getState() === 'STOPPED') return;
      shutdown();
      throw error;
    }),
  );
  const ended = Promise.allSettled(runs).then(async (results) => {
    await concurRenewal.stop();
    await coupaShare.stop();
    const failed = results.find((result) => result.status === 'rejected');
    if (failed !== undefined) throw failed.reason;
  });
  // Whoever waits for the end hears of a failure; before anybody does, it must not end the process by itself.
  ended.catch(() => undefined);
  return {
    identity,
    taskQueues: workers.map(({ options }) => options.taskQueue),
    ended,
    stop: async () => {
      stopping = true;
      shutdown();
      await Promise.allSettled([...runs, coupaShare.stop()]);
      // After the activities, which may have begun an exchange until then.
      await concurRenewal.stop();
    },
  };
}
