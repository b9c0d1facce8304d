import { afterAll, beforeAll, expect, it } from 'vitest';
import { createEngine } from '../src/api/engine/create-engine.ts';
import { lazyClient } from '../src/cli/temporal.ts';
import { approvalMemoKey, memoAtStart } from '../src/contract/approval.ts';
import { approvalWorkflowId, workflowTypes } from '../src/contract/ids.ts';
import { approvalIdKey, approversKey } from '../src/contract/search-attributes.ts';
import { startTestTemporal, type TestTemporal } from './support/temporal.ts';
import { until } from './support/until.ts';

let temporal: TestTemporal;
let open: ReturnType<typeof lazyClient>;
beforeAll(async () => {
  temporal = await startTestTemporal();
  open = lazyClient({
    connectionOptions: { address: temporal.address },
    namespace: temporal.namespace,
  });
  const approvers: Record<number, string[]> = { 1: ['201'], 2: ['group:31'], 3: ['31'], 4: ['group:310'] };
  for (const [id, values] of Object.entries(approvers)) {
    const approvalId = Number(id);
    const input = { approvalId, requisitionId: approvalId + 5_000 };
    await open.client.workflow.start(workflowTypes.approval, {
      workflowId: approvalWorkflowId(approvalId),
      // Nobody works on it: what is listed is what was written at the start.
      taskQueue: 'nobody',
      args: [input],
      memo: { [approvalMemoKey]: memoAtStart(input) },
      typedSearchAttributes: [
        { key: approvalIdKey, value: approvalId },
        { key: approversKey, value: values },
      ],
    });
  }
});
afterAll(async () => {
  await open.connection.close();
  await temporal.stop();
});

it('a look-up by person finds what is known by the person’s group alone, page by page', async () => {
  const engine = createEngine({ client: open.client });
  const mine = { approverUserId: 201, approverGroups: [32, 31] };
  const all = await until('all to be listed', async () => {
    const { rows } = await engine.list({ limit: 10 });
    return rows.length === 4 ? rows : undefined;
  });
  expect(all).toHaveLength(4);
  const idsOf = (page: Awaited<ReturnType<typeof engine.list>>) => page.rows.map((row) => row.approvalId);

  expect(idsOf(await engine.list({ ...mine, limit: 10 })).toSorted()).toEqual([1, 2]);
  expect(idsOf(await engine.list({ approverUserId: 201, limit: 10 }))).toEqual([1]);
  const first = await engine.list({ ...mine, limit: 1 });
  const { cursor } = first;
  if (cursor === undefined) throw new Error('there must be a second page');
  const second = await engine.list({ approverUserId: 201, approverGroups: [31, 32], limit: 1, cursor });
  expect([...idsOf(first), ...idsOf(second)].toSorted()).toEqual([1, 2]);
});
