import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { startApproval } from '../../src/activities/engine/approvals.ts';
import { apiDrive } from '../drive/api.ts';
import { closedLoop } from '../drive/closed-loop.ts';
import type { Submitted } from '../drive/coupa.ts';
import type { Bench, Experiment, Outcome } from '../experiment.ts';
import { floorQueues, floorWorkflowId } from '../floor/contract.ts';
import { eventsOf } from '../measure/history-cost.ts';
import { readHistory } from '../measure/history.ts';
import { spreadOf, summarise } from '../measure/summary.ts';
import { listening } from '../processes/listening.ts';
import type { Started } from '../processes/stack.ts';
import { barChart } from '../report/bars.ts';
import { historiesOf } from './approval-histories.ts';
import { withoutLimits } from './settings.ts';

const concurrency = 32;
const askedMessage = z.object({ asked: z.string() });

/** Whoever waits for a card to arrive, by approval. */
function waitingRoom() {
  const waiting = new Map<string, () => void>();
  return {
    enter: (id: string) => new Promise<void>((resolve) => waiting.set(id, resolve)),
    call(id: string): void {
      waiting.get(id)?.();
      waiting.delete(id);
    },
  };
}

interface Rate {
  readonly perSecond: number;
  /** Presses whose answer did not come within the API's 10 s: the caller got "accepted" and pressed again. */
  readonly late: number;
}

/** Countersign: started as the poll starts it, asked by a card, approved through the API. Approvals a second. */
async function countersignRate({ client, coupa, moveworks, api }: Started, count: number): Promise<Rate> {
  const approvals = await coupa.submitMany(count);
  const room = waitingRoom();
  let over = false;
  let late = 0;
  const watch = async (): Promise<void> => {
    while (!over) {
      await moveworks.look();
      for (const id of moveworks.cards.keys()) room.call(String(id));
      await sleep(25);
    }
  };
  const watching = watch();
  const presses = closedLoop<Submitted>(approvals, concurrency, async (at) => {
    const asked = room.enter(String(at.approvalId));
    await startApproval(client, at);
    await asked;
    const again = await api.approvePatiently(moveworks.cards.get(at.approvalId)?.reference ?? '');
    late += again;
  }).finally(() => (over = true));
  const [tookMs] = await Promise.all([presses, watching]);
  return { perSecond: count / (tookMs / 1_000), late };
}

/** The floor: the same steps with nothing in them. Workflows a second. */
function floorDriver({ client, temporalAddress, run }: Started) {
  const child = run('./floor.ts', [temporalAddress]);
  const room = waitingRoom();
  child.onMessage((message) => {
    const parsed = askedMessage.safeParse(message);
    if (parsed.success) room.call(parsed.data.asked);
  });
  const ready = listening(child);
  return async (name: string, count: number): Promise<number> => {
    const api = apiDrive(await ready, '');
    const ids = Array.from({ length: count }, (_, index) => `${name}-${index}`);
    const tookMs = await closedLoop(ids, concurrency, async (id) => {
      const asked = room.enter(id);
      const memo = { approval: { state: 'waiting' } };
      const options = { workflowId: floorWorkflowId(id), taskQueue: floorQueues.workflows, args: [id], memo };
      await client.workflow.start('floorApproval', options);
      await asked;
      await api.approve(id);
    });
    return count / (tookMs / 1_000);
  };
}

/** Events that steps leave; how they fall into workflow tasks differs from run to run. */
function stepsOf(history: Parameters<typeof eventsOf>[0]): string[] {
  const steps = [...eventsOf(history)].filter(([name]) => !name.startsWith('WorkflowTask'));
  return steps.map(([name, count]) => `${name} ${count}`).toSorted();
}

/** The floor is one only while it has Countersign's steps: compares the histories of one approval each. */
async function sameSteps(started: Started, floorRate: ReturnType<typeof floorDriver>): Promise<boolean> {
  const { client, coupa, moveworks, api } = started;
  await floorRate('steps', 1);
  const floorOf = async (id: string) => readHistory(client.workflow.getHandle(id));
  await client.workflow.getHandle(floorWorkflowId('steps-0')).result();
  await client.workflow.getHandle('floor-after-steps-0').result();
  const floor = [...(await floorOf(floorWorkflowId('steps-0'))), ...(await floorOf('floor-after-steps-0'))];

  const at = await coupa.submit();
  await startApproval(client, at);
  const [card] = await moveworks.cardsOf([at.approvalId], 60_000);
  await sleep(1_000);
  await api.approve(card?.reference ?? '');
  const ours = await historiesOf(client, at.approvalId, readHistory);
  return JSON.stringify(stepsOf(floor)) === JSON.stringify(stepsOf([...ours.approval, ...ours.after]));
}

async function run(bench: Bench): Promise<Outcome> {
  const [count, rounds] = bench.quick ? [40, 2] : [400, 5];
  const started = await bench.start(withoutLimits);
  const floorRate = floorDriver(started);
  const same = await sameSteps(started, floorRate);
  bench.say(`the floor has ${same ? 'the same steps as' : 'OTHER STEPS THAN'} an approval`);
  await floorRate('warm', concurrency);
  await countersignRate(started, concurrency);
  const floors: number[] = [];
  const ours: number[] = [];
  let late = 0;
  for (let round = 0; round < rounds; round += 1) {
    floors.push(await floorRate(`round${round}`, count));
    await sleep(3_000);
    const rate = await countersignRate(started, count);
    ours.push(rate.perSecond);
    late += rate.late;
    await sleep(3_000);
    bench.say(
      `round ${round + 1}: floor ${floors.at(-1)?.toFixed(1)}, Countersign ${ours.at(-1)?.toFixed(1)} a second`,
    );
  }
  const shares = ours.map((rate, index) => (rate / (floors[index] ?? Number.NaN)) * 100);
  const middle = { floor: summarise(floors).p50, ours: summarise(ours).p50, share: summarise(shares).p50 };
  const unit = 'approvals/s';
  return {
    figures: [
      { name: 'plain Temporal, the same steps empty', value: middle.floor, unit, spread: spreadOf(floors) },
      { name: 'Countersign', value: middle.ours, unit, spread: spreadOf(ours) },
      {
        name: 'Countersign against the floor',
        value: middle.share,
        unit: '%',
        digits: 0,
        spread: spreadOf(shares),
        target: { atLeast: 70 },
      },
      { name: 'presses that were answered "accepted" first', value: late, unit: '' },
    ],
    tables: [],
    charts: [
      barChart({
        name: 'floor',
        title: `Approvals a second, ${concurrency} at a time`,
        unit: 'a second',
        bars: [
          { label: 'plain Temporal, steps empty', value: middle.floor, spread: spreadOf(floors), group: 4 },
          { label: 'Countersign', value: middle.ours, spread: spreadOf(ours) },
        ],
        targets: [{ label: '70 % of the floor', value: middle.floor * 0.7 }],
      }),
    ],
    setting: { ...withoutLimits, approvalsPerRound: count, rounds, concurrency, sameSteps: same },
    samples: { floor: summarise(floors), countersign: summarise(ours) },
  };
}

/** How much of what Temporal can do on this machine is left after Countersign's own work. */
export const floor: Experiment = { name: 'floor', title: 'Against the plain Temporal floor', run };
