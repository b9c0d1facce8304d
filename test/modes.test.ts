import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { setTimeout as sleep } from 'node:timers/promises';
import { makeReport, type ShadowReport } from '../src/cli/shadow/report.ts';
import type { Decision } from '../src/contract/decision.ts';
import { decideSignal, recordQuery } from '../src/contract/messages.ts';
import { createVendors } from '../src/worker/vendors.ts';
import { testFolder, type TestFolder } from './support/process-folder.ts';
import { countersign } from './support/process-launch.ts';
import { startStack, type Stack } from './support/stack.ts';
import { until } from './support/until.ts';

const notAccepting = 'urn:countersign:problem:not-accepting';
const ada = 'ada.prover@example.test';

/** A press as the API of another mode would hand it over. */
function pressBy(userId: number): Decision {
  return {
    decisionId: '0b1d2c3e-4f56-4789-8abc-def012345678',
    action: 'approve',
    actor: { userId, address: ada },
    receivedAt: new Date().toISOString(),
    via: 'address',
    caller: 'chat',
  };
}

/** What became of a press that went straight to the workflow. */
async function answerTo(stack: Stack, approvalId: number) {
  const handle = stack.client.workflow.getHandle(`approval-${approvalId}`);
  const decision = pressBy(201);
  await handle.signal(decideSignal, decision);
  return until('the answer', async () => (await handle.query(recordQuery)).answers[decision.decisionId]);
}

async function writes(stack: Stack) {
  return (await stack.coupa.requests()).filter(
    ({ method, path }) => method !== 'GET' && !path.includes('token'),
  );
}

describe('MODE=shadow', () => {
  let stack: Stack;
  beforeAll(async () => {
    stack = await startStack({ policy: { mode: 'shadow' } });
  });
  afterAll(async () => {
    await stack.stop();
  });

  const report = (lateMs = 3_000): Promise<ShadowReport> => {
    const now = new Date();
    const since = new Date(now.getTime() - 3_600_000);
    const { coupa } = createVendors(stack.config);
    return makeReport({ client: stack.client, coupa, mode: 'shadow' }, { since, now, lateMs, names: false });
  };
  /** Decides in Coupa itself, as this person, once somebody would have been asked, and waits until it is seen. */
  const decidedInCoupa = async (userId: number): Promise<number> => {
    const { coupa, api } = stack;
    const { approvalId } = await coupa.submit({ chain: [201] });
    await api.waitFor(approvalId, { state: 'asked' });
    await coupa.decide(approvalId, { action: 'approve', userId });
    await api.waitFor(approvalId, { outcome: 'decidedElsewhere' });
    return approvalId;
  };

  it('records whom it would ask, and neither sends nor writes, whatever is asked of it', async () => {
    const { coupa, moveworks, api } = stack;
    const { requisitionId, approvalId } = await coupa.submit({ title: 'Laptops', chain: [201, 202] });
    const waiting = await api.waitFor(approvalId, { state: 'asked' });
    expect(waiting).toMatchObject({ approvers: [{ id: 201 }], cards: [{ userId: 201, kind: 'message' }] });

    const pressed = await api.press(approvalId, { email: ada });
    expect(pressed).toMatchObject({ status: 409, body: { type: notAccepting } });
    const body = { message: 'Hello', recipients: [ada] };
    const notified = await api.request('POST', '/notifications', { body });
    expect(notified).toMatchObject({ status: 409, body: { type: notAccepting } });
    expect(await answerTo(stack, approvalId)).toMatchObject({
      kind: 'refused',
      words: ['Decisions are off here (MODE=shadow): decide in Coupa.'],
    });

    expect((await coupa.approval(requisitionId, approvalId)).status).toBe('pending_approval');
    expect(await writes(stack)).toEqual([]);
    expect(await moveworks.requests()).toEqual([]);
  });

  it('says which were missed, asked of the wrong person, and asked late', async () => {
    const { coupa, api } = stack;
    const right = await decidedInCoupa(201);
    const wrong = await decidedInCoupa(205);
    const service = await decidedInCoupa(900);
    await stack.stopWorkers();
    const missed = await coupa.submit({ chain: [202] });
    await coupa.decide(missed.approvalId, { action: 'approve', userId: 202 });
    const late = await coupa.submit({ chain: [202] });
    await sleep(5_000);
    await stack.startWorkers();
    // A poll that lost its worker is given up after a while, and only then the next one runs.
    await api.waitFor(late.approvalId, { state: 'asked' }, 180_000);

    const found = await until('a report that has seen them all', async () => {
      const got = await report();
      const ids = [...got.askedWrongly, ...got.byService, ...got.late].map(({ approvalId }) => approvalId);
      return [wrong, service, late.approvalId].every((id) => ids.includes(id)) ? got : undefined;
    });
    expect(found.askedWrongly).toEqual([
      expect.objectContaining({ approvalId: wrong, asked: [201], by: 205, entitled: false }),
    ]);
    expect(found.byService).toMatchObject([{ approvalId: service, by: 900 }]);
    expect(found.missed).toEqual([
      {
        approvalId: missed.approvalId,
        requisitionId: missed.requisitionId,
        reason: 'it was never seen waiting',
      },
    ]);
    expect(found.late.map(({ approvalId }) => approvalId)).not.toContain(missed.approvalId);
    expect(found.decided).toMatchObject({ rows: 4, asAsked: 1 });
    expect(found.undecided).toBeGreaterThanOrEqual(1);
    const listed = [found.missed, found.askedWrongly].flat().map(({ approvalId }) => approvalId);
    expect(listed).not.toContain(right);
    expect(JSON.stringify(found)).not.toMatch(/example\.test|Ada|Prover/);
  }, 300_000);

  it('answers what Coupa’s documentation leaves open', async () => {
    const { tenant, remarks } = await report();
    expect(tenant.approverTypes).toHaveProperty('User');
    expect(tenant.statuses).toHaveProperty('pending_approval');
    expect(tenant.readable.comments).toBe('yes');
    expect(tenant.readable.users).toBe('yes');
    expect(tenant.idIn).toEqual({ approvals: 'works', requisitions: 'works' });
    expect(remarks).toEqual([]);
    expect(await writes(stack)).toEqual([]);
  });
});

