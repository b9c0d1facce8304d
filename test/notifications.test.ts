import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { notificationWorkflowId, workflowTypes } from '../src/contract/ids.ts';
import {
  notificationMemoKey,
  type Delivery,
  type NotificationInput,
  type NotificationResult,
} from '../src/contract/notification.ts';
import { taskQueues } from '../src/contract/task-queues.ts';
import { plainText } from './support/history-text.ts';
import { startStack, type Stack } from './support/stack.ts';
import { until } from './support/until.ts';

let stack: Stack;
beforeAll(async () => {
  stack = await startStack({ temporal: { dbFile: true } });
});
afterAll(async () => {
  await stack.stop();
});

const ada = 'ada.prover@example.test';
const bo = 'bo.ss@example.test';

type Headers = Record<string, string>;
const notify = (body: object, headers: Headers = {}) =>
  stack.api.request('POST', '/notifications', { body, headers });

/** How often a message has arrived, by its text. */
const arrived = async (message: string) =>
  (await stack.moveworks.messages()).filter((each) => each.message === message);

/** An approval that waits for Ada, with her card. */
async function asked() {
  const { requisitionId, approvalId } = await stack.coupa.submit({ chain: [201] });
  return { requisitionId, approvalId, reference: await stack.moveworks.card(approvalId) };
}

type Notification = (input: NotificationInput) => Promise<NotificationResult>;

function startWorkflow(name: string, input: NotificationInput) {
  return stack.client.workflow.start<Notification>(workflowTypes.notification, {
    workflowId: notificationWorkflowId(name),
    taskQueue: taskQueues.workflows,
    args: [input],
    memo: { [notificationMemoKey]: name },
  });
}

describe('a notification about an approval', () => {
  it('reaches the approver with a reference of their own, and a press with it decides', async () => {
    const { coupa, moveworks, api } = stack;
    const { requisitionId, approvalId, reference: first } = await asked();
    const message = `<b>Please</b> decide ${approvalId}:\n- now`;
    const context = { approval_id: String(approvalId), requisition_id: String(requisitionId) };
    const answer = await notify({ message, recipients: ['Ada.Prover@Example.test'], context });
    expect([answer.status, answer.body]).toEqual([200, { status: 'notification_sent' }]);

    const [sent, ...others] = await arrived(message);
    expect(others).toEqual([]);
    expect(sent).toMatchObject({ kind: 'decision', recipients: [ada] });
    const reference = sent?.slots['approval_id'] ?? '';
    expect(stack.references.verify(reference)).toMatchObject({ approvalId, userId: 201 });
    expect(reference).not.toBe(first);
    expect((await api.press(reference)).body).toMatchObject({ status: 'approved', decision: { by: 201 } });
    expect(await coupa.effects(approvalId)).toHaveLength(1);

    const late = await notify({ message, recipients: [ada], context });
    expect(late.status).toBe(409);
    expect(late.body).toMatchObject({
      type: 'urn:countersign:problem:decided',
      decision: { action: 'approve', by: 201 },
    });
    expect(await moveworks.cards(approvalId)).toHaveLength(2);
  });

  it('decides nothing where the request changed between the card and the message (P4)', async () => {
    const { coupa, moveworks, api } = stack;
    const { requisitionId, approvalId } = await asked();
    const message = `Seen before the change: ${approvalId}`;
    const body = { message, recipients: [ada], context: { approval_id: approvalId } };
    await moveworks.fault({ route: 'send', kind: 'status', status: 503 });
    expect((await notify(body, { prefer: 'respond-async' })).status).toBe(202);
    await coupa.edit(requisitionId, {
      lines: [{ description: 'Another thing', quantity: '9', unitPrice: '9' }],
    });
    const sent = await until('the message', async () => (await arrived(message))[0]);
    const pressed = await api.press(sent.slots['approval_id'] ?? '');
    expect(pressed.status).toBe(409);
    expect(pressed.body.type).toBe('urn:countersign:problem:changed');
    expect(pressed.body.changes).not.toEqual([]);
    expect(await coupa.effects(approvalId)).toEqual([]);
  });

  it('decides nothing for somebody who stopped being the approver meanwhile (P6)', async () => {
    const { coupa, moveworks, api } = stack;
    const { approvalId } = await asked();
    const message = `For whoever it was: ${approvalId}`;
    const body = { message, recipients: [ada], context: { approval_id: approvalId } };
    await moveworks.fault({ route: 'send', kind: 'status', status: 503 });
    expect((await notify(body, { prefer: 'respond-async' })).status).toBe(202);
    await coupa.patchApproval(approvalId, { approverType: 'ApprovalGroup' });
    const sent = await until('the message', async () => (await arrived(message))[0]);
    expect((await api.press(sent.slots['approval_id'] ?? '')).status).toBe(403);
    expect(await coupa.effects(approvalId)).toEqual([]);
  });

  it('goes to nobody when one of them may not decide it', async () => {
    const { approvalId } = await asked();
    const message = `To two of ${approvalId}`;
    const refused = await notify({ message, recipients: [ada, bo], context: { approval_id: approvalId } });
    expect(refused.status).toBe(422);
    expect(refused.body.errors).toEqual([
      { pointer: '/recipients/1', detail: `Not an approver of approval ${approvalId}.` },
    ]);
    expect(await arrived(message)).toEqual([]);
    const unknown = await notify({ message, recipients: [ada], context: { approval_id: 999_999 } });
    expect(unknown.status).toBe(404);
  });

  it('keeps references out of Temporal, and names and addresses out of what can be searched (P9)', async () => {
    const { client } = stack;
    const { approvalId } = await asked();
    const message = `Quietly ${approvalId}`;
    const query = 'WorkflowType = "notification"';
    const key = { 'idempotency-key': `ada.prover@example.test ${approvalId}` };
    await notify({ message, recipients: [ada], context: { approval_id: approvalId } }, key);
    const [sent] = await arrived(message);
    const mac = sent?.slots['approval_id']?.split('.').at(-1) ?? '';
    expect(mac).not.toBe('');
    const seen = await until('the notification in the list', async () => {
      const runs = [];
      for await (const { workflowId, memo, typedSearchAttributes } of client.workflow.list({ query })) {
        const handle = client.workflow.getHandle(workflowId);
        const summary = await (await handle.describe()).staticSummary();
        const searchable = plainText([workflowId, summary, memo, typedSearchAttributes.getAll()]);
        runs.push({ searchable, history: plainText(await handle.fetchHistory()) });
      }
      return runs.find(({ history }) => history.includes(message));
    });
    expect(seen.searchable).toContain('1 delivery');
    expect(seen.searchable).not.toMatch(/example|ada\.|prover/i);
    expect(seen.history).not.toContain(mac);
  });
});

