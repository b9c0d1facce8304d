import { afterEach, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { Directory } from './directory.ts';
import { generateRows } from './generate.ts';
import { settingsOf } from './options.ts';
import { CoupaStore } from './store.ts';
import { startTestTenant, type TestTenant } from './test-tenant.ts';

const NOW_MS = Date.UTC(2026, 2, 4, 12);
const generated = z.strictObject({
  firstApprovalId: z.number(),
  lastApprovalId: z.number(),
  firstRequisitionId: z.number(),
  lastRequisitionId: z.number(),
});
const rows = z.array(z.looseObject({ id: z.number(), 'updated-at': z.string().nullable() }));

let tenant: TestTenant;
beforeEach(async () => {
  tenant = await startTestTenant();
});
afterEach(() => tenant.close());

function generateAlone(seed: number, decided = 0): CoupaStore {
  const store = new CoupaStore(undefined);
  const settings = settingsOf({ clientId: 'client', clientSecret: 'secret' });
  const options = { seed, count: 200, decided, submittedWithinS: 86_400 };
  generateRows({ store, settings, directory: new Directory(undefined) }, options, NOW_MS);
  return store;
}

const everything = (store: CoupaStore) => [...store.requisitions.values(), ...store.approvals.values()];

test('makes the same requisitions of the same seed, and others of another', () => {
  const first = everything(generateAlone(7, 0.3));
  expect(everything(generateAlone(7, 0.3))).toEqual(first);
  expect(everything(generateAlone(8, 0.3))).not.toEqual(first);
});

test('gives each requisition one to four lines and one or two approvers, none of whom is its requester', () => {
  const store = generateAlone(1);
  const made = [...store.requisitions.values()];
  expect(new Set(made.map((one) => one.lines.length))).toEqual(new Set([1, 2, 3, 4]));
  expect(new Set(made.map((one) => one.chain.length))).toEqual(new Set([1, 2]));
  expect(made.filter((one) => one.chain.includes(one.requesterId))).toEqual([]);
  expect(new Set(made.map((one) => one.currency)).size).toBeGreaterThan(3);
});

test('spreads the submissions over the time asked for, the last ones newest', () => {
  const times = [...generateAlone(1).requisitions.values()].map((one) => Date.parse(one.submittedAt ?? ''));
  expect(times).toEqual([...times].sort((left, right) => left - right));
  expect(times[0]).toBeLessThan(NOW_MS - 86_000_000);
  expect(Math.min(...times)).toBeGreaterThanOrEqual(NOW_MS - 86_401_000);
  expect(Math.max(...times)).toBeLessThanOrEqual(NOW_MS);
});

test('leaves some pending rows without dates', () => {
  const pending = [...generateAlone(1).approvals.values()].filter((row) => row.status === 'pending_approval');
  expect(pending).toHaveLength(200);
  const undated = pending.filter((row) => row.updatedAt === null);
  expect(undated.length).toBeGreaterThan(0);
  expect(undated.length).toBeLessThan(50);
});

test('approves the asked share of them whole, between their submission and now', () => {
  const store = generateAlone(1, 0.5);
  const approved = [...store.requisitions.values()].filter((one) => one.status === 'approved');
  expect(approved.length).toBeGreaterThan(60);
  expect(approved.length).toBeLessThan(140);
  for (const { id, submittedAt, chain } of approved) {
    const decided = store.approvalsOf(id).filter((row) => row.type !== 'SelfApproval');
    expect(decided.map((row) => row.status)).toEqual(chain.map(() => 'approved'));
    for (const { approvalDate } of decided) {
      expect(Date.parse(approvalDate ?? '')).toBeGreaterThanOrEqual(Date.parse(submittedAt ?? ''));
      expect(Date.parse(approvalDate ?? '')).toBeLessThanOrEqual(NOW_MS);
    }
  }
});

test('fills a tenant by one call, beside what it had, and names the first and last ids', async () => {
  const before = await tenant.create();
  const answer = await tenant.control('POST', '/sandbox/rows', { seed: 3, count: 120 });
  expect(answer.status).toBe(201);
  const ids = generated.parse(await answer.json());
  expect(ids.firstRequisitionId).toBe(before.requisitionId + 1);
  expect(ids.lastRequisitionId).toBe(before.requisitionId + 120);

  const listed = async (afterId: number) =>
    rows.parse(
      await tenant.json(`/api/approvals?status=pending_approval&id[gt]=${afterId}&order_by=id&dir=asc`),
    );
  const found: number[] = [];
  for (let page = await listed(before.approvalId); page.length > 0; page = await listed(found.at(-1) ?? 0)) {
    found.push(...page.map((row) => row.id));
  }
  expect(found).toHaveLength(120);
  expect([found[0], found.at(-1)]).toEqual([ids.firstApprovalId, ids.lastApprovalId]);
  expect(await tenant.json(`/api/requisitions/${ids.lastRequisitionId}`)).toMatchObject({
    status: 'pending_approval',
    'current-approval': { id: ids.lastApprovalId },
  });
});

test.each([{ count: 10 }, { seed: 1, count: 0 }, { seed: 1, count: 10, decided: 2 }])(
  'refuses %j with what is wrong',
  async (body) => {
    const answer = await tenant.control('POST', '/sandbox/rows', body);
    expect(answer.status).toBe(400);
    expect(await answer.json()).toHaveProperty('problems');
  },
);
