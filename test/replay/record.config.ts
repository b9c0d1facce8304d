import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/** `npm run record-histories`: plays every scenario and overwrites the histories. */
export default defineConfig({
  root: fileURLToPath(new URL('../..', import.meta.url)),
  test: {
    name: 'record',
    include: ['test/replay/record/*.record.ts'],
    maxWorkers: 2,
    testTimeout: 180_000,
    hookTimeout: 120_000,
    globalSetup: ['test/support/global-setup.ts'],
  },
});
