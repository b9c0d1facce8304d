import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { CreateResult, Prepared } from '../../../contract/concur-work.ts';
import type { Resolution } from '../../../contract/purchase-request.ts';
import type { PurchaseEvent } from './events.ts';
import { memoOf } from './publish.ts';
import { hear } from './resolve.ts';
import { isClosed, type PurchaseCore } from './state.ts';
import { step } from './step.ts';
import { document, fails, finds, findsNothing, handOver, minute, order } from './test-purchases.ts';

const trouble = { type: 'T', message: 'HTTP 5xx' };
const problems = [{ code: 'c', message: 'm' }];
const creates: readonly CreateResult[] = [
  { kind: 'accepted', concurId: 'c-1' },
  { kind: 'refused', problems },
  { kind: 'refused', problems: [] },
  { kind: 'notCreated', access: true, trouble },
  { kind: 'notCreated', access: false, trouble, retryAfterMs: 90_000 },
  { kind: 'unknown', trouble },
];
const prepares: readonly Prepared[] = [
  { kind: 'ready', document },
  { kind: 'incomplete', problems },
  { kind: 'handedOverBefore', notes: 7 },
  { kind: 'notWanted', why: 'withdrawn' },
];
const looks: readonly PurchaseEvent[] = [
  findsNothing,
  finds({ queueStatus: 'PENDING_CREATION' }),
  finds({ queueStatus: 'CREATED', number: '100', workflowStatus: 'Sent Back To Employee' }),
  finds({ queueStatus: 'CREATED', number: '100', workflowStatus: 'Approval Time Expired' }),
];

/** What may come of the present task, by a number that picks one. */
function outcomeOf({ task }: PurchaseCore, pick: number): PurchaseEvent {
  const one = <T>(of: readonly [T, ...T[]]): T => of[pick % of.length] ?? of[0];
  const some = <T>(of: readonly T[], event: (each: T) => PurchaseEvent): PurchaseEvent => {
    const failures = [fails('HTTP 503'), fails('HTTP 403', true)] as const;
    return one([...failures, ...of.map(event)]);
  };
  switch (task.kind) {
    case 'prepare':
      return some(prepares, (prepared) => ({ kind: 'prepared', prepared }));
    case 'begin':
      return some([1, 2, 3], () => ({ kind: 'begun' }));
    case 'check':
      return some([1, 2], () => ({
        kind: 'checked',
        result: { problems: [], notChecked: [], summary: { lines: 1 } },
      }));
    case 'create':
      return some(creates, (result) => ({ kind: 'created', result }));
    case 'look':
      return some(looks, (event) => event);
    case 'readOrders':
      return { kind: 'ordersRead', orders: [] };
    case 'wait':
    case 'rest':
      return { kind: 'woken' };
  }
}

const resolutions: readonly Resolution[] = [
  { kind: 'notCreated' },
  { kind: 'notCreated' },
  { kind: 'created', concurId: 'c-1' },
  { kind: 'created', concurId: 'c-2' },
  { kind: 'created', number: '100' },
  { kind: 'abandoned' },
];

const move = fc.record({
  pick: fc.nat(1_000),
  /** How long after the move before, in minutes. */
  after: fc.integer({ min: 0, max: 400 }),
  /** An answer to this attention, counted back from the newest; none at all most of the time. */
  answers: fc.option(fc.integer({ min: -1, max: 2 }), { freq: 3 }),
  resolution: fc.constantFrom(...resolutions),
});

/** A create is under way, or will be without anybody being asked. */
const willCreate = ({ task }: PurchaseCore): boolean =>
  task.kind === 'create' || (task.kind === 'wait' && task.then.kind === 'create');

it.each([
  ['an order', order()],
  ['a hand-off', handOver()],
])('%s is never created again while it may exist, nor before its requisition says so (P5)', (_, begin) => {
  fc.assert(
    fc.property(fc.array(move, { maxLength: 60 }), (moves) => {
      let core: PurchaseCore = begin;
      let mayExist = false;
      let now = 0;
      const check = (before: PurchaseCore) => {
        expect(willCreate(core) && mayExist).toBe(false);
        if (willCreate(core) && core.origin.kind === 'handOff') expect(core.begun).toBe(true);
        expect(core.attentions).toBeGreaterThanOrEqual(before.attentions);
        if (isClosed(before)) expect(core.phase).toBe(before.phase);
        // Nothing rests without somebody who is asked.
        if (core.task.kind === 'rest' && !isClosed(core)) expect(core.attention).toBeDefined();
        expect(isDeepStrictEqual(JSON.parse(JSON.stringify(core)), core)).toBe(true);
        expect(JSON.stringify(memoOf(core)).length).toBeLessThan(1_900);
      };
      for (const { pick, after, answers, resolution } of moves) {
        now += after;
        if (answers !== null) {
          const before = core;
          const attention = core.attentions - answers;
          const isHeard = core.task.kind !== 'create' && core.attention?.n === attention;
          if (isHeard && resolution.kind === 'notCreated' && core.attention?.reason !== 'notOrderedInTime')
            mayExist = false;
          if (isHeard && resolution.kind === 'created') mayExist = true;
          core = hear(core, { attention, resolution, by: 'ops' }, minute(now));
          check(before);
        }
        if (isClosed(core)) continue;
        const before = core;
        const event = outcomeOf(core, pick);
        const isCreate = core.task.kind === 'create';
        const lost =
          event.kind === 'failed' ||
          (event.kind === 'created' && ['accepted', 'unknown'].includes(event.result.kind));
        core = step({ ...core, held: [] }, event, minute(now)).core;
        if (isCreate && lost) mayExist = true;
        check(before);
      }
    }),
    { numRuns: 400 },
  );
});
