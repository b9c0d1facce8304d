import { createConcurActivities } from '../activities/concur/activities.ts';
import { createHandOffActivities } from '../activities/hand-off/activities.ts';
import type { HandOff } from '../activities/hand-off/begin.ts';
import { readMapping } from '../activities/hand-off/read-mapping.ts';
import { perMinute } from '../connectors/http/per-minute.ts';
import { taskQueues } from '../contract/task-queues.ts';
import type { QueueWork } from './activities.ts';
import type { ConnectedConfig, Vendors } from './vendors.ts';

/** Concur is slow and its limiter narrow: few at once, so that none waits long in it. */
const concurSlots = 10;

/** The queue of SAP Concur; none where it is not configured. */
export function concurQueues({ concur: config }: ConnectedConfig, { concur }: Vendors): QueueWork[] {
  if (config === undefined || concur === undefined) return [];
  const { followForMs, listFields, requestsPerMinute } = config;
  return [
    {
      taskQueue: taskQueues.concur,
      activities: createConcurActivities({ concur, followForMs, listFields }),
      maxPerSecond: perMinute(requestsPerMinute).perSecond,
      slots: concurSlots,
    },
  ];
}

/** Which requisitions become purchase requests; nothing where none do. */
export function handOffOf({ concur, policy }: ConnectedConfig): { readonly handOff?: HandOff } {
  return concur?.handOff === undefined ? {} : { handOff: { rule: concur.handOff.when, mode: policy.mode } };
}

/** The hand-over to SAP Concur; empty where it is off. Throws a MappingError for a mapping file with problems. */
export function handOffActivities({ concur }: ConnectedConfig, { coupa }: Vendors): object {
  if (concur?.handOff === undefined) return {};
  const { when: rule, mappingFile } = concur.handOff;
  return createHandOffActivities({ coupa, rule, mapping: readMapping(mappingFile) });
}
