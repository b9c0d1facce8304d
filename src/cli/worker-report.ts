import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from '@temporalio/client';
import { taskQueues } from '../contract/task-queues.ts';
import { writeWhole } from '../embedded/home-folder.ts';
import type { RunningWorkers } from '../worker/workers.ts';

const betweenLooksMs = 10_000;
/** After a look that did not find it: at the start it takes a moment, and an outage should not be told for longer. */
const nextLookMs = 2_000;
const lookDeadlineMs = 5_000;
/** A poll lasts a minute when there is nothing to do: a poller that was last seen before that is gone. */
const seenWithinMs = 150_000;

/** Numbers of `temporal.api.enums.v1.TaskQueueType`. */
const workflowType: Readonly<Record<string, number>> = { taskQueueType: 1 };
const activityType: Readonly<Record<string, number>> = { taskQueueType: 2 };

/** Of the workers of this process. */
type Polling = Pick<RunningWorkers, 'identity' | 'taskQueues'>;

/** Whether Temporal has seen this process ask for work on each of its task queues. Throws when Temporal does not answer. */
async function pollsEveryQueue(client: Client, { identity, taskQueues: names }: Polling): Promise<boolean> {
  const { namespace } = client.options;
  const oldestMs = Date.now() - seenWithinMs;
  const seen = await client.withDeadline(Date.now() + lookDeadlineMs, () =>
    Promise.all(
      names.map(async (name) => {
        const type = name === taskQueues.workflows ? workflowType : activityType;
        const asked = { namespace, taskQueue: { name }, ...type };
        const { pollers } = await client.workflowService.describeTaskQueue(asked);
        return pollers.some(
          (poller) =>
            poller.identity === identity && Number(poller.lastAccessTime?.seconds) * 1_000 > oldestMs,
        );
      }),
    ),
  );
  return seen.every(Boolean);
}

/** The file that says so, named after the process: several workers may share a machine. */
function reportFile(pid: number): string {
  return join(tmpdir(), `countersign-worker-${pid}.polls`);
}

/**
 * Renews this process's file every 10 s while Temporal sees it ask for work on each of its task queues, since a worker
 * listens on no port that a health check could call: `scripts/healthy.mjs worker` looks how old the file is.
 * `stop` removes it, and waits for nothing: Temporal may be away.
 */
export function reportPolling(client: Client, polling: Polling): { stop(): void } {
  const file = reportFile(process.pid);
  const stopping = new AbortController();
  const { signal } = stopping;
  const isStopping = (): boolean => signal.aborted;
  const report = async (): Promise<void> => {
    while (!isStopping()) {
      let polls = false;
      try {
        polls = await pollsEveryQueue(client, polling);
        // Replaced, not written to: the folder is everybody's, and the name may be a link that somebody else made.
        if (polls && !isStopping()) writeWhole(file, '');
      } catch {
        // Temporal cannot be reached, or the file cannot be written: it grows old, and that is the report.
      }
      await sleep(polls ? betweenLooksMs : nextLookMs, undefined, { signal }).catch(() => undefined);
    }
  };
  void report();
  return {
    stop: () => {
      stopping.abort();
      try {
        rmSync(file, { force: true });
      } catch {
        // Somebody else's by that name: no reason not to stop.
      }
    },
  };
}
