import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startStack, type Stack } from './support/stack.ts';
import { until } from './support/until.ts';

let stack: Stack;
beforeAll(async () => {
  stack = await startStack({ temporal: { dbFile: true } });
});
afterAll(async () => {
  await stack.stop();
});

describe('a decision without a worker', () => {
  it('is accepted with 202, shown from the memo, and carried out once a worker is back (P3)', async () => {
    const { coupa, moveworks, api } = stack;
    const { requisitionId, approvalId } = await coupa.submit({ chain: [201, 202] });
    const reference = await moveworks.card(approvalId);
    await stack.stopWorkers();
    const accepted = await api.press(reference, { prefer: 'wait=1' });
    expect(accepted.status).toBe(202);
    expect(accepted.headers.get('location')).toBe(`/approvals/${approvalId}`);
    const shown = await api.show(approvalId);
    expect(shown.body).toMatchObject({ source: 'memo', state: 'asked', requisitionId });
    expect(await coupa.effects(approvalId)).toHaveLength(0);

    await stack.startWorkers();
    await api.waitFor(approvalId, { outcome: 'approved' });
    expect(await coupa.effects(approvalId)).toHaveLength(1);
    const next = (await coupa.requisition(requisitionId)).currentApprovalId;
    expect(next).not.toBeNull();
    await moveworks.card(next ?? 0);
  });

  it('is the first of two that came meanwhile; the other hears of it (P2)', async () => {
    const { coupa, moveworks, api } = stack;
    const { approvalId } = await coupa.submit({ chain: [201] });
    const reference = await moveworks.card(approvalId);
    await stack.stopWorkers();
    await api.press(reference, { action: 'reject', reason: 'first', prefer: 'respond-async' });
    await api.press(reference, { action: 'approve', prefer: 'respond-async' });
    await stack.startWorkers();
    await api.waitFor(approvalId, { outcome: 'rejected' });
    expect(await coupa.effects(approvalId)).toHaveLength(1);
    expect((await api.press(reference, { action: 'approve' })).body).toMatchObject({
      type: 'urn:countersign:problem:decided',
      decision: { action: 'reject', by: 201 },
    });
  });
});

describe('Temporal down', () => {
  it('gives 503 with Retry-After within 5 s and never a false yes; all goes on when it is back (P3)', async () => {
    const { coupa, moveworks, api, temporal } = stack;
    const { approvalId } = await coupa.submit({ chain: [201] });
    const reference = await moveworks.card(approvalId);
    await temporal.kill();
    const refused = await fetch(`${api.url}/approvals/${reference}/approve`, {
      method: 'POST',
      headers: { authorization: 'Bearer test-key-test-key-test-key' },
      signal: AbortSignal.timeout(5_000),
    });
    expect(refused.status).toBe(503);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await api.request('GET', '/readyz')).status).toBe(503);
    expect((await api.request('GET', '/livez')).status).toBe(200);
    expect(await coupa.effects(approvalId)).toHaveLength(0);

    await temporal.restart();
    const answer = await until('an answer after the restart', async () => {
      const pressed = await api.press(reference);
      return pressed.status === 200 ? pressed : undefined;
    });
    expect(answer.body.status).toBe('approved');
    expect(await coupa.effects(approvalId)).toHaveLength(1);
  });
});

describe('Coupa down', () => {
  it('keeps the decision and carries it out once Coupa answers again (P5)', async () => {
    const { coupa, moveworks, api } = stack;
    const { approvalId } = await coupa.submit({ chain: [201] });
    const reference = await moveworks.card(approvalId);
    await coupa.fault({ route: 'approval', id: approvalId, kind: 'status', status: 503, times: 2 });
    await coupa.fault({ route: 'approve', id: approvalId, kind: 'status', status: 502, times: 1 });
    expect((await api.press(reference, { prefer: 'respond-async' })).status).toBe(202);
    await api.waitFor(approvalId, { outcome: 'approved' });
    await coupa.clearFaults();
    expect(await coupa.effects(approvalId)).toHaveLength(1);
  });

  it('says that it waits once Temporal’s own retries are spent, and the next press tries at once', async () => {
    const { coupa, moveworks, api } = stack;
    const { approvalId } = await coupa.submit({ chain: [201] });
    const reference = await moveworks.card(approvalId);
    // A terminal answer: the API user lost its scope. Temporal does not retry it, the approval does.
    await coupa.fault({ route: 'approval', id: approvalId, kind: 'status', status: 403, times: 1 });
    expect((await api.press(reference, { prefer: 'wait=1' })).status).toBe(202);
    const waiting = await until('the trouble to show', async () => {
      const { body } = await api.show(approvalId);
      return body['stuckReason'] === undefined ? undefined : body;
    });
    expect(waiting['state']).toBe('deciding');
    expect(waiting['stuckReason']).toContain('403');
    expect((await api.press(reference)).body.status).toBe('approved');
    expect(await coupa.effects(approvalId)).toHaveLength(1);
  });
});