describe('countersign shadow report', () => {
  let stack: Stack;
  let folder: TestFolder;
  beforeAll(async () => {
    folder = testFolder();
    stack = await startStack();
  });
  afterAll(async () => {
    await stack.stop();
    folder.remove();
  });

  const run = async (...args: string[]) => {
    const { coupa, moveworks } = stack.config;
    const launched = await countersign(folder, ['shadow', ...args], {
      TEMPORAL_ADDRESS: stack.temporal.address,
      COUPA_BASE_URL: coupa.baseUrl,
      COUPA_CLIENT_ID: coupa.clientId,
      COUPA_CLIENT_SECRET: coupa.clientSecret.reveal(),
      COUPA_REQUESTS_PER_SECOND: '20',
      MOVEWORKS_BASE_URL: moveworks.baseUrl,
      MOVEWORKS_EVENT_ID: moveworks.eventId,
      MOVEWORKS_API_KEY: 'moveworks-api-key',
      API_KEYS: 'chat:test-key-test-key-test-key',
      REFERENCE_SECRETS: 'test-reference-secret-test-reference-secret',
    });
    const { code } = await launched.ended;
    return { code, stdout: launched.stdout(), stderr: launched.stderr() };
  };

  it('prints for people and for programs, and names people only when it is told to', async () => {
    const { coupa, api } = stack;
    const { approvalId } = await coupa.submit({ chain: [201] });
    await api.waitFor(approvalId, { state: 'asked' });
    const text = await run('report', '--since', '1h');
    expect(text).toMatchObject({ code: 0, stderr: '' });
    expect(text.stdout).toContain('Would have been asked: 1 approvals, 1 people');
    expect(text.stdout).toContain('No decision yet: 1');
    expect(text.stdout).not.toMatch(/Ada|example/);

    const json = await run('report', '--json', '--names');
    expect(json.code).toBe(0);
    expect(JSON.parse(json.stdout)).toMatchObject({
      mode: 'decide',
      asked: { approvals: 1 },
      names: { 201: 'Ada Prover' },
      tenant: { currentApproverFilter: { group: 'not tried: no such row waits' } },
    });
    expect((await coupa.requests()).filter(({ method }) => method === 'PUT')).toEqual([]);
  });

  it('answers what it does not understand with a sentence and 2', async () => {
    const refused = await run('report', '--since', 'ever');
    expect(refused).toMatchObject({ code: 2, stdout: '' });
    expect(refused.stderr).toMatch(/^countersign: --since should be/);
  });
});

describe('MODE=notify', () => {
  let stack: Stack;
  beforeAll(async () => {
    stack = await startStack({ policy: { mode: 'notify' } });
  });
  afterAll(async () => {
    await stack.stop();
  });

  it('tells the approver with a link to Coupa and without a button, and takes no decision', async () => {
    const { coupa, moveworks, api, config } = stack;
    const { requisitionId, approvalId } = await coupa.submit({ title: 'Desk lamps', chain: [201] });
    const notice = await until('the notice', async () =>
      (await moveworks.inbox(ada)).find(({ message }) => message.includes('Desk lamps')),
    );
    expect(notice).toMatchObject({ kind: 'notice', slots: {}, actions: [] });
    const address = `${config.coupa.baseUrl}/requisition_headers/${requisitionId}`;
    expect(notice.message).toContain(`<b>Decide in Coupa:</b> <a href="${address}">`);

    const pressed = await api.press(approvalId, { email: ada });
    expect(pressed).toMatchObject({ status: 409, body: { type: notAccepting } });
    expect(await answerTo(stack, approvalId)).toMatchObject({
      kind: 'refused',
      words: ['Decisions are off here (MODE=notify): decide in Coupa.'],
    });
    expect(await writes(stack)).toEqual([]);

    await coupa.decide(approvalId, { action: 'approve', userId: 201 });
    await until('the ending', async () =>
      (await moveworks.inbox(ada)).find(
        ({ id, message }) => id > notice.id && message.includes('was decided in Coupa'),
      ),
    );
    expect((await moveworks.messages()).map(({ kind }) => kind)).not.toContain('decision');
  });

  it('sends a caller’s question as a notice that says where to decide', async () => {
    const { coupa, moveworks, api } = stack;
    const { approvalId } = await coupa.submit({ chain: [201] });
    await api.waitFor(approvalId, { state: 'asked' });
    const body = {
      message: 'Please look at this',
      recipients: [ada],
      context: { approval_id: String(approvalId) },
    };
    expect((await api.request('POST', '/notifications', { body })).status).toBe(200);
    const sent = (await moveworks.inbox(ada)).find(({ message }) => message.startsWith('Please look'));
    expect(sent).toMatchObject({ kind: 'notice', slots: {}, actions: [] });
    expect(sent?.message).toContain('Decide in Coupa');
  });
});