describe('a notification without a context', () => {
  it('goes to everybody in one call, by the event without buttons', async () => {
    const message = 'Coupa rests on Sunday.';
    expect((await notify({ message, recipients: [ada, bo] })).body).toEqual({ status: 'notification_sent' });
    expect(await arrived(message)).toMatchObject([{ kind: 'notice', recipients: [ada, bo], slots: {} }]);
  });

  it('is 502 in Moveworks’ words when it is refused for good', async () => {
    const refused = await notify({ message: 'Who?', recipients: ['nobody@example.test'] });
    expect(refused.status).toBe(502);
    expect(refused.body).toMatchObject({
      type: 'urn:countersign:problem:undeliverable',
      words: ['BAD_REQUEST: One or more recipients are unknown'],
      delivered: { sent: 0, of: 1 },
    });
  });

  it('goes out once under one key, with one answer, and no other goes out under it', async () => {
    const message = 'Once only.';
    const key = { 'idempotency-key': 'once' };
    const both = await Promise.all([1, 2].map(() => notify({ message, recipients: [ada] }, key)));
    const later = await notify({ message, recipients: ['ADA.Prover@example.test'] }, key);
    expect([...both, later].map(({ status, body }) => [status, body])).toEqual(
      Array.from({ length: 3 }, () => [200, { status: 'notification_sent' }]),
    );
    const other = await notify({ message: 'Another.', recipients: [ada] }, key);
    expect(other.status).toBe(422);
    expect(other.body.errors).toMatchObject([{ parameter: 'idempotency-key' }]);
    expect([await arrived(message), await arrived('Another.')].map(({ length }) => length)).toEqual([1, 0]);
  });

  it('is accepted while Moveworks is down, and goes out once it is up (P7)', async () => {
    const { moveworks } = stack;
    await moveworks.fault({ route: 'send', kind: 'status', status: 503, times: 2 });
    const message = 'After the outage.';
    const key = { 'idempotency-key': 'outage', prefer: 'wait=1' };
    const accepted = await notify({ message, recipients: [ada] }, key);
    expect([accepted.status, accepted.body]).toEqual([202, { status: 'accepted' }]);
    expect(accepted.headers.get('preference-applied')).toBe('wait=1');
    await until('the message', async () => (await arrived(message)).length > 0);
    const ended = await until('its end', async () => {
      const { status, body } = await notify({ message, recipients: [ada] }, key);
      return status === 200 && body;
    });
    expect(ended).toEqual({ status: 'notification_sent' });
    expect(await arrived(message)).toHaveLength(1);
  });

  it('says that it is not known what became of one that an operator ended', async () => {
    const { moveworks, client } = stack;
    await moveworks.fault({ route: 'send', kind: 'status', status: 503, times: 1, retryAfter: '600' });
    const before = new Set<string>();
    for await (const { workflowId } of client.workflow.list({ query: 'ExecutionStatus = "Running"' })) {
      before.add(workflowId);
    }
    const body = { message: 'Ended by hand.', recipients: [ada] };
    const key = { 'idempotency-key': 'by-hand' };
    expect((await notify(body, { ...key, prefer: 'respond-async' })).status).toBe(202);
    const running = await until('it in the list', async () => {
      const query = 'WorkflowType = "notification" AND ExecutionStatus = "Running"';
      for await (const { workflowId } of client.workflow.list({ query })) {
        if (!before.has(workflowId)) return workflowId;
      }
      return undefined;
    });
    await client.workflow.getHandle(running).terminate('a test');
    await moveworks.clearFaults();
    const answer = await notify(body, key);
    expect(answer.status).toBe(502);
    expect(answer.body.detail).toContain('not known');
  });
});

