import { pollScheduleId } from '../../src/contract/ids.ts';
import { createVendors, type ConnectedConfig } from '../../src/worker/vendors.ts';
import type { SandboxesOptions } from './sandboxes.ts';
import { startStack } from './stack.ts';
import { until } from './until.ts';
import { startTestWorkers } from './workers.ts';

/** What differs in the configuration of Coupa's client. */
export type CoupaChange = Partial<ConnectedConfig['coupa']> & {
  /** For one attempt at a request. */
  readonly timeoutMs?: number;
};

interface OutageWorkers {
  stop(): Promise<void>;
  /** How many processes share Coupa, as these workers were told last. */
  among(): number;
}

/**
 * A stack that looks at Coupa only when told: no call-out, and the schedule is paused, which a trigger overrides. Its
 * workers are the test's to start, each with a client of Coupa of its own.
 */
export async function startOutageStack(options: SandboxesOptions = {}) {
  const stack = await startStack({ pollIntervalMs: 60 * 60_000, ...options, workers: false });
  await stack.coupa.settings({ callOut: null });
  const schedule = stack.client.schedule.getHandle(pollScheduleId);
  await schedule.pause();
  const running = new Set<{ stop(): Promise<void> }>();

  /** Wakes the poll and waits for the run that this started: its summary, or why it failed. */
  async function poll(): Promise<{ summary: string } | { failure: string }> {
    const taken = (await schedule.describe()).info.numActionsTaken;
    const { status } = await stack.api.request('POST', '/poll');
    if (status !== 202) throw new Error(`POST /poll: ${status}`);
    const { workflow } = await until('the run of the poll', async () => {
      const { info } = await schedule.describe();
      return info.numActionsTaken > taken && info.recentActions.at(-1)?.action;
    });
    const run = stack.client.workflow.getHandle(workflow.workflowId, workflow.firstExecutionRunId);
    try {
      return (await run.result()) as { summary: string };
    } catch (error) {
      return { failure: deepestMessage(error) };
    }
  }

  return {
    ...stack,
    poll,
    async startWorkers(change: CoupaChange = {}): Promise<OutageWorkers> {
      const config = { ...stack.config, coupa: { ...stack.config.coupa, ...change } };
      const { temporal, client } = stack;
      const vendors = createVendors(config);
      let among = 1;
      const share = (count: number): void => {
        among = count;
        vendors.coupa.share(count);
      };
      const watched = { ...vendors, coupa: { ...vendors.coupa, share } };
      const workers = await startTestWorkers({ temporal, config, vendors: watched, client });
      running.add(workers);
      return { stop: () => workers.stop(), among: () => among };
    },
    async stopWorkers(): Promise<void> {
      await Promise.all([...running].map((workers) => workers.stop()));
      running.clear();
    },
    async stop(): Promise<void> {
      await Promise.all([...running].map((workers) => workers.stop()));
      await stack.stop();
    },
  };
}

export type OutageStack = Awaited<ReturnType<typeof startOutageStack>>;

/** What went wrong at the bottom of Temporal's layers. */
function deepestMessage(error: unknown): string {
  let deepest = error;
  while (deepest instanceof Error && deepest.cause instanceof Error) deepest = deepest.cause;
  return deepest instanceof Error ? deepest.message : String(deepest);
}
