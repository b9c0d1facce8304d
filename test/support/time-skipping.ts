import { inject } from 'vitest';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import { startApproval } from '../../src/activities/engine/approvals.ts';
import { approvalWorkflowId } from '../../src/contract/ids.ts';
import { recordQuery } from '../../src/contract/messages.ts';
import { findTemporalTestServer } from '../../src/embedded/temporal-cli.ts';
import { searchAttributeTypes } from '../../src/worker/search-attributes.ts';
import { runWorkers } from '../../src/worker/workers.ts';
import { installRuntime } from './runtime.ts';
import { coupaControl, moveworksControl } from './sandbox-control.ts';
import { startSandboxes, type SandboxesOptions } from './sandboxes.ts';
import { testTools } from './temporal.ts';

const namespace = 'default';

/**
 * Sandbox and workers on Temporal's time-skipping server: days pass in a moment. It knows no schedules and no
 * lists, so approvals are started by hand instead of by the poll.
 */
export async function startTimeSkipping(options: SandboxesOptions = {}) {
  installRuntime();
  const path = await findTemporalTestServer(testTools);
  const environment = await TestWorkflowEnvironment.createTimeSkipping({
    server: { executable: { type: 'existing-path', path } },
  });
  const { client, nativeConnection } = environment;
  // The server cannot list them, so nothing is compared with what is there.
  await environment.connection.operatorService.addSearchAttributes({
    namespace,
    searchAttributes: searchAttributeTypes,
  });
  const sandboxes = await startSandboxes(undefined, options);
  const coupa = coupaControl(sandboxes.pages.coupa);
  const moveworks = moveworksControl(sandboxes.pages.chat);

  const workers = await runWorkers({
    ...sandboxes,
    connection: nativeConnection,
    namespace,
    client,
    workflowBundle: { codePath: inject('workflowBundlePath') },
  });

  const handleOf = (approvalId: number) => client.workflow.getHandle(approvalWorkflowId(approvalId));
  return {
    environment,
    coupa,
    moveworks,
    handleOf,
    /** Submits a requisition and waits until its first approver has a card. */
    ask: async (body: object = {}) => {
      const submitted = await coupa.submit(body);
      await startApproval(client, submitted);
      await moveworks.card(submitted.approvalId);
      return submitted;
    },
    record: (approvalId: number) => handleOf(approvalId).query(recordQuery),
    async stop(): Promise<void> {
      await workers.stop();
      await sandboxes.close();
      await environment.teardown();
    },
  };
}

export type TimeSkipping = Awaited<ReturnType<typeof startTimeSkipping>>;
