import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import {
  bundleWorkflowCode,
  type WorkflowBundleOption,
  type WorkflowBundleWithSourceMap,
} from '@temporalio/worker';
import { z } from 'zod';
import type { Logger } from '../logging/logger.ts';
import { createTemporalLogger } from '../logging/temporal-logger.ts';

/** Bundles the workflows: about two seconds of work, so it is done once and shared. */
export function bundleWorkflows(logger: Logger): Promise<WorkflowBundleWithSourceMap> {
  // The folder, so that the bundler takes its sources or, in a build, what was made of them.
  const workflowsPath = fileURLToPath(new URL('../workflows', import.meta.url));
  return bundleWorkflowCode({
    workflowsPath,
    // Evaluated once for all workflows instead of once for each: they keep nothing outside of their functions.
    preloadModules: ['@temporalio/workflow', workflowsPath],
    logger: createTemporalLogger(logger.child({}, { level: 'warn' })),
  });
}

/**
 * The workflows for `Worker.create`: the bundle that a build made ahead, otherwise a fresh one. Temporal's SDK runs
 * only a bundle of its own version, so the file that a build makes is named after it.
 */
export function loadWorkflows(logger: Logger): Promise<WorkflowBundleOption> {
  const builtAhead = fileURLToPath(new URL(`../../workflows-${sdkVersion()}.js`, import.meta.url));
  if (existsSync(builtAhead)) return Promise.resolve({ codePath: builtAhead });
  const bundle = bundleWorkflows(logger);
  // Made beside other work: a failure that nobody waits for yet must not end the process by itself.
  bundle.catch(() => undefined);
  return bundle;
}

function sdkVersion(): string {
  const manifest: unknown = createRequire(import.meta.url)('@temporalio/worker/package.json');
  return z.object({ version: z.string() }).parse(manifest).version;
}