describe('decisions in a queue', () => {
  it('are tried in turn: when Coupa refuses the first, the second is carried out', async () => {
    const { coupa, moveworks, api } = stack;
    const { requisitionId, approvalId } = await coupa.submit({ chain: [201] });
    const reference = await moveworks.card(approvalId);
    await coupa.fault({ route: 'approve', id: approvalId, kind: 'status', status: 400, times: 1 });
    expect((await api.press(reference, { prefer: 'respond-async' })).status).toBe(202);
    const second = await api.press(reference, { action: 'reject', reason: 'second' });
    expect(second.body.status).toBe('rejected');
    const timeline = JSON.stringify((await api.show(approvalId)).body['timeline']);
    expect(timeline).toContain('Coupa refused the decision');
    expect((await coupa.requisition(requisitionId)).status).toBe('draft');
  });

  it('are all answered when forty come at once, and Coupa is written to once', async () => {
    const { coupa, moveworks, api } = stack;
    const { approvalId } = await coupa.submit({ chain: [201] });
    const reference = await moveworks.card(approvalId);
    await Promise.all(
      Array.from({ length: 40 }, async () => {
        const { status } = await api.press(reference);
        // More than ten waits at a time are more than Temporal holds for one workflow: those hear 202.
        expect([200, 202]).toContain(status);
      }),
    );
    await api.waitFor(approvalId, { outcome: 'approved' });
    expect(await coupa.effects(approvalId)).toHaveLength(1);
  });

  it('are one press under one Idempotency-Key, and a new one after a press that changed nothing', async () => {
    const { coupa, moveworks, api } = stack;
    const { requisitionId, approvalId } = await coupa.submit({ chain: [201] });
    const reference = await moveworks.card(approvalId);
    const press = () => api.press(reference, { idempotencyKey: 'press-1' });
    await coupa.refuse(requisitionId, 'Not yet.');
    expect((await press()).body.words).toEqual(['Not yet.']);
    await coupa.refuse(requisitionId, null);
    const first = await press();
    expect(first.status).toBe(200);
    expect((await press()).body).toEqual(first.body);
    expect(await coupa.effects(approvalId)).toHaveLength(1);
  });
});

describe('a card', () => {
  it('is sent again while Moveworks is down, and once only when it is up', async () => {
    const { coupa, moveworks } = stack;
    await moveworks.fault({ route: 'send', kind: 'status', status: 503, times: 2 });
    const { approvalId } = await coupa.submit({ chain: [201] });
    await moveworks.card(approvalId);
    await moveworks.clearFaults();
    expect(await moveworks.cards(approvalId)).toHaveLength(1);
  });

  it('that Moveworks refuses leaves the approval stuck, with the reason, and open (P7)', async () => {
    const { coupa, moveworks, api } = stack;
    await moveworks.fault({ route: 'send', kind: 'status', status: 400, times: 1 });
    const { approvalId } = await coupa.submit({ chain: [201] });
    const stuck = await api.waitFor(approvalId, { state: 'stuck' });
    expect(stuck['stuckReason']).toContain('moveworks');
    expect(await moveworks.cards(approvalId)).toHaveLength(0);
    // A look-up still lets the approver decide.
    await until('it in the list of the stuck', async () => {
      const { body } = await api.request('GET', '/approvals?state=stuck');
      return JSON.stringify(body).includes(`"id":${approvalId}`);
    });
  });

  it('is not needed to decide: a look-up hands out a reference that proves the same facts', async () => {
    const { coupa, moveworks, api } = stack;
    const { approvalId } = await coupa.submit({ chain: [203] });
    await moveworks.card(approvalId);
    const reference = await until('the row with its reference', async () => {
      const { body } = await api.request('GET', '/approvals?approver=cy.nod@example.test');
      const rows = body['data'] as { id: number; reference?: string }[];
      return rows.find((row) => row.id === approvalId)?.reference;
    });
    expect(reference).toMatch(new RegExp(`^${approvalId}\\.203\\.l`));
    expect((await api.press(reference)).body).toMatchObject({ status: 'approved', decision: { by: 203 } });
    expect(await coupa.effects(approvalId)).toHaveLength(1);
  });
});
