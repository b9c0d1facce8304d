import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { testFolder, type TestFolder } from '../support/process-folder.ts';
import { startDemo, type Demo } from '../support/process-demo.ts';
import { until } from '../support/until.ts';

// Starts wait for those of other files, and each takes its time on a busy machine.
vi.setConfig({ testTimeout: 600_000, hookTimeout: 600_000 });

/** Orphans are stopped, a decision under way is found by its time-out, and then it all goes on. */
const boundMs = 300_000;
const longMs = 600_000;
/** Within what a request to Coupa may take, and long enough to plan what is to meet the next ones. */
const heldMs = 15_000;

let folder: TestFolder;
let demo: Demo;
beforeEach(async () => {
  folder = testFolder();
  demo = await startDemo(folder);
});
afterEach(() => {
  folder.remove();
});

async function killAndStartAgain(): Promise<void> {
  const killed = demo;
  await killed.killStart();
  expect(await killed.remains()).toEqual(expect.arrayContaining(['temporal', 'sandbox']));
  demo = await startDemo(folder);
  expect(demo.start.stderr()).toContain('Stopped temporal, left over from an earlier run.');
  expect(demo.start.stderr()).toContain('Stopped sandbox, left over from an earlier run.');
  const left = killed.children.map(({ pid }) => pid);
  expect(demo.children.filter(({ pid }) => left.includes(pid))).toEqual([]);
}

interface Asked {
  requisitionId: number;
  approvalId: number;
  reference: string;
}

async function asked(): Promise<Asked> {
  const { requisitionId, approvalId } = await demo.coupa.submit({ chain: [201, 202] });
  return { requisitionId, approvalId, reference: await demo.moveworks.card(approvalId) };
}

/** The end that every kill must lead to: one write with our marker, and the next approver asked. */
async function expectApprovedOnceAndHandedOn({ requisitionId, approvalId }: Asked): Promise<void> {
  await until(
    `approval ${approvalId} to be approved`,
    async () => (await demo.api.show(approvalId)).body['outcome'] === 'approved',
    boundMs,
  );
  const row = await demo.coupa.approval(requisitionId, approvalId);
  expect(row).toMatchObject({ status: 'approved', approvedById: 900 });
  expect(row.note).toMatch(/^\[cs [0-9a-f]{12}\] Ada Prover ada\.prover@example\.test$/);
  const { approvals, currentApprovalId } = await demo.coupa.requisition(requisitionId);
  expect(approvals.map(({ approverId, status }) => [approverId, status])).toEqual([
    [101, 'approved'],
    [201, 'approved'],
    [202, 'pending_approval'],
  ]);
  const next = currentApprovalId ?? 0;
  await until(
    'the next card',
    async () => (await demo.moveworks.cards(next)).at(0)?.recipients.includes('bo.ss@example.test'),
    boundMs,
  );
}

/** The approve request, once Coupa's record shows it. */
function approveRequest(approvalId: number) {
  return until('the write to Coupa', async () =>
    (await demo.coupa.requests()).find((each) => each.path === `/api/approvals/${approvalId}/approve`),
  );
}

describe('a start that is killed', () => {
  it('with a card out: the card’s reference still approves', async () => {
    const approval = await asked();
    await killAndStartAgain();
    const answer = await until('an answer', async () => {
      const pressed = await demo.api.press(approval.reference);
      return pressed.status === 202 ? undefined : pressed;
    });
    expect(answer.body).toMatchObject({ status: 'approved', decision: { by: 201 } });
    await expectApprovedOnceAndHandedOn(approval);
    expect(await demo.coupa.effects(approval.approvalId)).toHaveLength(1);
  });

  it('between the press and its execution: the decision is carried out (P3)', async () => {
    const approval = await asked();
    const { approvalId } = approval;
    // Holds the read that stands before every write (P4).
    await demo.coupa.fault({ route: 'approval', kind: 'delay', delayMs: longMs });
    const pressed = await demo.api.press(approval.reference, { prefer: 'respond-async' });
    expect(pressed.status).toBe(202);
    await until('the read before the write', async () =>
      (await demo.coupa.requests()).find(
        (each) => each.path === `/api/approvals/${approvalId}` && each.status === null,
      ),
    );
    expect(await demo.coupa.effects(approvalId)).toHaveLength(0);
    await killAndStartAgain();
    await expectApprovedOnceAndHandedOn(approval);
    expect(await demo.coupa.effects(approvalId)).toHaveLength(1);
  });

  it('after Coupa’s write and before its answer: the write is recognised, not repeated (P5)', async () => {
    const approval = await asked();
    const { approvalId } = approval;
    await demo.coupa.fault({ route: 'approve', kind: 'delay', delayMs: heldMs });
    await demo.api.press(approval.reference, { prefer: 'respond-async' });
    await approveRequest(approvalId);
    // From here on every answer is held back, that of the write included, once it had its effect.
    await demo.coupa.settings({ latencyMs: longMs });
    await until('the effect', async () => (await demo.coupa.effects(approvalId)).length > 0);
    expect((await approveRequest(approvalId)).status).toBeNull();
    await killAndStartAgain();
    await expectApprovedOnceAndHandedOn(approval);
    expect(await demo.coupa.effects(approvalId)).toHaveLength(0);
  });

  it('after the decision and before the hand-over: the next approver is asked', async () => {
    const approval = await asked();
    const { approvalId, requisitionId } = approval;
    await demo.coupa.fault({ route: 'approve', kind: 'delay', delayMs: heldMs });
    await demo.api.press(approval.reference, { prefer: 'respond-async' });
    await approveRequest(approvalId);
    // What comes after the write reads the requisition, to find who is next.
    await demo.coupa.fault({ route: 'requisition', kind: 'delay', delayMs: longMs, times: 50 });
    await demo.api.waitFor(approvalId, { outcome: 'approved' });
    const next = (await demo.coupa.requisition(requisitionId)).currentApprovalId ?? 0;
    expect(await demo.moveworks.cards(next)).toEqual([]);
    await killAndStartAgain();
    await expectApprovedOnceAndHandedOn(approval);
    expect(await demo.coupa.effects(approvalId)).toHaveLength(0);
  });
});
