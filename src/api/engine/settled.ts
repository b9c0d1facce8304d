import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { WorkflowNotFoundError, WorkflowUpdateFailedError, type Client } from '@temporalio/client';
import type { Decision } from '../../contract/decision.ts';
import { approvalWorkflowId } from '../../contract/ids.ts';
import { settledUpdate, type Settlement } from '../../contract/messages.ts';
import { answerAfter, endIn } from '../ended.ts';
import { recordOf } from './record.ts';
import { describeRun } from './runs.ts';
import { readSettlement } from './stored.ts';
import { waitAtMost, type Wait } from './waiting.ts';
import { within } from './within.ts';

const pending = { kind: 'pending' } as const;

/** A run that hands over to the next one (continue-as-new) ends its waits: ask the next run, but not for ever. */
const maxAsks = 3;
const betweenAsksMs = 200;
const lookDeadlineMs = 2_000;

/** One wait. Each has an update id of its own: an id that was used tells only how that first wait ended. */
async function ask(
  client: Client,
  approvalId: number,
  decisionId: string,
  waitMs: number,
): Promise<Settlement> {
  const handle = client.workflow.getHandle(approvalWorkflowId(approvalId));
  try {
    const answer = await within(client, waitMs, () =>
      handle.executeUpdate(settledUpdate, {
        args: [decisionId],
        updateId: `${decisionId}-${randomUUID()}`,
      }),
    );
    return readSettlement(answer);
  } catch (error) {
    if (error instanceof WorkflowNotFoundError || error instanceof WorkflowUpdateFailedError) return pending;
    throw error;
  }
}

async function answerOfClosed(client: Client, approvalId: number, decision: Decision) {
  const run = await describeRun(client, approvalId, lookDeadlineMs);
  if (run.kind !== 'closed') return undefined;
  const record = await recordOf(client, approvalId, run, lookDeadlineMs);
  const end = record === undefined ? undefined : endIn(record);
  return end === undefined ? undefined : answerAfter(decision, end);
}

async function settle(
  client: Client,
  approvalId: number,
  decision: Decision,
  endsAtMs: number,
  over: AbortSignal,
): Promise<Settlement> {
  for (let asks = 0; asks < maxAsks; asks += 1) {
    const leftMs = endsAtMs - Date.now();
    if (leftMs <= 0 || over.aborted) return pending;
    const answer = await ask(client, approvalId, decision.decisionId, leftMs);
    if (answer.kind !== 'pending') return answer;
    const last = await answerOfClosed(client, approvalId, decision);
    if (last !== undefined) return last;
    await sleep(betweenAsksMs);
  }
  return pending;
}

/** Waits for the answer to a decision that Temporal holds already; `pending` when there is none in time. */
export function waitForSettlement(
  client: Client,
  approvalId: number,
  decision: Decision,
  wait: Wait,
): Promise<Settlement> {
  const endsAtMs = Date.now() + wait.waitMs;
  return waitAtMost<Settlement>(client, wait, pending, (over) =>
    settle(client, approvalId, decision, endsAtMs, over),
  );
}
