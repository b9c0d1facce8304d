import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    // With `--coverage`, and of the unit project alone: what a suite runs through says little about what it claims.
    coverage: {
      provider: 'v8',
      include: ['src/**/*.ts'],
      exclude: ['**/*.test.ts', '**/test-*.ts', '**/fixtures/**'],
      reporter: [['text', { skipFull: true }]],
      thresholds: {
        'src/workflows/approval/core/**': { lines: 100 },
        'src/cards/**': { lines: 100 },
        'src/config/**': { lines: 100 },
        'src/references/**': { lines: 100 },
      },
    },
    projects: [
      {
        test: {
          name: 'unit',
          include: ['src/**/*.test.ts', 'sandbox/**/*.test.ts', 'bench/**/*.test.ts'],
          testTimeout: 20_000,
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          name: 'suites',
          include: ['test/**/*.test.ts'],
          // Each file brings its own Temporal server and processes; two cores carry two of them.
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
          testTimeout: 120_000,
          hookTimeout: 120_000,
          globalSetup: ['test/support/global-setup.ts'],
        },
      },
    ],
  },
});
