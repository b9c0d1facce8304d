import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startStack, type Stack } from './support/stack.ts';
import { until } from './support/until.ts';

let stack: Stack;
beforeAll(async () => {
  stack = await startStack();
});
afterAll(async () => {
  await stack.stop();
});

const decided = 'urn:countersign:problem:decided';

describe('an approval', () => {
  it('is detected, asked, approved in Coupa once, and handed on to the next approver', async () => {
    const { coupa, moveworks, api } = stack;
    const { requisitionId, approvalId } = await coupa.submit({ title: 'Laptops', chain: [201, 202] });
    const reference = await moveworks.card(approvalId);
    const [card] = await moveworks.cards(approvalId);
    expect(card?.recipients).toEqual(['ada.prover@example.test']);
    expect(card?.message).toContain('Laptops');

    const answer = await api.press(reference, { reason: 'looks good' });
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({ status: 'approved', decision: { action: 'approve', by: 201 } });

    const row = await coupa.approval(requisitionId, approvalId);
    expect(row).toMatchObject({ status: 'approved', approvedById: 900 });
    expect(row.note).toMatch(/^\[cs [0-9a-f]{12}\] Ada Prover ada\.prover@example\.test: looks good$/);

    const next = await until(
      'the next row',
      async () => (await coupa.requisition(requisitionId)).currentApprovalId ?? undefined,
    );
    const nextReference = await moveworks.card(next);
    const [nextCard] = await moveworks.cards(next);
    expect(nextCard?.recipients).toEqual(['bo.ss@example.test']);
    expect((await api.press(nextReference)).body.status).toBe('approved');
    expect((await coupa.requisition(requisitionId)).status).toBe('approved');
    expect(await coupa.effects(approvalId)).toHaveLength(1);
    expect(await coupa.effects(next)).toHaveLength(1);
  });

  it('is sent back with a reason, and the requester hears of it', async () => {
    const { coupa, moveworks, api } = stack;
    const { requisitionId, approvalId } = await coupa.submit({ requesterId: 101, chain: [201, 202] });
    const answer = await api.press(await moveworks.card(approvalId), {
      action: 'reject',
      reason: 'too dear <b>',
    });
    expect(answer.body).toMatchObject({ status: 'rejected', decision: { action: 'reject', by: 201 } });
    expect((await coupa.requisition(requisitionId)).status).toBe('draft');
    await until('the notice', async () =>
      (await moveworks.inbox('rhea.quester@example.test')).find(
        (message) => message.kind === 'notice' && message.message.includes('too dear &lt;b&gt;'),
      ),
    );
  });

  it('answers a repeat of the same decision with the standing one, and writes to Coupa once', async () => {
    const { coupa, moveworks, api } = stack;
    const { approvalId } = await coupa.submit({ chain: [201] });
    const reference = await moveworks.card(approvalId);
    const both = await Promise.all([api.press(reference), api.press(reference)]);
    const later = await api.press(reference);
    for (const answer of [...both, later]) {
      expect(answer.status).toBe(200);
      expect(answer.body.decision).toEqual(later.body.decision);
    }
    expect(await coupa.effects(approvalId)).toHaveLength(1);
  });

  it('carries out one of two different decisions that come at once, and answers 409 to the other (P2)', async () => {
    const { coupa, moveworks, api } = stack;
    const { requisitionId, approvalId } = await coupa.submit({ chain: [201] });
    const reference = await moveworks.card(approvalId);
    const answers = await Promise.all([
      api.press(reference, { action: 'approve' }),
      api.press(reference, { action: 'reject', reason: 'no' }),
    ]);
    expect(answers.map((answer) => answer.status).toSorted()).toEqual([200, 409]);
    const won = answers.find((answer) => answer.status === 200);
    const lost = answers.find((answer) => answer.status === 409);
    expect(lost?.body.type).toBe(decided);
    expect(lost?.body.decision).toEqual(won?.body.decision);
    expect(await coupa.effects(approvalId)).toHaveLength(1);
    const { status } = await coupa.approval(requisitionId, approvalId);
    expect(status).toBe(won?.body.status);
  });

  it('takes a bare id with an address that Coupa entitles, and refuses any other (P6)', async () => {
    const { coupa, moveworks, api } = stack;
    const { approvalId } = await coupa.submit({ chain: [203] });
    await moveworks.card(approvalId);
    const stranger = await api.press(approvalId, { email: 'bo.ss@example.test' });
    expect(stranger.status).toBe(403);
    expect(await coupa.effects(approvalId)).toHaveLength(0);
    const approver = await api.press(approvalId, { email: 'Cy.Nod@example.test' });
    expect(approver.body).toMatchObject({ status: 'approved', decision: { by: 203 } });
  });

  it('refuses a forged reference without asking Coupa (P6)', async () => {
    const { coupa, moveworks, api } = stack;
    const { approvalId } = await coupa.submit({ chain: [201] });
    const reference = await moveworks.card(approvalId);
    const asked = async () =>
      (await coupa.requests()).filter(({ path }) => path.includes(`/approvals/${approvalId}`)).length;
    const before = await asked();
    const forged = reference.replace('.201.', '.202.');
    for (let n = 0; n < 10; n += 1) expect((await api.press(forged)).status).toBe(403);
    // A poll that comes in between may have it looked at, once or twice.
    expect((await asked()) - before).toBeLessThanOrEqual(2);
  });

  it('answers an old card after an edit with what changed, sends a new card, and takes that one (P4)', async () => {
    const { coupa, moveworks, api } = stack;
    const line = { description: 'Laptop', quantity: '1', unitPrice: '1000.00' };
    const { requisitionId, approvalId } = await coupa.submit({ chain: [201], lines: [line] });
    const old = await moveworks.card(approvalId);
    await coupa.edit(requisitionId, { lines: [{ ...line, unitPrice: '1200.00' }] });

    const refused = await api.press(old);
    expect(refused.status).toBe(409);
    expect(refused.body.type).toBe('urn:countersign:problem:changed');
    expect(refused.body.changes).toContainEqual({ what: 'total', was: '1000', now: '1200' });
    expect(await coupa.effects(approvalId)).toHaveLength(0);

    const fresh = await moveworks.card(approvalId, 2);
    const [, card] = await moveworks.cards(approvalId);
    expect(card?.message).toContain('was USD 1,000.00, now USD 1,200.00');
    // Now there are cards with different facts: a bare id no longer says which of them was seen.
    const bare = await api.press(approvalId, { email: 'ada.prover@example.test' });
    expect(bare.body.type).toBe('urn:countersign:problem:changed');
    expect((await api.press(old)).status).toBe(409);
    expect((await api.press(fresh)).body.status).toBe('approved');
    expect(await coupa.effects(approvalId)).toHaveLength(1);
  });

  it('notices that Coupa decided first, whoever presses later', async () => {
    const { coupa, moveworks, api } = stack;
    const { requisitionId, approvalId } = await coupa.submit({ chain: [201] });
    const reference = await moveworks.card(approvalId);
    await coupa.decide(approvalId, { action: 'reject', userId: 201, reason: 'in Coupa' });
    const answer = await api.press(reference);
    expect(answer.status).toBe(409);
    expect(answer.body.type).toBe(decided);
    await api.waitFor(approvalId, { outcome: 'decidedElsewhere' });
    expect(await coupa.effects(approvalId)).toHaveLength(0);
    expect((await coupa.approval(requisitionId, approvalId)).note).toBe('in Coupa');
  });

  it('closes by itself when Coupa decides and nobody presses (P10)', async () => {
    const { coupa, moveworks, api } = stack;
    const { approvalId } = await coupa.submit({ chain: [201] });
    await moveworks.card(approvalId);
    await coupa.decide(approvalId, { action: 'approve', userId: 201 });
    await api.waitFor(approvalId, { outcome: 'decidedElsewhere' });
  });

  it('tells a withdrawn one from a decided one', async () => {
    const { coupa, moveworks, api } = stack;
    const { requisitionId, approvalId } = await coupa.submit({ chain: [201] });
    const reference = await moveworks.card(approvalId);
    await coupa.withdraw(requisitionId);
    const answer = await api.press(reference);
    expect(answer.status).toBe(409);
    expect(answer.body.type).toBe('urn:countersign:problem:withdrawn');
    expect(await coupa.effects(approvalId)).toHaveLength(0);
  });

  it('passes Coupa’s refusal on in its words and stays open', async () => {
    const { coupa, moveworks, api } = stack;
    const { requisitionId, approvalId } = await coupa.submit({ chain: [201] });
    const reference = await moveworks.card(approvalId);
    await coupa.refuse(requisitionId, 'Approval limit exceeded.');
    const refused = await api.press(reference);
    expect(refused.status).toBe(409);
    expect(refused.body).toMatchObject({
      type: 'urn:countersign:problem:refused',
      words: ['Approval limit exceeded.'],
    });
    await coupa.refuse(requisitionId, null);
    expect((await api.press(reference)).body.status).toBe('approved');
  });
});

