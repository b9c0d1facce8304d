import { describe, expect, it } from 'vitest';
import type { PurchaseRequestStatus } from '../../../contract/purchase-request.ts';
import type { PurchaseCore } from './state.ts';
import { step } from './step.ts';
import {
  again,
  document,
  fails,
  finds,
  findsNothing,
  followed,
  minute,
  newsOf,
  waits,
} from './test-purchases.ts';

const created = { queueStatus: 'CREATED', number: '100417' };
const looking = (core: PurchaseCore): PurchaseCore => ({ ...core, task: { kind: 'look' } });

describe('a purchase request that Concur never lets be read', () => {
  it('is shown to a human after the third refusal, and looked at every hour', () => {
    const refused = fails('HTTP 403', true);
    expect(again(followed(), refused, 2).core.attention).toBeUndefined();
    const { core } = again(followed(), refused, 3);
    expect(core.attention).toMatchObject({ n: 1, reason: 'access' });
    expect(core.attention?.what).toContain('c-1');
    expect(core.attention?.what).not.toContain('Nothing was created');
    const later = again(followed(), refused, 9).core;
    expect(later.attention).toEqual(core.attention);
    expect(waits(later, 8)).toBe(60);
  });

  it('is shown to a human after a day of other failures', () => {
    expect(again(followed(), fails('another id'), 24).core.attention).toBeUndefined();
    expect(again(followed(), fails('another id'), 25).core.attention).toMatchObject({ reason: 'access' });
  });

  it('needs none any more as soon as it answers, whatever it says', () => {
    const { core } = again(followed(), fails('HTTP 403', true), 3);
    expect(step(looking(core), findsNothing, minute(9)).core.attention).toBeUndefined();
    const seen = step(looking(core), finds(created), minute(9)).core;
    expect(seen.attention).toBeUndefined();
    expect(waits(seen, 9)).toBeCloseTo(2 / 60);
  });

  it('is never followed for ever where how long was never told', () => {
    const { core } = step(followed(), fails('HTTP 500'), minute(91 * 24 * 60));
    expect(core.attention?.reason).toBe('notOrderedInTime');
  });
});

it('is not looked at every two seconds for ever because what Concur says changes each time', () => {
  const words = [
    { ...created, workflowStatus: 'Submitted' },
    { ...created, workflowStatus: 'Not Submitted' },
  ];
  const most = 9 * 60;
  let core = followed();
  let [looks, at] = [0, 0];
  for (; at < most && looks < 20_000; looks += 1) {
    core = step(looking(core), finds(words[looks % 2] ?? {}), minute(at)).core;
    at += waits(core, at) ?? most;
  }
  expect(looks).toBeGreaterThan(100);
  expect(looks).toBeLessThan(5_000);
});

describe('the orders of several vendors', () => {
  const [line] = document.lineItems;
  const lineItems = line === undefined ? [] : [line, { ...line, vendorCode: 'V-2' }];
  const several = followed({ document: { ...document, lineItems } });
  const shows = (orders: string[]): Partial<PurchaseRequestStatus> => ({ ...created, orders });

  it('may come one after another: the first alone does not end it', () => {
    const first = step(several, finds(shows(['PO1'])), minute(1)).core;
    expect(first.task).toMatchObject({ kind: 'wait', then: { kind: 'look' } });
    const all = step(looking(first), finds(shows(['PO1', 'PO2'])), minute(1.1));
    expect(all.core.task).toEqual({ kind: 'readOrders', numbers: ['PO1', 'PO2'] });
    expect(newsOf(all)).toEqual([]);
  });

  it('are all there is when no other one came for a minute', () => {
    const first = step(several, finds(shows(['PO1'])), minute(1)).core;
    expect(step(looking(first), finds(shows(['PO1'])), minute(1.9)).core.task.kind).toBe('wait');
    const { core } = step(looking(first), finds({ ...shows(['PO1']), workflowStatus: 'new' }), minute(2));
    expect(core.task).toEqual({ kind: 'readOrders', numbers: ['PO1'] });
  });

  it('need no human, though they are late', () => {
    const late = step(several, finds(created), minute(700)).core;
    expect(late.attention?.reason).toBe('notOrderedInTime');
    const first = step(looking(late), finds(shows(['PO1'])), minute(800)).core;
    expect(first.attention).toBeUndefined();
    expect(waits(first, 800)).toBeLessThan(2);
  });
});
