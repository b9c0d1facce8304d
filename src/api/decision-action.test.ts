import { describe, expect, it } from 'vitest';
import { forgingReferences, messageCard, referenceTo, testApi } from './test-api.ts';
import { standing } from './test-engine.ts';

const decision = `/approvals/${referenceTo(70002)}/decision`;
const anything = expect.any(String) as string;

describe('POST /approvals/{ref}/decision', () => {
  it.each([
    ...['approve', 'Approve', 'APPROVED', ' approved '].map((text) => [text, 'approve'] as const),
    ...['reject', 'Rejected', 'Send Back', 'send-back', 'SEND_BACK', 'sendback', 'Send  back'].map(
      (text) => [text, 'reject'] as const,
    ),
    ...['Deny', 'denied', 'Decline', 'declined'].map((text) => [text, 'reject'] as const),
  ])('understands %j as %s, in the body and in the query', async (text, action) => {
    const { engine, send, postJson } = testApi();
    engine.open(70002);
    engine.settlement = { kind: 'carriedOut', standing: { ...standing, action } };
    const inBody = await postJson(decision, { action: text });
    const inQuery = await send('POST', `${decision}?action=${encodeURIComponent(text)}`);
    const status = action === 'approve' ? 'approved' : 'rejected';
    const expected = { status, approvalId: 70002, decision: { action, by: 201, at: standing.at } };
    expect([inBody.json(), inQuery.json()]).toEqual([expected, expected]);
    expect(engine.decisions.map((each) => each.decision.action)).toEqual([action, action]);
  });

  it.each(['maybe', 'approve it', 'yes', 'unapprove', '0', 'constructor', 'approve;reject'])(
    'answers 422 for the action %j, and lists what is understood',
    async (action) => {
      const { engine, postJson } = testApi();
      engine.open(70002);
      const got = await postJson(decision, { action });
      expect(got.problem()['errors']).toEqual([{ pointer: '/action', detail: anything }]);
      expect(got.problem().error).toMatch(/Approve, Approved.*Reject, Rejected, Send Back, Deny/);
      expect(engine.decisions).toEqual([]);
    },
  );

  it.each([undefined, {}, { action: '' }, { action: null }, { action: ' ' }])(
    'answers 422 for the body %j, which names no action',
    async (body) => {
      const { engine, send, postJson } = testApi();
      engine.open(70002);
      const got = body === undefined ? await send('POST', decision) : await postJson(decision, body);
      expect(got.problem()).toMatchObject({ status: 422, errors: [{ pointer: '/action' }] });
      expect(got.problem().error).toContain('Send Back');
      expect(engine.decisions).toEqual([]);
    },
  );

  it('takes the query where the body’s template rendered to nothing, and refuses two different actions', async () => {
    const { engine, postJson } = testApi();
    engine.open(70002);
    expect((await postJson(`${decision}?action=approve`, { action: '' })).status).toBe(200);
    expect((await postJson(`${decision}?action=approve`, { action: 'Approved' })).status).toBe(200);
    const torn = await postJson(`${decision}?action=approve`, { action: 'Deny' });
    expect(torn.problem()).toMatchObject({ status: 422, errors: [{ parameter: 'action' }] });
    expect((await postJson(decision, { action: 7 })).problem().status).toBe(422);
    expect(engine.decisions).toHaveLength(2);
  });

  it('lists every problem at once, the missing reason of a rejection among them', async () => {
    const { postJson } = testApi({ rejectReason: 'required' });
    const got = await postJson('/approvals/x/decision', { action: 'Send Back', approver_email: 'nobody' });
    expect(got.problem()['errors']).toEqual([
      { pointer: '/approver_email', detail: anything },
      { parameter: 'ref', detail: anything },
      { pointer: '/reason', detail: anything },
    ]);
    expect((await postJson(decision, { action: 'approve' })).status).toBe(404);
  });

  it('names a press under a key as the two other routes do, so that it is the same press', async () => {
    const { engine, send, postJson } = testApi();
    engine.open(70002);
    const headers = { 'idempotency-key': 'k1' };
    await postJson(decision, { action: 'Approve' }, headers);
    await postJson(decision, { action: 'approved' }, headers);
    await send('POST', `/approvals/${referenceTo(70002)}/approve`, { headers });
    await postJson(decision, { action: 'Deny' }, headers);
    await send('POST', `/approvals/${referenceTo(70002)}/reject`, { headers });
    const ids = engine.decisions.map((each) => each.decision.decisionId);
    expect(new Set(ids.slice(0, 3)).size).toBe(1);
    expect(new Set(ids.slice(3)).size).toBe(1);
    expect(ids[3]).not.toBe(ids[0]);
  });

  it('answers 202 with the place to look while it is not carried out', async () => {
    const { engine, postJson } = testApi();
    engine.open(70002);
    engine.settlement = { kind: 'pending' };
    const got = await postJson(decision, { action: 'Approve' });
    expect(got.status).toBe(202);
    expect(got.header('location')).toBe('/approvals/70002');
    expect(got.json()).toMatchObject({ status: 'accepted', approvalId: 70002 });
  });
});

describe('an action that is not offered', () => {
  it.each([
    ['/reject', undefined],
    ['/decision', { action: 'Send Back' }],
  ])('is refused at %s before anything is signalled, and Coupa is named as the place', async (path, body) => {
    const { engine, postJson, send } = testApi({ cardActions: ['approve'], rejectReason: 'required' });
    engine.open(70002);
    engine.down.add('decide');
    const at = `/approvals/${referenceTo(70002)}${path}`;
    const got = body === undefined ? await send('POST', at) : await postJson(at, body);
    expect(got.status).toBe(403);
    expect(got.problem()).toMatchObject({
      type: 'urn:countersign:problem:not-offered',
      error: 'Rejecting is not offered here: do it in Coupa.',
    });
    expect(engine.decisions).toEqual([]);
  });

  it('leaves the other one as it is', async () => {
    const { engine, send } = testApi({ cardActions: ['reject'] });
    engine.open(70002);
    engine.settlement = { kind: 'carriedOut', standing: { ...standing, action: 'reject' } };
    const path = `/approvals/${referenceTo(70002)}`;
    expect((await send('POST', `${path}/reject`)).status).toBe(200);
    const got = await send('POST', `${path}/approve`);
    expect(got.problem().error).toBe('Approving is not offered here: do it in Coupa.');
    const forged = forgingReferences.sign({ approvalId: 70002, userId: 201, card: messageCard });
    const stranger = await send('POST', `/approvals/${forged}/approve`);
    expect(stranger.problem().type).toBe('urn:countersign:problem:forged');
  });
});
