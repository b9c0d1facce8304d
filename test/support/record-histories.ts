import { afterAll, it } from 'vitest';
import { z } from 'zod';
import type { Client } from '@temporalio/client';
import { keepOnly, writeRuns } from './recorded-files.ts';
import { toRecorded, type RecordedHistory } from './recorded-history.ts';

const started = z.looseObject({
  workflowExecutionStartedEventAttributes: z.object({ firstExecutionRunId: z.string() }),
});
const continued = z.looseObject({
  workflowExecutionContinuedAsNewEventAttributes: z.object({ newExecutionRunId: z.string() }),
});

async function historyOf(client: Client, workflowId: string, runId?: string): Promise<RecordedHistory> {
  return toRecorded(await client.workflow.getHandle(workflowId, runId).fetchHistory());
}

/** The histories of a workflow's latest execution, from its first run on. */
async function runsOf(client: Client, workflowId: string): Promise<RecordedHistory[]> {
  const [start] = (await historyOf(client, workflowId)).events;
  let runId: string | undefined =
    started.parse(start).workflowExecutionStartedEventAttributes.firstExecutionRunId;
  const runs: RecordedHistory[] = [];
  while (runId !== undefined) {
    const run = await historyOf(client, workflowId, runId);
    runs.push(run);
    const last = continued.safeParse(run.events.at(-1));
    runId = last.data?.workflowExecutionContinuedAsNewEventAttributes.newExecutionRunId;
  }
  return runs;
}

/**
 * Recording of one group of scenarios, each of which plays something and gives the id of the workflow whose runs
 * are kept. A scenario replaces its own files; files of scenarios that are gone are removed.
 */
export function recorder(group: string, client: () => Client) {
  const scenarios = new Set<string>();
  afterAll(() => {
    keepOnly(group, scenarios);
  });
  return (scenario: string, play: () => Promise<string>): void => {
    scenarios.add(scenario);
    it(scenario, async () => {
      const workflowId = await play();
      writeRuns(group, scenario, await runsOf(client(), workflowId));
    });
  };
}
