import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { foundCompany } from './interleavings/company.ts';
import { coupaReader } from './interleavings/coupa-truth.ts';
import { createMailbox } from './interleavings/mailbox.ts';
import type { Stage } from './interleavings/play.ts';
import { runSequences } from './interleavings/runner.ts';
import { startTappedStack, type TappedStack } from './support/tapped-stack.ts';

/** How many sequences; `npm run test:long` asks for 10,000. */
const count = Number(process.env['INTERLEAVINGS'] ?? 200);
/** The first sequence's seed: with the one that a failure names and a count of 1, that sequence alone is played. */
const seed = Number(process.env['INTERLEAVINGS_SEED'] ?? 1);

let stack: TappedStack;
beforeAll(async () => {
  stack = await startTappedStack({ pollIntervalMs: 3_000 });
  await foundCompany(stack);
});
afterAll(async () => {
  await stack.stop();
});

describe('whatever happens in whatever order', () => {
  it(
    `keeps every promise (P1-P8) over ${count} sequences from seed ${seed} on`,
    { timeout: 600_000 + count * 10_000 },
    async () => {
      const stage: Stage = {
        stack,
        reader: coupaReader(stack.coupaUrl),
        mailbox: createMailbox(stack),
        restarts: 0,
        pressed: 0,
      };
      const failures = await runSequences(stage, {
        count,
        seed,
        lanes: 10,
        mostOpen: 100,
        restartEvery: 25,
      });
      expect(failures.join('\n\n')).toBe('');
    },
  );
});