describe('the workflow of a notification', () => {
  it('goes on after a delivery that is refused for good, and reports each (P7)', async () => {
    const to = (address: string): Delivery => ({ kind: 'notice', recipients: [address] });
    const message = 'To three, of whom one is unknown.';
    const deliveries = [to(ada), to('nobody@example.test'), to(bo)];
    const handle = await startWorkflow('three', { message, deliveries });
    const words = ['BAD_REQUEST: One or more recipients are unknown'];
    expect(await handle.result()).toEqual({
      deliveries: [
        { recipients: 1, outcome: { kind: 'sent' } },
        { recipients: 1, outcome: { kind: 'refused', words } },
        { recipients: 1, outcome: { kind: 'sent' } },
      ],
    });
    expect((await arrived(message)).map(({ recipients }) => recipients[0]).toSorted()).toEqual([ada, bo]);
  });

  it('carries more of the largest messages than one request or one history holds', async () => {
    const message = '€'.repeat(20_000);
    const deliveries = Array.from({ length: 120 }, (): Delivery => ({ kind: 'notice', recipients: [ada] }));
    const handle = await startWorkflow('large', { message, deliveries });
    const result = await handle.result();
    expect(result.deliveries).toHaveLength(deliveries.length);
    expect(new Set(result.deliveries.map(({ outcome }) => outcome.kind))).toEqual(new Set(['sent']));
    expect(await arrived(message)).toHaveLength(deliveries.length);
    const last = await stack.client.workflow.getHandle(handle.workflowId).describe();
    expect(last.runId).not.toBe(handle.firstExecutionRunId);
    expect(last.memo).toEqual({ [notificationMemoKey]: 'large' });
  });
});

describe('Temporal down', () => {
  it('gives 503 with Retry-After within 5 s, and nothing goes out (P3)', async () => {
    const { temporal, api } = stack;
    await temporal.kill();
    for (const context of [undefined, { approval_id: 70_002 }]) {
      const refused = await fetch(`${api.url}/notifications`, {
        method: 'POST',
        headers: { authorization: 'Bearer test-key-test-key-test-key', 'content-type': 'application/json' },
        body: JSON.stringify({ message: 'Into the void', recipients: [ada], context }),
        signal: AbortSignal.timeout(5_000),
      });
      expect(refused.status).toBe(503);
      expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    }
    await temporal.restart();
    await until('Temporal again', async () => (await api.request('GET', '/readyz')).status === 200);
    expect(await arrived('Into the void')).toEqual([]);
  });
});

describe('without a worker', () => {
  it('is accepted when it needs none, and refused with 503 where nobody can say who may decide', async () => {
    const { approvalId } = await asked();
    await stack.stopWorkers();
    const message = `Later ${approvalId}`;
    const accepted = await notify({ message, recipients: [ada] }, { prefer: 'wait=1' });
    expect(accepted.status).toBe(202);
    const context = { approval_id: approvalId };
    const refused = await notify({ message: 'Never', recipients: [ada], context });
    expect(refused.status).toBe(503);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    await stack.startWorkers();
    await until('the message', async () => (await arrived(message)).length > 0);
    expect(await arrived('Never')).toEqual([]);
  });
});
