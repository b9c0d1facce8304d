import { z } from 'zod';
import { decoded, type RecordedHistory } from '../support/recorded-history.ts';

/** Of an event, with payloads decoded, what tells which way a run took. */
const payloads = z.object({ payloads: z.array(z.unknown()).default([]) }).optional();
const memo = z.object({ fields: z.record(z.string(), z.unknown()) });
const byEvent = z.object({ scheduledEventId: z.string() });
const event = z.object({
  eventId: z.string(),
  workflowExecutionStartedEventAttributes: z
    .object({
      workflowType: z.object({ name: z.string() }),
      input: payloads,
      continuedExecutionRunId: z.string().optional(),
      lastCompletionResult: payloads,
      memo: memo.optional(),
    })
    .optional(),
  workflowTaskStartedEventAttributes: z.object({ suggestContinueAsNew: z.boolean().optional() }).optional(),
  activityTaskScheduledEventAttributes: z
    .object({ activityType: z.object({ name: z.string() }), input: payloads })
    .optional(),
  activityTaskStartedEventAttributes: byEvent.extend({ attempt: z.number() }).optional(),
  activityTaskCompletedEventAttributes: byEvent.extend({ result: payloads }).optional(),
  activityTaskFailedEventAttributes: byEvent.optional(),
  activityTaskTimedOutEventAttributes: byEvent.optional(),
  activityTaskCancelRequestedEventAttributes: byEvent.optional(),
  activityTaskCanceledEventAttributes: byEvent.optional(),
  timerFiredEventAttributes: z.unknown().optional(),
  timerCanceledEventAttributes: z.unknown().optional(),
  workflowExecutionSignaledEventAttributes: z.object({ signalName: z.string(), input: payloads }).optional(),
  workflowPropertiesModifiedEventAttributes: z.object({ upsertedMemo: memo }).optional(),
  workflowExecutionUpdateCompletedEventAttributes: z
    .object({ outcome: z.object({ success: payloads }) })
    .optional(),
  workflowExecutionCompletedEventAttributes: z.object({ result: payloads }).optional(),
  workflowExecutionFailedEventAttributes: z.unknown().optional(),
  workflowExecutionCanceledEventAttributes: z.unknown().optional(),
  workflowExecutionContinuedAsNewEventAttributes: z.unknown().optional(),
});
type Event = z.infer<typeof event>;

/** A run as its events tell it. */
export interface Told {
  readonly workflow: string;
  readonly input: unknown;
  readonly events: readonly Event[];
  /** The result, once completed. */
  readonly result: unknown;
  /** What the activities of a type answered, in their order. */
  answers(activity: string): unknown[];
  /** The same beside what each was asked. */
  exchanges(activity: string): { asked: unknown; answer: unknown }[];
  /** What the activities of a type were asked. */
  asked(activity: string): unknown[];
  /** What the signals of a name brought. */
  signals(name: string): unknown[];
}

type Payloads = z.infer<typeof payloads>;
const first = (held: Payloads): unknown => held?.payloads[0];

export function tell({ events: recorded }: RecordedHistory): Told {
  const events = z.array(event).parse(decoded(recorded));
  const started = events[0]?.workflowExecutionStartedEventAttributes;
  if (started === undefined) throw new Error('a history begins with the start of its workflow');
  const scheduled = (activity: string) =>
    events.filter((each) => each.activityTaskScheduledEventAttributes?.activityType.name === activity);
  const exchanges = (activity: string) => {
    const asked = new Map(
      scheduled(activity).map((each) => [
        each.eventId,
        first(each.activityTaskScheduledEventAttributes?.input),
      ]),
    );
    return events.flatMap(({ activityTaskCompletedEventAttributes: done }) =>
      done !== undefined && asked.has(done.scheduledEventId)
        ? [{ asked: asked.get(done.scheduledEventId), answer: first(done.result) }]
        : [],
    );
  };
  return {
    workflow: started.workflowType.name,
    input: first(started.input),
    events,
    result: first(events.at(-1)?.workflowExecutionCompletedEventAttributes?.result),
    answers: (activity) => exchanges(activity).map(({ answer }) => answer),
    exchanges,
    asked: (activity) =>
      scheduled(activity).map((each) => first(each.activityTaskScheduledEventAttributes?.input)),
    signals: (name) =>
      events.flatMap(({ workflowExecutionSignaledEventAttributes: signal }) =>
        signal?.signalName === name ? [first(signal.input)] : [],
      ),
  };
}

