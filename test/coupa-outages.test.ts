import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { recheck } from '../src/activities/engine/approvals.ts';
import { approvalWorkflowId } from '../src/contract/ids.ts';
import { startOutageStack, type OutageStack } from './support/outage-stack.ts';
import { startTrap, type Trap } from './support/login-trap.ts';
import type { Fault } from './support/sandbox-control.ts';
import { until } from './support/until.ts';

let stack: OutageStack;
let trap: Trap;
beforeAll(async () => {
  trap = await startTrap();
  stack = await startOutageStack();
  await stack.startWorkers({ timeoutMs: 3_000 });
});
afterAll(async () => {
  await stack.stop();
  await trap.close();
});

type Kind = Omit<Fault, 'route' | 'times' | 'id'>;

/** Beyond the client's time-out. */
const slowMs = 6_000;

/** What a Coupa in trouble answers, and the words in which an approval says so while it lasts. */
const troubles: readonly [name: string, fault: () => Kind, words: RegExp][] = [
  ['429 without Retry-After', () => ({ kind: 'status', status: 429 }), /429, too many requests/],
  [
    '429 with Retry-After',
    () => ({ kind: 'status', status: 429, retryAfter: '1' }),
    /429, too many requests/,
  ],
  ['a maintenance page with 200', () => ({ kind: 'html', status: 200 }), /text\/html came instead of JSON/],
  ['a maintenance page with 503', () => ({ kind: 'html', status: 503 }), /HTTP 503/],
  ['a redirect to a login page', () => ({ kind: 'redirect', location: `${trap.url}/login` }), /HTTP 302/],
  ['502', () => ({ kind: 'status', status: 502 }), /HTTP 502/],
  ['503 with Retry-After', () => ({ kind: 'status', status: 503, retryAfter: '1' }), /HTTP 503/],
  ['504', () => ({ kind: 'status', status: 504 }), /HTTP 504/],
  ['403', () => ({ kind: 'status', status: 403 }), /HTTP 403.*core\.approval\.read/],
  [
    'an answer that takes too long',
    () => ({ kind: 'delay', delayMs: slowMs }),
    /no whole answer within 3000 ms/,
  ],
  [
    'a body that takes too long',
    () => ({ kind: 'slowBody', delayMs: slowMs }),
    /no whole answer within 3000 ms/,
  ],
  ['a connection reset before an answer', () => ({ kind: 'dropBefore' }), /the connection broke/],
  ['a connection reset after the work', () => ({ kind: 'dropAfter' }), /the connection broke/],
  ['truncated JSON', () => ({ kind: 'truncated' }), /truncated/],
  ['XML', () => ({ kind: 'xml' }), /xml came instead of JSON/],
  ['an empty body with 200', () => ({ kind: 'empty' }), /an empty answer/],
  ['a 200 about another resource', () => ({ kind: 'otherResource' }), /another id/],
];
/** After these a read is not made again by Temporal, but by the approval itself, or when it is told to look. */
const waitsForAPass = new Set(['a redirect to a login page', '403']);

async function isRunning(approvalId: number): Promise<boolean> {
  const { status } = await stack.client.workflow.getHandle(approvalWorkflowId(approvalId)).describe();
  return status.name === 'RUNNING';
}

/** One requisition for each trouble, found by one poll that began once its fault was planned. */
async function submitWith(
  names: readonly string[],
  plan: (name: string, submitted: { approvalId: number; requisitionId: number }) => Promise<unknown>,
): Promise<Map<string, { approvalId: number; requisitionId: number }>> {
  const submitted = new Map<string, { approvalId: number; requisitionId: number }>();
  for (const name of names) {
    const at = await stack.coupa.submit({ chain: [201] });
    submitted.set(name, at);
    await plan(name, at);
  }
  await stack.poll();
  return submitted;
}

/** Polls until every one of these has a card: Temporal's list of approvals, which a pass goes by, lags behind. */
async function pollUntilCarded(approvalIds: readonly number[]): Promise<void> {
  await until(
    'a card for each',
    async () => {
      await stack.poll();
      const counts = await Promise.all(approvalIds.map((id) => stack.moveworks.cards(id)));
      return counts.every((cards) => cards.length > 0);
    },
    100_000,
    500,
  );
}

const names = troubles.map(([name]) => name);
const faultOf = (name: string): Kind => {
  const fault = troubles.find(([each]) => each === name)?.[1]();
  if (fault === undefined) throw new Error(`no such trouble: ${name}`);
  return fault;
};

describe('a read that fails once', () => {
  const passing = names.filter((name) => !waitsForAPass.has(name));
  let submitted: Awaited<ReturnType<typeof submitWith>>;
  beforeAll(async () => {
    submitted = await submitWith(passing, (name, { approvalId, requisitionId }) =>
      Promise.all([
        stack.coupa.fault({ route: 'approval', id: approvalId, ...faultOf(name) }),
        stack.coupa.fault({ route: 'requisition', id: requisitionId, ...faultOf(name) }),
      ]),
    );
  });
  afterAll(() => stack.coupa.clearFaults());

  it.each(passing)('by %s is made again, and brings one card', async (name) => {
    const { approvalId = 0 } = submitted.get(name) ?? {};
    await stack.api.waitFor(approvalId, { state: 'asked' });
    await stack.moveworks.card(approvalId);
    expect(await stack.moveworks.cards(approvalId)).toHaveLength(1);
  });
});

