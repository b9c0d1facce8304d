import { fileURLToPath } from 'node:url';
import { bundleWorkflowCode, type WorkflowBundleWithSourceMap } from '@temporalio/worker';
import type { Logger } from '../logging/logger.ts';
import { createTemporalLogger } from '../logging/temporal-logger.ts';

/** Bundles the workflows: about two seconds of work, so it is done once and shared. */
export function bundleWorkflows(logger: Logger): Promise<WorkflowBundleWithSourceMap> {
  return bundleWorkflowCode({
    workflowsPath: fileURLToPath(new URL('../workflows/index.ts', import.meta.url)),
    logger: createTemporalLogger(logger.child({}, { level: 'warn' })),
  });
}
