import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from '@temporalio/client';
import { taskQueues } from '../contract/task-queues.ts';

/** How many processes poll changes by hand or by a deployment: seldom, but a limit is exceeded within seconds. */
const betweenLooksMs = 10_000;
/** After a look that failed: when Temporal is back, work is back as well. */
const nextLookMs = 1_000;
const lookDeadlineMs = 2_000;
/**
 * A poll that finds nothing to do lasts a minute, so a poller that was last seen this long before the newest one is
 * gone. Told too late means less for the others, told too early means more than Coupa was promised.
 */
const seenWithinS = 150;

/** Number of `temporal.api.enums.v1.TaskQueueType.TASK_QUEUE_TYPE_ACTIVITY`. */
const activityType: Readonly<Record<string, number>> = { taskQueueType: 2 };

/** When each poller of Coupa's queues was last seen, in seconds of the server's clock, by its identity. */
type Pollers = ReadonlyMap<string, number>;

interface ShareDeps {
  readonly client: Client;
  /** What this process polls as; told apart from others by it. */
  readonly identity: string;
  /** Told at the start and whenever it changed: how many processes there are, this one included. */
  readonly share: (among: number) => void;
}

/** Asks Temporal who polls. Throws when it does not answer in time. */
async function lookForPollers(client: Client): Promise<Pollers> {
  const { namespace } = client.options;
  const answers = await client.withDeadline(Date.now() + lookDeadlineMs, () =>
    Promise.all(
      [taskQueues.coupaRead, taskQueues.coupaDecide].map((name) =>
        client.workflowService.describeTaskQueue({
          namespace,
          taskQueue: { name },
          ...activityType,
        }),
      ),
    ),
  );
  return merged(
    answers.flatMap(({ pollers }) =>
      pollers.map(({ identity, lastAccessTime }): [string, number] => [
        identity ?? '',
        Number(lastAccessTime?.seconds ?? 0),
      ]),
    ),
  );
}

/** The last sighting of each. */
function merged(sightings: Iterable<readonly [string, number]>): Pollers {
  const pollers = new Map<string, number>();
  for (const [identity, atS] of sightings) {
    pollers.set(identity, Math.max(atS, pollers.get(identity) ?? 0));
  }
  return pollers;
}

/**
 * Who is still there, by the server's clock alone: a look shows one partition of a queue, in which a process may be
 * missing for a moment, so earlier sightings count until they are old.
 */
export function stillThere(known: Pollers, seen: Pollers): Pollers {
  const all = merged([...known, ...seen]);
  const newestS = Math.max(...all.values());
  return new Map([...all].filter(([, atS]) => newestS - atS < seenWithinS));
}

/** How many processes share Coupa: whoever polls, and this one, which may not have begun to. */
export function countSharers(pollers: Pollers, identity: string): number {
  return new Set([...pollers.keys(), identity]).size;
}

/**
 * Tells this process its share of Coupa's rate: asks Temporal which worker processes there are before this one takes
 * work, then every 10 s. When Temporal does not answer, the last share stays: without it there is no work either.
 * Processes that only serve the API are not counted: their look-ups are a request now and then, and cached.
 */
export async function keepCoupaShare({ client, identity, share }: ShareDeps): Promise<{
  /** Ends the looking, within 2 s when Temporal is away. */
  stop(): Promise<void>;
}> {
  const stopping = new AbortController();
  let known: Pollers = new Map();
  let among: number | undefined;
  /** How long until the next look, in milliseconds. */
  const look = async (): Promise<number> => {
    try {
      known = stillThere(known, await lookForPollers(client));
    } catch {
      return nextLookMs;
    }
    const counted = countSharers(known, identity);
    if (counted !== among) share(counted);
    among = counted;
    return betweenLooksMs;
  };
  const keepLooking = async (firstAfterMs: number): Promise<void> => {
    const { signal } = stopping;
    try {
      for (let afterMs = firstAfterMs; ; afterMs = await look()) {
        await sleep(afterMs, undefined, { signal });
      }
    } catch {
      // Stopped.
    }
  };
  const looking = keepLooking(await look());
  return {
    stop: () => {
      stopping.abort();
      return looking;
    },
  };
}
