import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import type { History } from '@temporalio/common/lib/proto-utils.js';
import { z } from 'zod';

/**
 * One event as it stands in a file: Temporal's own JSON. Only what a reader needs is known here; everything else is
 * kept as it is.
 */
const recordedEvent = z.looseObject({ eventId: z.string(), eventType: z.string() });
export const recordedHistory = z.object({ events: z.array(recordedEvent).min(1) });
export type RecordedHistory = z.infer<typeof recordedHistory>;

/** Names of the recording process and of single requests: other each time, and nothing to a replay. */
const dropped = new Set([
  'taskId',
  'requestId',
  'workerVersion',
  'historySizeBytes',
  'meteringMetadata',
  'stackTrace',
  'links',
  'binaryChecksum',
  'prevAutoResetPoints',
]);
/** Maps whose order is another one each time. */
const maps = new Set(['metadata', 'fields', 'indexedFields']);

function sorted(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

function neutral(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(neutral);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).flatMap(([key, inner]) => {
    if (dropped.has(key) || inner === null) return [];
    if (key === 'identity') return [[key, 'recorder']];
    const kept = neutral(inner);
    return [[key, maps.has(key) ? sorted(kept) : kept]];
  });
  const known = Object.fromEntries(entries) as Record<string, unknown>;
  // The queue of one worker process, by its process id and host.
  return known['kind'] === 'TASK_QUEUE_KIND_STICKY' ? { ...known, name: 'sticky' } : known;
}

/** A history as it is stored: Temporal's JSON without what names the machine, the process or single requests. */
export function toRecorded(history: History): RecordedHistory {
  return recordedHistory.parse(neutral(JSON.parse(historyToJSON(history))));
}

/** One event a line: small, and a changed step is a changed line. */
export function toText({ events }: RecordedHistory): string {
  return `{"events":[\n${events.map((event) => JSON.stringify(event)).join(',\n')}\n]}\n`;
}

function fromBase64(data: string): string {
  return Buffer.from(data, 'base64').toString();
}

const payload = z.object({ metadata: z.object({ encoding: z.string() }), data: z.string().optional() });

/** The same with every payload decoded: what a reader of a history wants to see. */
export function decoded(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(decoded);
  const held = payload.safeParse(value);
  if (held.success) {
    const { metadata, data } = held.data;
    return fromBase64(metadata.encoding).startsWith('json/') && data !== undefined
      ? (JSON.parse(fromBase64(data)) as unknown)
      : null;
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, decoded(inner)]));
}