describe('a read that keeps failing', () => {
  let submitted: Awaited<ReturnType<typeof submitWith>>;
  beforeAll(async () => {
    submitted = await submitWith(names, (name, { approvalId }) =>
      stack.coupa.fault({ route: 'approval', id: approvalId, times: 1_000, ...faultOf(name) }),
    );
  });
  afterAll(() => stack.coupa.clearFaults());

  it.each(troubles)('by %s leaves the approval stuck, open, and saying why (P7)', async (name, _, words) => {
    const { approvalId = 0 } = submitted.get(name) ?? {};
    const shown = await stack.api.waitFor(approvalId, { state: 'stuck' }, 100_000);
    expect(shown['stuckReason']).toMatch(words);
    expect(await isRunning(approvalId)).toBe(true);
    expect(await stack.moveworks.cards(approvalId)).toHaveLength(0);
  });

  it('brings one card each as soon as a poll, or a recheck, finds that Coupa is back', async () => {
    await stack.coupa.clearFaults();
    const ids = [...submitted.values()].map(({ approvalId }) => approvalId);
    // The poll that found them has told them of their turn already, and would tell them again 10 minutes later.
    for (const name of waitsForAPass) await recheck(stack.client, submitted.get(name)?.approvalId ?? 0);
    await pollUntilCarded(ids);
    for (const id of ids) {
      await stack.api.waitFor(id, { state: 'asked' });
      expect(await stack.moveworks.cards(id)).toHaveLength(1);
    }
  });

  it('never sent the credential to where a redirect led', () => {
    expect(trap.visits()).toEqual([]);
  });
});

describe('a write that fails once', () => {
  let submitted: Awaited<ReturnType<typeof submitWith>>;
  beforeAll(async () => {
    submitted = await submitWith(names, (name, { approvalId }) =>
      stack.coupa.fault({ route: 'approve', id: approvalId, ...faultOf(name) }),
    );
    // All are pressed at once: after some answers the next try is half a minute away.
    await Promise.all(
      [...submitted.values()].map(async ({ approvalId }) => {
        const reference = await stack.moveworks.card(approvalId);
        const { status } = await stack.api.press(reference, { prefer: 'respond-async' });
        expect(status).toBe(202);
      }),
    );
  });
  afterAll(() => stack.coupa.clearFaults());

  it.each(names)('by %s is carried out in the end, exactly once (P5)', async (name) => {
    const { approvalId = 0, requisitionId = 0 } = submitted.get(name) ?? {};
    await stack.api.waitFor(approvalId, { outcome: 'approved' }, 100_000);
    expect(await stack.coupa.effects(approvalId)).toHaveLength(1);
    expect(await stack.coupa.approval(requisitionId, approvalId)).toMatchObject({ status: 'approved' });
  });

  it('never sent the credential to where a redirect led', () => {
    expect(trap.visits()).toEqual([]);
  });
});

describe('a list that comes wrong', () => {
  it.each(['empty', 'truncated', 'otherResource', 'html'])('(%s) ends no approval', async (kind) => {
    const { approvalId } = await stack.coupa.submit({ chain: [201] });
    await stack.poll();
    await stack.moveworks.card(approvalId);
    await stack.coupa.fault({ route: 'approvals', kind, status: 200, times: 2 });
    await stack.coupa.fault({ route: 'requisitions', kind, status: 200, times: 1 });
    await stack.poll();
    await stack.coupa.clearFaults();
    await stack.poll();
    expect((await stack.api.show(approvalId)).body).toMatchObject({ state: 'asked' });
    expect(await stack.moveworks.cards(approvalId)).toHaveLength(1);
  });
});

describe('an outage', () => {
  const many = 20;
  const submitMany = async (): Promise<number[]> => {
    const ids: number[] = [];
    for (let n = 0; n < many; n += 1) ids.push((await stack.coupa.submit({ chain: [201] })).approvalId);
    return ids;
  };
  const expectOneCardEach = async (ids: readonly number[]): Promise<void> => {
    await pollUntilCarded(ids);
    // Another look of the poll changes nothing.
    await stack.poll();
    for (const id of ids) expect(await stack.moveworks.cards(id)).toHaveLength(1);
  };

  it('of everything fails the poll, which says so, and each approval submitted meanwhile gets one card', async () => {
    await stack.coupa.fault({ route: '*', kind: 'html', status: 503, times: 100_000 });
    const ids = await submitMany();
    expect(await stack.poll()).toMatchObject({ failure: expect.stringContaining('HTTP 503') as string });
    for (const id of ids) expect((await stack.api.show(id)).status).toBe(404);
    await stack.coupa.clearFaults();
    await expectOneCardEach(ids);
  });

  it('of single reads, while lists are answered, leaves them stuck, and then each gets one card', async () => {
    for (const route of ['approval', 'requisition'])
      await stack.coupa.fault({ route, kind: 'status', status: 503, times: 100_000 });
    const ids = await submitMany();
    await stack.poll();
    for (const id of ids) await stack.api.waitFor(id, { state: 'stuck' }, 100_000);
    await stack.coupa.clearFaults();
    await expectOneCardEach(ids);
  });
});
