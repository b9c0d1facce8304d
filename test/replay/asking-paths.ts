import { z } from 'zod';
import { approvalMemoKey } from '../../src/contract/approval.ts';
import { changes, type Told } from './paths.ts';

const right = z.object({ kind: z.string() });
const person = z.object({ id: z.number(), as: right.optional() });
const turn = z.object({
  kind: z.literal('actionable'),
  approvers: z.array(person),
  asks: z.array(z.number()),
  group: z.object({ size: z.number() }).optional(),
});
const reading = z.object({ observation: turn });
const memo = z.object({ state: z.string(), stuckReason: z.string().optional() });
const sent = z.object({ cardId: z.string(), reminder: z.unknown().optional() });
const result = z.object({ approvers: z.array(person), standing: z.object({ userId: z.number() }) });

type Turn = z.infer<typeof turn>;

/** How much of a group may decide, is asked and travels. */
function groupPaths({ approvers, asks, group }: Turn): string[] {
  if (group === undefined) return [];
  const { size } = group;
  const flags = {
    'a group of which nobody may decide': size === 0,
    'a group that is listed': size > 0 && asks.length === 0,
    'a group that is asked whole': size > 1 && asks.length === size,
    'a group that is asked in part': asks.length > 0 && asks.length < size,
    'a group too large to travel whole': size > approvers.length,
  };
  return Object.entries(flags).flatMap(([path, holds]) => (holds ? [path] : []));
}

/** The mode in which each card went out, from one sending of the same card to the next. */
function modePaths(told: Told): string[] {
  const modes = new Map<string, string[]>();
  for (const { asked, answer } of told.exchanges('sendCard')) {
    const { cardId, reminder } = sent.parse(asked);
    if (reminder === undefined) modes.set(cardId, [...(modes.get(cardId) ?? []), z.string().parse(answer)]);
  }
  return [...modes.values()].flatMap((each) => [
    ...each.map((mode) => `a card out in ${mode}`),
    ...changes(each).map((change) => `a card out in ${change}`),
  ]);
}

/** Why an approval was stuck, and what came after it. */
function stuckPaths({ events }: Told): string[] {
  const states = events.flatMap(({ workflowPropertiesModifiedEventAttributes: modified }) => {
    const shown = memo.safeParse(modified?.upsertedMemo.fields[approvalMemoKey]).data;
    if (shown === undefined) return [];
    return [shown.stuckReason === undefined ? shown.state : `stuck: ${shown.stuckReason}`];
  });
  return changes(states).filter((change) => change.includes('stuck: '));
}

/** Whom a run of the workflow `approval` asked by which right, and how. */
export function askingPaths(told: Told): string[] {
  const turns = told.answers('readApproval').flatMap((each) => {
    const { data } = reading.safeParse(each);
    return data === undefined ? [] : [data.observation];
  });
  const ended = result.safeParse(told.result).data;
  const by = ended?.approvers.find(({ id }) => id === ended.standing.userId);
  const whose = by === undefined ? 'one who did not travel' : (by.as?.kind ?? 'the approver');
  return [
    ...turns.flatMap(groupPaths),
    ...turns.flatMap(({ approvers }) => approvers.map(({ as }) => `an approver as ${as?.kind ?? 'such'}`)),
    ...(ended === undefined ? [] : [`a decision by ${whose}`]),
    ...modePaths(told),
    ...stuckPaths(told),
  ];
}