describe('what anybody may see', () => {
  it('never changes by a GET, and a link never decides (P8)', async () => {
    const { coupa, moveworks, api } = stack;
    const { approvalId } = await coupa.submit({ chain: [201] });
    const reference = await moveworks.card(approvalId);
    for (const action of ['approve', 'reject']) {
      const followed = await api.request('GET', `/approvals/${reference}/${action}`);
      expect(followed.status).toBe(405);
      expect(followed.headers.get('allow')).toContain('POST');
    }
    expect((await api.show(reference)).body).toMatchObject({ approvalId, state: 'asked' });
    expect(await coupa.effects(approvalId)).toHaveLength(0);
    expect((await api.show(approvalId)).body['decision']).toBeUndefined();
  });

  it('holds no name and no address where it can be searched (P9)', async () => {
    const { coupa, moveworks, api, client } = stack;
    const { approvalId } = await coupa.submit({ chain: [201, 202], title: 'Chairs for Zoe Private' });
    await api.press(await moveworks.card(approvalId), { reason: 'fine by me' });
    const searchable: unknown[] = [];
    for await (const run of client.workflow.list()) {
      const { workflowId, type, taskQueue, typedSearchAttributes } = run;
      searchable.push([workflowId, type, taskQueue, typedSearchAttributes.getAll()]);
    }
    const text = JSON.stringify(searchable);
    expect(text).toContain(`approval-${approvalId}`);
    expect(text).not.toMatch(/example\.test|Ada|Rhea|Zoe|fine by me/);
  });

  it('is one open workflow for each approval, however many find it at once (P1)', async () => {
    const { coupa, moveworks, client } = stack;
    const { approvalId } = await coupa.submit({ chain: [201] });
    await Promise.all(Array.from({ length: 5 }, () => stack.api.request('POST', '/poll')));
    await moveworks.card(approvalId);
    const query = `WorkflowId = "approval-${approvalId}"`;
    await until('the workflow in the list', async () => (await client.workflow.count(query)).count > 0);
    expect((await client.workflow.count(query)).count).toBe(1);
    expect(await moveworks.cards(approvalId)).toHaveLength(1);
  });
});

