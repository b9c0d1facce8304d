import { log } from '@temporalio/activity';
import type { Client } from '@temporalio/client';
import { createDecideActivities, createReadActivities } from '../activities/coupa/activities.ts';
import { createApiUser } from '../activities/coupa/api-user.ts';
import { createDirectory } from '../activities/coupa/directory/directory.ts';
import { policyFingerprint } from '../activities/coupa/policy-fingerprint.ts';
import { createEngineActivities, createHandOverActivities } from '../activities/engine/activities.ts';
import { createMessageActivities } from '../activities/messages/activities.ts';
import { createDeliverActivities } from '../activities/messages/deliver.ts';
import { noticesOnlySlots } from '../activities/messages/notices-only.ts';
import { createPollActivities } from '../activities/poll/activities.ts';
import { perMinute } from '../connectors/http/per-minute.ts';
import { taskQueues } from '../contract/task-queues.ts';
import { createReferences } from '../references/references.ts';
import { concurQueues, handOffActivities, handOffOf } from './concur-work.ts';
import { inMode } from './in-mode.ts';
import type { ConnectedConfig, Vendors } from './vendors.ts';

/** What one task queue's worker carries. `maxPerSecond` holds over all workers of the queue, kept by the server. */
export interface QueueWork {
  readonly taskQueue: string;
  readonly activities: object;
  readonly maxPerSecond?: number;
  /** How many activities run at once; Temporal's default without it. */
  readonly slots?: number;
}

/** The most requests that one activity of a queue makes: rates count requests, queues count activities. */
const requestsOf = { decide: 5, read: 2 } as const;

const cardSlots = 20;

/**
 * Looks that wait in the limiter at once: more would each wait for so long there that they run out of time, and a look
 * that goes before them would first have to wait for those that have begun.
 */
function readSlots(perSecond: number): number {
  return Math.min(100, Math.max(10, Math.ceil(2 * perSecond)));
}

/**
 * Every task queue but the workflows' own, with its activities and its share of the vendors' limits. Throws a
 * MappingError where requisitions go to SAP Concur and the mapping file has problems.
 */
export function activityQueues(config: ConnectedConfig, vendors: Vendors, client: Client): QueueWork[] {
  // Here as well: a worker keeps to its own mode, whoever made its clients.
  const usable = inMode(vendors, config, (unsent) => {
    log.debug('shadow: a message is not sent', { ...unsent });
  });
  const { coupa, moveworks } = usable;
  const { policy } = config;
  const handOff = handOffOf(config);
  const { eventId, noticeEventId } = config.moveworks;
  const slots = policy.mode === 'notify' ? noticesOnlySlots : config.moveworks.slots;
  const references = createReferences(config.references.secrets);
  const messaging = { moveworks, references, eventId, noticeEventId, slots };
  const perSecond = config.coupa.requestsPerSecond;
  // Looks and decisions share what they have learned of people: what one has asked Coupa, the other need not ask.
  const looking = {
    coupa,
    policy,
    apiUser: createApiUser(config.coupa.apiLogin),
    directory: createDirectory({
      coupa,
      freshMs: config.coupa.directoryFreshMs,
      warn: (message) => {
        log.warn(message);
      },
    }),
  };
  return [
    {
      taskQueue: taskQueues.coupaDecide,
      activities: createDecideActivities(looking),
      maxPerSecond: perSecond / requestsOf.decide,
    },
    {
      taskQueue: taskQueues.coupaRead,
      activities: {
        ...createReadActivities(looking),
        ...createHandOverActivities({ client, coupa, ...handOff }),
        ...handOffActivities(config, usable),
      },
      maxPerSecond: perSecond / requestsOf.read,
      slots: readSlots(perSecond),
    },
    {
      taskQueue: taskQueues.coupaPoll,
      activities: createPollActivities({
        coupa,
        client,
        pollIntervalMs: config.poll.intervalMs,
        policy: policyFingerprint(policy),
        ...handOff,
        delegationsInForce: (now) => looking.directory.delegationsInForce(now, { priority: 'poll' }),
      }),
    },
    {
      taskQueue: taskQueues.moveworks,
      activities: {
        ...createMessageActivities({
          ...messaging,
          notifyRequester: policy.notifyRequester,
          style: { ...policy, coupaBaseUrl: config.coupa.baseUrl },
          lastComment: (requisitionId, signal) => coupa.lastComment(requisitionId, { signal }),
        }),
        ...createDeliverActivities(messaging),
      },
      // What the limiter lets through: more would wait in it and run out of time.
      maxPerSecond: perMinute(config.moveworks.requestsPerMinute).perSecond,
      slots: cardSlots,
    },
    ...concurQueues(config, usable),
  ];
}

/** The activities on the workflows' own queue. */
export function engineActivities(client: Client): object {
  return createEngineActivities({ client });
}
