import type { WorkflowHandle } from '@temporalio/client';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { z } from 'zod';

/** `2026-01-31T10:20:30.123456789Z` as milliseconds since 1970, with what is left of the nanoseconds. */
function preciseMs(text: string): number {
  const [, fraction = '0'] = /\.(\d+)Z$/.exec(text) ?? [];
  return Math.floor(Date.parse(text) / 1_000) * 1_000 + Number(`0.${fraction}`) * 1_000;
}

const event = z
  .object({
    eventType: z.string(),
    eventTime: z.string(),
    activityTaskStartedEventAttributes: z.object({ attempt: z.number().optional() }).optional(),
    activityTaskScheduledEventAttributes: z
      .object({ activityType: z.object({ name: z.string() }) })
      .optional(),
  })
  .transform((raw) => ({
    name: camelOf(raw.eventType),
    atMs: preciseMs(raw.eventTime),
    attempt: raw.activityTaskStartedEventAttributes?.attempt ?? 1,
    activity: raw.activityTaskScheduledEventAttributes?.activityType.name,
  }));

/** One event of a history: its kind as Temporal's documentation names it, such as `ActivityTaskScheduled`. */
export type HistoryEvent = z.infer<typeof event>;

function camelOf(eventType: string): string {
  return eventType
    .replace('EVENT_TYPE_', '')
    .toLowerCase()
    .replaceAll(/(?:^|_)([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

/** The history of a workflow, as far as a benchmark looks at it. */
export async function readHistory(handle: WorkflowHandle): Promise<HistoryEvent[]> {
  const text = historyToJSON(await handle.fetchHistory());
  return z.object({ events: z.array(event) }).parse(JSON.parse(text)).events;
}
