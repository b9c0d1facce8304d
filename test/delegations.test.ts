import { afterAll, beforeAll, expect, it } from 'vitest';
import { startStack, type Stack } from './support/stack.ts';

let stack: Stack;
beforeAll(async () => {
  stack = await startStack();
});
afterAll(() => stack.stop());

it('asks whoever an approver delegates to while an approval waits already, and takes their decision', async () => {
  const { coupa, moveworks, api } = stack;
  const { approvalId } = await coupa.submit({ chain: [201] });
  await moveworks.card(approvalId);
  await coupa.delegate({ delegatorId: 201, delegateId: 203 });
  const reference = await moveworks.card(approvalId, 2);
  expect(reference).toMatch(new RegExp(`^${approvalId}\\.203\\.`));
  const answer = await api.press(reference);
  expect(answer).toMatchObject({ status: 200, body: { status: 'approved' } });
  expect(await coupa.effects(approvalId)).toHaveLength(1);
});
