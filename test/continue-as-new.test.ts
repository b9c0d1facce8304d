import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { approvalWorkflowId } from '../src/contract/ids.ts';
import { recheckSignal } from '../src/contract/messages.ts';
import { startStack, type Stack } from './support/stack.ts';
import { until } from './support/until.ts';

let stack: Stack;
beforeAll(async () => {
  // After so few events Temporal suggests a new run: months of history in a second.
  stack = await startStack({
    temporal: { dynamicConfig: { 'limit.historyCount.suggestContinueAsNew': 25 } },
  });
});
afterAll(async () => {
  await stack.stop();
});

/** Makes history until the approval goes on in another run. */
async function renew(approvalId: number): Promise<void> {
  const handle = () => stack.client.workflow.getHandle(approvalWorkflowId(approvalId));
  const { runId } = await handle().describe();
  await until('a new run', async () => {
    await handle().signal(recheckSignal);
    return (await handle().describe()).runId !== runId;
  });
}

describe('an approval over continue-as-new', () => {
  it('keeps its cards, its memo and its search attributes, and asks nobody twice (P7, P11)', async () => {
    const { coupa, moveworks, api } = stack;
    const { approvalId } = await coupa.submit({ chain: [201, 202] });
    const reference = await moveworks.card(approvalId);
    const before = (await api.show(approvalId)).body;
    await renew(approvalId);
    await renew(approvalId);

    expect((await api.show(approvalId)).body['cards']).toEqual(before['cards']);
    await until('it in the list of what Ada is asked', async () => {
      const { body } = await api.request('GET', '/approvals?approver=201&state=asked');
      return JSON.stringify(body['data']).includes(`"id":${approvalId}`);
    });
    expect(await moveworks.cards(approvalId)).toHaveLength(1);
    expect((await api.press(reference)).body).toMatchObject({ status: 'approved', decision: { by: 201 } });
    expect(await coupa.effects(approvalId)).toHaveLength(1);
  });

  it('carries a decision that waits for Coupa along, and carries it out once', async () => {
    const { coupa, moveworks, api } = stack;
    const { approvalId } = await coupa.submit({ chain: [201] });
    const reference = await moveworks.card(approvalId);
    const handle = stack.client.workflow.getHandle(approvalWorkflowId(approvalId));
    const { runId } = await handle.describe();
    // The answer that Temporal does not retry comes late enough in the history to end the run.
    await coupa.fault({ route: 'approval', id: approvalId, kind: 'status', status: 403, times: 1 });
    await api.press(reference, { prefer: 'respond-async' });
    await api.waitFor(approvalId, { outcome: 'approved' });
    expect((await handle.describe()).runId).not.toBe(runId);
    expect(await coupa.effects(approvalId)).toHaveLength(1);
  });

  it('takes presses that come at the very moment of the change of runs', async () => {
    const { coupa, moveworks, api } = stack;
    for (let round = 0; round < 5; round += 1) {
      const { approvalId } = await coupa.submit({ chain: [201] });
      const reference = await moveworks.card(approvalId);
      const handle = stack.client.workflow.getHandle(approvalWorkflowId(approvalId));
      const signals = Array.from({ length: 12 }, () => handle.signal(recheckSignal).catch(() => undefined));
      const answers = await Promise.all([...signals, api.press(reference), api.press(reference)]);
      const statuses = answers.slice(-2).map((answer) => answer?.status);
      expect(statuses.every((status) => status === 200 || status === 202)).toBe(true);
      await api.waitFor(approvalId, { outcome: 'approved' });
      expect(await coupa.effects(approvalId)).toHaveLength(1);
    }
  });
});