/** Each value with the one after it that differs: `a, then b`. */
export function changes(values: readonly string[]): string[] {
  return values.flatMap((value, index) => {
    const next = values[index + 1];
    return next === undefined || next === value ? [] : [`${value}, then ${next}`];
  });
}

/** What a run hears or decides, by which activity is under way at that moment. */
function meanwhile(told: Told, typeOf: ReadonlyMap<string, string | undefined>): string[] {
  const underWay = new Set<string>();
  const cancelled = new Set<string>();
  let last: string | undefined;
  return told.events.flatMap((each) => {
    const signal = each.workflowExecutionSignaledEventAttributes?.signalName;
    const scheduled = each.activityTaskScheduledEventAttributes?.activityType.name;
    const done = each.activityTaskCompletedEventAttributes?.scheduledEventId;
    const ended =
      done ??
      each.activityTaskFailedEventAttributes?.scheduledEventId ??
      each.activityTaskTimedOutEventAttributes?.scheduledEventId ??
      each.activityTaskCanceledEventAttributes?.scheduledEventId;
    const happening = {
      [`signal ${signal ?? ''}`]: signal !== undefined,
      [`${scheduled ?? ''} begun`]: scheduled !== undefined,
      'an end': each.workflowExecutionCompletedEventAttributes !== undefined,
      'a wish for a new run': each.workflowTaskStartedEventAttributes?.suggestContinueAsNew === true,
    };
    const during = Object.entries(happening).flatMap(([what, holds]) =>
      holds ? [...underWay].map((id) => `${what} during ${typeOf.get(id) ?? ''}`) : [],
    );
    if (scheduled !== undefined && last !== undefined) during.push(`${scheduled} begun after ${last}`);
    if (scheduled !== undefined) underWay.add(each.eventId);
    if (ended !== undefined) underWay.delete(ended);
    if (ended !== undefined) last = typeOf.get(ended);
    const cancel = each.activityTaskCancelRequestedEventAttributes?.scheduledEventId;
    if (cancel !== undefined) cancelled.add(cancel);
    const late = done !== undefined && cancelled.has(done);
    return late ? [...during, `${typeOf.get(done) ?? ''} completed in spite of its cancellation`] : during;
  });
}

/** The ways that any workflow can go. */
export function generalPaths(told: Told): string[] {
  const { events } = told;
  const typeOf = new Map(
    events.map((each) => [each.eventId, each.activityTaskScheduledEventAttributes?.activityType.name]),
  );
  const ways = events.flatMap((each) => {
    const activity = (held: { scheduledEventId: string }) => typeOf.get(held.scheduledEventId) ?? '';
    const { activityTaskStartedEventAttributes: attempt } = each;
    const started = each.workflowExecutionStartedEventAttributes;
    const ends = {
      completed: each.activityTaskCompletedEventAttributes,
      failed: each.activityTaskFailedEventAttributes,
      'timed out': each.activityTaskTimedOutEventAttributes,
      cancelled: each.activityTaskCanceledEventAttributes,
    };
    const whole = {
      'a timer that fires': each.timerFiredEventAttributes,
      'a timer that is cancelled': each.timerCanceledEventAttributes,
      'an end': each.workflowExecutionCompletedEventAttributes,
      'a cancellation': each.workflowExecutionCanceledEventAttributes,
      'a failure': each.workflowExecutionFailedEventAttributes,
      'a new run': each.workflowExecutionContinuedAsNewEventAttributes,
      'an earlier run that it goes on from': started?.continuedExecutionRunId,
      'an earlier run that left something': started?.lastCompletionResult,
    };
    return [
      ...Object.entries(ends).flatMap(([end, held]) =>
        held === undefined ? [] : [`${activity(held)} ${end}`],
      ),
      ...(attempt !== undefined && attempt.attempt > 1 ? [`${activity(attempt)} tried again`] : []),
      ...Object.entries(whole).flatMap(([path, held]) => (held === undefined ? [] : [path])),
    ];
  });
  return [...ways, ...meanwhile(told, typeOf)];
}

/** The keys of a record that the compiler keeps complete. */
export function all<K extends string>(kinds: Record<K, true>): K[] {
  return Object.keys(kinds) as K[];
}
