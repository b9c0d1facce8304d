import { setTimeout as sleep } from 'node:timers/promises';
import type { Bench, Experiment, Outcome, Table } from '../experiment.ts';
import { actionsOf, eventsOf, total } from '../measure/history-cost.ts';
import { readHistory, type HistoryEvent } from '../measure/history.ts';
import { spreadOf, summarise } from '../measure/summary.ts';
import type { Started } from '../processes/stack.ts';
import { withoutLimits } from './settings.ts';
import { historiesOf } from './approval-histories.ts';

const eventsTarget = 45;
const actionsTarget = 11;

interface Counted {
  readonly approval: readonly HistoryEvent[];
  readonly after: readonly HistoryEvent[];
}

/** One approval from its detection to the end of what follows it, with nobody else around. */
async function oneApproval({ coupa, moveworks, api, client }: Started): Promise<Counted> {
  const { approvalId } = await coupa.submit();
  await api.wakePoll();
  const [card] = await moveworks.cardsOf([approvalId], 30_000);
  if (card === undefined) throw new Error('no card came');
  // People take longer than Moveworks takes to answer that it has the card.
  await sleep(500);
  await api.approve(card.reference);
  return historiesOf(client, approvalId, readHistory);
}

function countTable(
  title: string,
  columns: readonly [string, string, string],
  approval: ReadonlyMap<string, number>,
  after: ReadonlyMap<string, number>,
): Table {
  const kinds = [...new Set([...approval.keys(), ...after.keys()])];
  const row = (kind: string) => [kind, String(approval.get(kind) ?? 0), String(after.get(kind) ?? 0)];
  const sums = ['all', String(total(approval)), String(total(after))];
  return { title, columns, rows: [...kinds.map(row), sums] };
}

async function run(bench: Bench): Promise<Outcome> {
  const count = bench.quick ? 2 : 10;
  const started = await bench.start(withoutLimits);
  const all: Counted[] = [];
  for (let each = 0; each < count; each += 1) all.push(await oneApproval(started));
  bench.say(`${count} approvals decided, one after the other`);

  const figure = (name: string, of: (counted: Counted) => number, atMost?: number) => {
    const values = all.map(of);
    const target = atMost === undefined ? {} : { target: { atMost } };
    return { name, value: summarise(values).p50, unit: '', spread: spreadOf(values), ...target };
  };
  const usualEvents = summarise(all.map((each) => each.approval.length)).p50;
  const typical = all.find((each) => each.approval.length === usualEvents);
  if (typical === undefined) throw new Error('nothing was measured');
  const { approval, after } = typical;
  const columns = ['', 'approval', 'after'] as const;
  return {
    figures: [
      figure('history events, approval', (each) => each.approval.length, eventsTarget),
      figure('history events, with what follows it', (each) => each.approval.length + each.after.length),
      figure('billable actions, approval', (each) => total(actionsOf(each.approval)), actionsTarget),
      figure('billable actions, with what follows it', (each) =>
        total(actionsOf([...each.approval, ...each.after])),
      ),
    ],
    tables: [
      countTable('Billable actions of one approval', columns, actionsOf(approval), actionsOf(after)),
      countTable('History events of one approval', columns, eventsOf(approval), eventsOf(after)),
    ],
    charts: [],
    setting: { ...withoutLimits, approvals: count },
    samples: {},
  };
}

/** History events and billable actions of an approval that is decided before its first reminder. */
export const cost: Experiment = { name: 'cost', title: 'What an approval costs in Temporal', run };
