import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { createLogger } from '../../src/logging/logger.ts';
import { bundleWorkflows } from '../../src/worker/bundle.ts';

declare module 'vitest' {
  interface ProvidedContext {
    workflowBundlePath: string;
  }
}

/** Bundles the workflows once for all suites: about two seconds that each file would spend again. */
export default async function setup(project: TestProject): Promise<() => void> {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-test-bundle-'));
  const path = join(folder, 'workflows.js');
  const { code } = await bundleWorkflows(createLogger({ level: 'warn', pretty: false }));
  writeFileSync(path, code);
  project.provide('workflowBundlePath', path);
  return () => {
    rmSync(folder, { recursive: true, force: true });
  };
}
