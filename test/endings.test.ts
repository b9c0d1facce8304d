import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pollScheduleId } from '../src/contract/ids.ts';
import { startStack, type Stack } from './support/stack.ts';
import type { SandboxMessage } from './support/sandbox-control.ts';
import { until } from './support/until.ts';

let stack: Stack;
beforeAll(async () => {
  stack = await startStack();
});
afterAll(async () => {
  await stack.stop();
});

/** The notices about a requisition, in their order. */
async function noticesOf(requisitionId: number): Promise<readonly SandboxMessage[]> {
  const messages = await stack.moveworks.messages();
  return messages.filter(
    ({ kind, message }) => kind === 'notice' && message.includes(`Requisition ID</i>: ${requisitionId}`),
  );
}

function notice(requisitionId: number): Promise<SandboxMessage> {
  return until(
    `a notice about requisition ${requisitionId}`,
    async () => (await noticesOf(requisitionId))[0],
  );
}

describe('whoever holds a card is told, without a press, that it asks nothing any more', () => {
  it('when somebody decided in Coupa', async () => {
    const { coupa, moveworks, api } = stack;
    const { approvalId, requisitionId } = await coupa.submit({ chain: [201] });
    const reference = await moveworks.card(approvalId);
    const [card] = await moveworks.cards(approvalId);
    await coupa.decide(approvalId, { action: 'approve', userId: 201 });
    await api.waitFor(approvalId, { outcome: 'decidedElsewhere' });
    const told = await notice(requisitionId);
    expect(told.recipients).toEqual(card?.recipients);
    expect(told.slots).toEqual({});
    expect(await api.press(reference)).toMatchObject({
      status: 409,
      body: { type: 'urn:countersign:problem:decided' },
    });
  });

  it('when the requisition was withdrawn', async () => {
    const { coupa, moveworks, api } = stack;
    const { approvalId, requisitionId } = await coupa.submit({ chain: [201] });
    await moveworks.card(approvalId);
    await coupa.withdraw(requisitionId);
    await api.waitFor(approvalId, { outcome: 'withdrawn' });
    await notice(requisitionId);
  });

  it('but not whoever decided: the answer to the press was enough', async () => {
    const { coupa, moveworks, api } = stack;
    const { approvalId, requisitionId } = await coupa.submit({ chain: [201, 202] });
    expect((await api.press(await moveworks.card(approvalId))).status).toBe(200);
    const next = (await coupa.requisition(requisitionId)).currentApprovalId;
    if (next === null) throw new Error('the chain has a second approval');
    await moveworks.card(next);
    await until('what follows to be done', async () => {
      const after = stack.client.workflow.list({ query: 'WorkflowType = "after"' });
      for await (const { workflowId, status } of after) {
        if (workflowId.startsWith(`after-${approvalId}-`)) return status.name === 'COMPLETED';
      }
      return false;
    });
    expect(await noticesOf(requisitionId)).toEqual([]);
  });
});

describe('an edit', () => {
  it('reaches whoever was asked as a new card that says what changed, and the old card answers `changed`', async () => {
    const { coupa, moveworks, api } = stack;
    const { approvalId, requisitionId } = await coupa.submit({ chain: [201] });
    const old = await moveworks.card(approvalId);
    const lines = [{ description: 'A larger one', quantity: '1', unitPrice: '4321.00' }];
    await coupa.edit(requisitionId, { lines });
    const fresh = await moveworks.card(approvalId, 2);
    const [, second] = await moveworks.cards(approvalId);
    expect(second?.message).toContain('Changed since you were asked');
    expect(second?.message).toContain('4,321.00');
    expect(await api.press(old)).toMatchObject({
      status: 409,
      body: { type: 'urn:countersign:problem:changed' },
    });
    expect((await api.press(fresh)).status).toBe(200);
    expect(await coupa.effects(approvalId)).toHaveLength(1);
  });
});

describe('an approval without reminders', () => {
  it('costs at most 45 events of history', async () => {
    const { coupa, moveworks, api, client } = stack;
    // Another poll could tell it to look again, by a list that lags: that would be counted, too.
    await coupa.settings({ callOut: null });
    await client.schedule.getHandle(pollScheduleId).pause();
    const { approvalId } = await coupa.submit({ chain: [201] });
    expect((await api.request('POST', '/poll')).status).toBe(202);
    await api.press(await moveworks.card(approvalId));
    await api.waitFor(approvalId, { outcome: 'approved' });
    const { historyLength } = await client.workflow.getHandle(`approval-${approvalId}`).describe();
    expect(historyLength).toBeLessThanOrEqual(45);
  });
});