describe('a write whose answer is lost (P5)', () => {
  it.each([
    ['the connection breaks after the effect', { kind: 'dropAfter' }],
    ['a gateway answers 502 after the effect', { kind: 'statusAfter', status: 502 }],
    ['the answer is cut off', { kind: 'truncated' }],
    ['the connection breaks before any effect', { kind: 'dropBefore' }],
    ['a maintenance page comes instead', { kind: 'html' }],
  ])('is carried out exactly once when %s', async (_, fault) => {
    const { coupa, moveworks, api } = stack;
    const { requisitionId, approvalId } = await coupa.submit({ chain: [201, 202] });
    const reference = await moveworks.card(approvalId);
    await coupa.fault({ route: 'approve', ...fault });
    const answer = await api.press(reference);
    expect(answer.body).toMatchObject({ status: 'approved', decision: { by: 201 } });
    expect(await coupa.effects(approvalId)).toHaveLength(1);
    expect((await coupa.approval(requisitionId, approvalId)).status).toBe('approved');
  });

  it.each(['requisition', 'empty204'])(
    'is confirmed by a read when Coupa answers with the %s',
    async (decisionAnswer) => {
      const { coupa, moveworks, api } = stack;
      await coupa.settings({ decisionAnswer });
      const { approvalId } = await coupa.submit({ chain: [201] });
      const answer = await api.press(await moveworks.card(approvalId));
      await coupa.settings({ decisionAnswer: 'approval' });
      expect(answer.body.status).toBe('approved');
      expect(await coupa.effects(approvalId)).toHaveLength(1);
    },
  );
});
