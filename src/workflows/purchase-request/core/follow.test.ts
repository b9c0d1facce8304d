import { describe, expect, it } from 'vitest';
import { step } from './step.ts';
import {
  again,
  fails,
  finds,
  findsNothing,
  followed,
  handOver,
  minute,
  newsOf,
  storyOf,
  waits,
} from './test-purchases.ts';

const created = { queueStatus: 'CREATED', number: '100417' };

describe('a look', () => {
  it.each([
    [{ queueStatus: 'CREATED' }],
    [{ queueStatus: 'created' }],
    [{ queueStatus: 'PENDING_CREATION', number: '1' }],
    [{ workflowStatus: 'Submitted' }],
  ])('that shows it created for the first time tells of it: %o', (status) => {
    const next = step(followed(), finds(status), minute(1));
    expect(next.core.phase).toBe('created');
    expect(newsOf(next)).toEqual(['created']);
    expect(newsOf(step(next.core, finds(status), minute(2)))).toEqual([]);
  });

  it('of a queued one tells nobody', () => {
    const next = step(followed(), finds({ queueStatus: 'PENDING_CREATION' }), minute(1));
    expect(next.core.phase).toBe('accepted');
    expect(newsOf(next)).toEqual([]);
  });

  it('links the requisition that it came from', () => {
    const { origin } = handOver();
    const next = step(followed({ origin }), finds(created), minute(1));
    expect(newsOf(next)).toEqual(['created', 'link created']);
    expect(next.beside[1]?.input).toMatchObject({ requisitionId: 2041, number: '100417', concurId: 'c-1' });
  });

  it('tells each entering of a status that needs the requester, however it is spelt', () => {
    const statuses = ['Submitted', 'Sent Back To Employee', 'SENT BACK TO EMPLOYEE', 'Submitted'];
    const told: string[][] = [];
    let core = followed({ seenCreated: true });
    for (const workflowStatus of [...statuses, 'sent back to employee', 'Approval Time Expired']) {
      const next = step(core, finds({ ...created, workflowStatus }), minute(1));
      told.push(newsOf(next));
      core = { ...next.core, task: { kind: 'look' } };
    }
    expect(told).toEqual([[], ['sentBack'], [], [], ['sentBack'], ['expired']]);
  });

  it('tells nobody where nobody is to hear', () => {
    const { notify, ...quiet } = followed();
    expect(newsOf(step(quiet, finds(created), minute(1)))).toEqual([]);
    expect(notify).toBeDefined();
  });

  it('that shows orders leads to reading them, and to the end', () => {
    const seen = step(followed(), finds({ ...created, orders: ['PO1', 'PO2'] }), minute(1)).core;
    expect(seen.task).toEqual({ kind: 'readOrders', numbers: ['PO1', 'PO2'] });
    const read = [{ number: 'PO2', status: 'Transmitted' }];
    const next = step(seen, { kind: 'ordersRead', orders: read }, minute(1));
    expect(next.core).toMatchObject({ phase: 'ordered', orders: [{ number: 'PO1' }, ...read] });
    expect(newsOf(next)).toEqual(['ordered']);
    const unread = step(seen, fails('HTTP 500'), minute(1));
    expect(unread.core).toMatchObject({ phase: 'ordered', orders: [{ number: 'PO1' }, { number: 'PO2' }] });
  });

  it.each([
    [
      [{ code: '70', message: 'too many' }, { code: '71' }],
      [{ code: '70' }, { code: '71' }],
    ],
    [[], [{ code: 'createFailed' }]],
  ])('that shows a failed creation ends it with its exceptions', (exceptions, problems) => {
    const next = step(followed(), finds({ queueStatus: 'CREATE_FAILED', exceptions }), minute(1));
    expect(next.core).toMatchObject({ phase: 'failed', problems });
    expect(newsOf(next)).toEqual(['failed']);
  });
});

describe('looks', () => {
  it.each([
    [0, 2 / 60],
    [4, 1],
    [100, 25],
    [500, 60],
  ])('come a quarter of the quiet time apart: after %d minutes in %d', (quiet, wait) => {
    const status = { ...created, exceptions: [{ code: 'b' }, { code: 'a' }] };
    const known = step(followed(), finds(status), minute(0)).core;
    const other = { ...status, exceptions: [{ code: 'a' }, { code: 'b' }] };
    const { core } = step(known, finds(other), minute(quiet));
    expect(waits(core, quiet)).toBeCloseTo(wait);
  });

  it('begin anew with each change', () => {
    const known = step(followed(), finds(created), minute(0)).core;
    const { core } = step(known, finds({ ...created, workflowStatus: 'Approved' }), minute(30));
    expect(waits(core, 30)).toBeCloseTo(2 / 60);
    expect(storyOf(core)).toContain('Its status in Concur: Approved');
  });

  it('that find nothing ask a human after half an hour, then go on once a day, until it is there', () => {
    expect(step(followed(), findsNothing, minute(30)).core.attention).toBeUndefined();
    const { core } = step(followed(), findsNothing, minute(31));
    expect(core.attention).toMatchObject({ n: 1, reason: 'notFound' });
    expect(waits(core, 31)).toBe(24 * 60);
    expect(step(core, findsNothing, minute(2_000)).core.attention).toEqual(core.attention);
    expect(step(core, finds(created), minute(90)).core.attention).toBeUndefined();
  });

  it('ask a human when no order came in time, unless the time was made longer', () => {
    expect(step(followed(), finds(created), minute(599)).core.attention).toBeUndefined();
    const { core } = step(followed(), finds(created), minute(600));
    expect(core.attention).toMatchObject({ reason: 'notOrderedInTime' });
    expect(waits(core, 600)).toBe(24 * 60);
    const longer = { kind: 'found', followForMs: 6e9, status: { exceptions: [], orders: [] } } as const;
    expect(step(core, { kind: 'looked', result: longer }, minute(601)).core.attention).toBeUndefined();
    const { core: seen } = step(core, finds({ orders: ['PO1'] }), minute(700));
    expect(seen.task.kind).toBe('readOrders');
    expect(seen.attention).toBeUndefined();
  });

  it('that fail are trouble, further and further apart, and end nothing', () => {
    const apart = [1, 2, 3, 9].map((times) =>
      waits(again(followed(), fails('HTTP 403'), times).core, times - 1),
    );
    expect(apart).toEqual([1, 2, 4, 60]);
    const { core } = again(followed(), fails('HTTP 403'), 9);
    expect(core).toMatchObject({ phase: 'accepted', trouble: { message: 'HTTP 403' } });
    expect(core.timeline).toHaveLength(1);
    expect(step(core, finds(created), minute(20)).core.trouble).toBeUndefined();
  });

  it('that fail while a human is asked come once a day', () => {
    const asked = step(followed(), findsNothing, minute(31)).core;
    const { core } = step({ ...asked, task: { kind: 'look' } }, fails('HTTP 500'), minute(40));
    expect(waits(core, 40)).toBe(24 * 60);
    expect(core.attention).toEqual(asked.attention);
  });

  it('that fail for too long ask for a human, too', () => {
    const core = followed({ followForMs: 600 * 60_000 });
    expect(step(core, fails('HTTP 500'), minute(700)).core.attention?.reason).toBe('notOrderedInTime');
  });
});
