import { fileURLToPath } from 'node:url';
import { bundleWorkflowCode, type WorkflowBundleWithSourceMap } from '@temporalio/worker';
import { DeterminismViolationError } from '@temporalio/workflow';
import { beforeAll, describe, expect, inject, it } from 'vitest';
import { workflowTypes } from '../../src/contract/ids.ts';
import { createTemporalLogger } from '../../src/logging/temporal-logger.ts';
import { recordedRuns, type RecordedRun } from '../support/recorded-files.ts';
import { replay } from '../support/replay.ts';
import { quiet } from '../support/runtime.ts';
import { tell } from './paths.ts';

const runs = recordedRuns();
const present = { codePath: inject('workflowBundlePath') };

/** What a replay says of each run, by name: `fits`, at odds with the code and how, or any other failure. */
async function verdicts(...replayed: Parameters<typeof replay>): Promise<Record<string, string>> {
  const said = (error: unknown): string => {
    if (error === undefined) return 'fits';
    const kind = error instanceof DeterminismViolationError ? 'at odds' : 'another failure';
    return `${kind}: ${error instanceof Error ? error.message : 'of an unknown kind'}`;
  };
  return Object.fromEntries((await replay(...replayed)).map(({ name, error }) => [name, said(error)]));
}

/** The same verdict on each of these. */
function all(named: readonly { readonly name: string }[], verdict: unknown): Record<string, unknown> {
  return Object.fromEntries(named.map(({ name }) => [name, verdict]));
}

/** The run as another release could have left it: its last activity was of another type. */
function withOtherLastActivity({ name, history }: RecordedRun) {
  const { events } = structuredClone(history);
  const scheduled = events.findLast((event) => 'activityTaskScheduledEventAttributes' in event);
  if (scheduled === undefined) throw new Error(`${name} holds no activity`);
  Object.assign(scheduled['activityTaskScheduledEventAttributes'] as object, {
    activityType: { name: 'other' },
  });
  return { name, history: { events } };
}

it('fits every history that the workflows have left', async () => {
  expect(await verdicts(present, runs)).toEqual(all(runs, 'fits'));
});

it('would notice another last activity, in every history: it is replayed to the end', async () => {
  const other: unknown = expect.stringMatching(/^at odds: .*Nondeterminism error: .*'other'/);
  expect(await verdicts(present, runs.map(withOtherLastActivity))).toEqual(all(runs, other));
});

describe('against workflows with a new step before the first one', () => {
  let changed: WorkflowBundleWithSourceMap;
  beforeAll(async () => {
    const workflowsPath = fileURLToPath(new URL('changed-workflows.ts', import.meta.url));
    changed = await bundleWorkflowCode({ workflowsPath, logger: createTemporalLogger(quiet) });
  });

  it.each(Object.keys(workflowTypes))('fits no history of %s', async (workflow) => {
    const some = runs.filter(({ history }) => tell(history).workflow === workflow).slice(0, 2);
    expect(some).toHaveLength(2);
    const newTimer: unknown = expect.stringMatching(
      /^at odds: .*Nondeterminism error: Timer machine does not handle this event: .*ActivityTaskScheduled/,
    );
    expect(await verdicts(changed, some)).toEqual(all(some, newTimer));
  });
});
