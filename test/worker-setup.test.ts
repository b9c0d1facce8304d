import { Connection, Client } from '@temporalio/client';
import { defineSearchAttributeKey, SearchAttributeType } from '@temporalio/common';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { pollScheduleId, workflowTypes } from '../src/contract/ids.ts';
import { approvalIdKey, approversKey, searchAttributeKeys } from '../src/contract/search-attributes.ts';
import { taskQueues } from '../src/contract/task-queues.ts';
import { upsertPollSchedule } from '../src/worker/schedule.ts';
import { ensureSearchAttributes } from '../src/worker/search-attributes.ts';
import { startTestTemporal, type TestTemporal, type TestTemporalOptions } from './support/temporal.ts';
import { until } from './support/until.ts';

async function connected(options: TestTemporalOptions) {
  const temporal: TestTemporal = await startTestTemporal(options);
  const connection = await Connection.connect({ address: temporal.address });
  const { namespace } = temporal;
  return {
    connection,
    namespace,
    client: new Client({ connection, namespace }),
    attributes: async () =>
      (await connection.operatorService.listSearchAttributes({ namespace })).customAttributes,
    stop: async () => {
      await connection.close();
      await temporal.stop();
    },
  };
}

type Server = Awaited<ReturnType<typeof connected>>;

describe('search attributes', () => {
  let server: Server | undefined;
  afterEach(async () => {
    await server?.stop();
    server = undefined;
  });

  const names = searchAttributeKeys.map(({ name }) => name);

  it('are registered where the server has none of them, so that an approval can start', async () => {
    server = await connected({ searchAttributes: [] });
    expect(Object.keys(await server.attributes())).not.toContain('ApprovalId');
    await ensureSearchAttributes(server.connection, server.namespace);
    const registered = await server.attributes();
    expect(Object.keys(registered)).toEqual(expect.arrayContaining(names));
    const handle = await server.client.workflow.start(workflowTypes.approval, {
      taskQueue: taskQueues.workflows,
      workflowId: 'approval-1',
      typedSearchAttributes: [
        { key: approvalIdKey, value: 1 },
        { key: approversKey, value: ['201', '202'] },
      ],
    });
    const { typedSearchAttributes } = await handle.describe();
    expect(typedSearchAttributes.get(approvalIdKey)).toBe(1);
    expect(typedSearchAttributes.get(approversKey)).toEqual(['201', '202']);
  });

  it('are completed where some are there, and left alone where all are', async () => {
    server = await connected({ searchAttributes: [approvalIdKey] });
    await ensureSearchAttributes(server.connection, server.namespace);
    const first = await server.attributes();
    expect(Object.keys(first)).toEqual(expect.arrayContaining(names));
    await ensureSearchAttributes(server.connection, server.namespace);
    expect(await server.attributes()).toEqual(first);
  });

  it('are registered once by workers that start at the same time', async () => {
    const { connection, namespace, attributes } = (server = await connected({ searchAttributes: [] }));
    await Promise.all([1, 2, 3].map(() => ensureSearchAttributes(connection, namespace)));
    expect(Object.keys(await attributes())).toEqual(expect.arrayContaining(names));
  });

  it('of another type are refused in one sentence, and nothing is registered', async () => {
    const taken = defineSearchAttributeKey('Amount', SearchAttributeType.KEYWORD);
    server = await connected({ searchAttributes: [taken] });
    await expect(ensureSearchAttributes(server.connection, server.namespace)).rejects.toThrow(
      /^The search attribute Amount of namespace default has another type than Countersign needs; [^.]+\.$/,
    );
    expect(Object.keys(await server.attributes())).not.toContain('ApprovalId');
  });
});

describe('the schedule of the poll', () => {
  let server: Server;
  beforeAll(async () => {
    server = await connected({});
  });
  afterAll(() => server.stop());

  const schedule = () => server.client.schedule.getHandle(pollScheduleId);
  const minuteMs = 60_000;

  beforeEach(async () => {
    await schedule()
      .delete()
      .catch(() => undefined);
    await upsertPollSchedule(server.client, 60 * minuteMs);
  });

  it('is created with its interval, one run at a time, and a bound for a run that hangs', async () => {
    const { spec, policies, action, state } = await schedule().describe();
    expect(spec.intervals?.map(({ every }) => every)).toEqual([60 * minuteMs]);
    expect(policies).toMatchObject({ overlap: 'SKIP', catchupWindow: minuteMs });
    expect(action).toMatchObject({
      workflowType: workflowTypes.poll,
      taskQueue: taskQueues.workflows,
      workflowRunTimeout: 15 * minuteMs,
    });
    expect(state.paused).toBe(false);
  });

  it('stays one schedule with one interval, the newer one, when it is set up again', async () => {
    await upsertPollSchedule(server.client, 30 * minuteMs);
    await upsertPollSchedule(server.client, 30 * minuteMs);
    // The list may lag behind the schedule itself.
    const listed = await until('the schedule in the list', async () => {
      const ids: string[] = [];
      for await (const { scheduleId } of server.client.schedule.list()) ids.push(scheduleId);
      return ids.length > 0 && ids;
    });
    expect(listed).toEqual([pollScheduleId]);
    const { spec, action, policies } = await schedule().describe();
    expect(spec.intervals?.map(({ every }) => every)).toEqual([30 * minuteMs]);
    expect(action).toMatchObject({ workflowType: workflowTypes.poll, taskQueue: taskQueues.workflows });
    expect(policies.overlap).toBe('SKIP');
  });

  it('keeps an operator’s pause and its note', async () => {
    await schedule().pause('Coupa is being upgraded');
    await upsertPollSchedule(server.client, 30 * minuteMs);
    const { state, spec } = await schedule().describe();
    expect(state).toMatchObject({ paused: true, note: 'Coupa is being upgraded' });
    expect(spec.intervals?.map(({ every }) => every)).toEqual([30 * minuteMs]);
  });

  it('comes back from workers that set it up at the same time', async () => {
    await schedule().delete();
    await Promise.all([1, 2, 3].map(() => upsertPollSchedule(server.client, 30 * minuteMs)));
    expect((await schedule().describe()).spec.intervals).toHaveLength(1);
  });
});
