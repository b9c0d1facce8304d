import { describe, expect, it } from 'vitest';
import { lookUpCardId } from '../references/card-ids.ts';
import { forgingReferences, messageCard, referenceTo, testApi } from './test-api.ts';
import { standing } from './test-engine.ts';

const at = standing.at;

describe('approve and reject', () => {
  it('answers 200 with the decision, by id alone, once it is carried out', async () => {
    const { engine, send } = testApi();
    engine.open(70002);
    const got = await send('POST', `/approvals/${referenceTo(70002)}/approve`);
    expect(got.status).toBe(200);
    expect(got.json()).toEqual({
      status: 'approved',
      approvalId: 70002,
      decision: { action: 'approve', by: 201, at },
    });
  });

  it('hands over who pressed which card, when, and through whom', async () => {
    const { engine, postJson } = testApi({ now: () => new Date('2026-11-02T09:59:00Z') });
    engine.open(70002);
    await postJson(`/approvals/${referenceTo(70002)}/approve`, { approver_email: ' Jamie@Example.com ' });
    expect(engine.decisions).toEqual([
      {
        approvalId: 70002,
        decision: {
          decisionId: expect.stringMatching(/^[A-Za-z0-9-]{1,64}$/) as string,
          action: 'approve',
          actor: { userId: 201, address: 'Jamie@Example.com' },
          card: messageCard,
          receivedAt: '2026-11-02T09:59:00.000Z',
          via: 'card',
          caller: 'moveworks',
        },
      },
    ]);
  });

  it('takes a bare id with an address, from the query or the body', async () => {
    const { engine, send, postJson } = testApi();
    engine.open(70002);
    await send('POST', '/approvals/70002/approve?approver_email=jamie@example.com');
    await postJson('/approvals/70002/approve', { approver_email: 'jamie@example.com' });
    const taken = engine.decisions.map(({ decision }) => decision);
    expect(taken.map(({ via }) => via)).toEqual(['address', 'address']);
    expect(taken.map(({ actor }) => actor)).toEqual([
      { address: 'jamie@example.com' },
      { address: 'jamie@example.com' },
    ]);
  });

  it('marks a reference that a look-up handed out', async () => {
    const { engine, send } = testApi();
    engine.open(70002);
    const card = lookUpCardId({ runId: 'r', userId: 201, factsHash: 'f1' });
    await send('POST', `/approvals/${referenceTo(70002, card)}/approve`);
    expect(engine.decisions[0]?.decision).toMatchObject({ via: 'lookUp', card });
  });

  it("takes the guide's ?reason=, and cleans it", async () => {
    const { engine, send } = testApi();
    engine.open(70002);
    engine.settlement = { kind: 'carriedOut', standing: { ...standing, action: 'reject' } };
    const got = await send('POST', `/approvals/${referenceTo(70002)}/reject?reason=%20too%0Adear%00%20`);
    expect(got.json()).toMatchObject({ status: 'rejected' });
    expect(engine.decisions[0]?.decision.reason).toBe('too dear');
  });

  it('passes an empty body with any content type', async () => {
    const { engine, send } = testApi();
    engine.open(70002);
    for (const type of ['application/json', 'text/plain', 'application/x-www-form-urlencoded']) {
      for (const body of [undefined, '', ' \n']) {
        const init = { headers: { 'content-type': type }, ...(body === undefined ? {} : { body }) };
        const got = await send('POST', `/approvals/${referenceTo(70002)}/approve`, init);
        expect(got.status).toBe(200);
      }
    }
  });

  it('answers a repeat by the same person after the end with the standing decision', async () => {
    const { engine, send } = testApi();
    engine.close(70002, { outcome: 'approved', standing });
    const got = await send('POST', `/approvals/${referenceTo(70002)}/approve`);
    expect(got.status).toBe(200);
    expect(engine.decisions).toEqual([]);
  });

  it('answers from the record when the approval closes between the look and the signal', async () => {
    const { engine, send } = testApi();
    const held = engine.open(70002);
    engine.onDecide = () => {
      engine.close(70002, { outcome: 'approved', standing });
      held.kind = 'closed';
    };
    const got = await send('POST', `/approvals/${referenceTo(70002)}/reject`);
    expect(got.status).toBe(409);
    expect(got.problem()).toMatchObject({ decision: { action: 'approve', by: 201, at } });
  });
});

describe('a decision that is held but not settled', () => {
  it('answers 202 with the place to look', async () => {
    const { engine, send } = testApi();
    engine.open(70002);
    engine.settlement = { kind: 'pending' };
    const got = await send('POST', `/approvals/${referenceTo(70002)}/approve`);
    expect(got.status).toBe(202);
    expect(got.header('location')).toBe('/approvals/70002');
    expect(got.json()).toEqual({
      status: 'accepted',
      approvalId: 70002,
      decisionId: engine.decisions[0]?.decision.decisionId,
    });
  });

  it.each([
    [undefined, [10_000], null],
    ['wait=3', [3_000], 'wait=3'],
    ['wait=14', [14_000], 'wait=14'],
    ['wait=600', [14_000], 'wait=14'],
    ['wait=0', [], 'wait=0'],
    ['respond-async', [], 'respond-async'],
    ['respond-async, wait=5', [5_000], 'wait=5'],
    ['wait=soon', [10_000], null],
  ])('waits as Prefer: %s says', async (prefer, waits, applied) => {
    const { engine, send } = testApi();
    engine.open(70002);
    engine.settlement = { kind: 'pending' };
    const headers: Record<string, string> = prefer === undefined ? {} : { prefer };
    const got = await send('POST', `/approvals/${referenceTo(70002)}/approve`, { headers });
    expect(got.status).toBe(202);
    expect(engine.waits).toEqual(waits);
    expect(got.header('preference-applied')).toBe(applied);
  });
});

describe('Idempotency-Key', () => {
  it('names a repeat of the same press the same, and no other press', async () => {
    const { engine, send } = testApi();
    engine.open(70002);
    engine.open(70003);
    const press = (ref: string, action: string, key?: string) =>
      send(
        'POST',
        `/approvals/${ref}/${action}`,
        key === undefined ? {} : { headers: { 'idempotency-key': key } },
      );
    await press(referenceTo(70002), 'approve', 'k1');
    await press(referenceTo(70002), 'approve', '"k1"');
    await press(referenceTo(70002), 'reject', 'k1');
    await press(referenceTo(70003), 'approve', 'k1');
    await press(referenceTo(70002), 'approve', 'k2');
    await press('70002', 'approve?approver_email=robin@example.com', 'k1');
    await press(referenceTo(70002), 'approve');
    await press(referenceTo(70002), 'approve');
    const ids = engine.decisions.map(({ decision }) => decision.decisionId);
    expect(ids[0]).toMatch(/^[0-9a-f]{32}$/);
    expect(ids[1]).toBe(ids[0]);
    expect(new Set(ids).size).toBe(7);
  });

  it.each(['', ' ', '""'])('that a template rendered to %j counts as none', async (key) => {
    const { engine, send } = testApi();
    engine.open(70002);
    const approve = `/approvals/${referenceTo(70002)}/approve`;
    for (let press = 0; press < 2; press += 1) {
      expect((await send('POST', approve, { headers: { 'idempotency-key': key } })).status).toBe(200);
    }
    const ids = engine.decisions.map(({ decision }) => decision.decisionId);
    expect(new Set(ids).size).toBe(2);
  });
});

describe('problems of a decision', () => {
  it.each([
    ['decided', 409, { kind: 'decided', standing }, { decision: { action: 'approve', by: 201, at } }],
    ['decided', 409, { kind: 'decided', coupaStatus: 'rejected' }, { coupaStatus: 'rejected' }],
    ['decided', 409, { kind: 'decided' }, {}],
    [
      'changed',
      409,
      { kind: 'changed', changes: [{ what: 'total', was: '1', now: '2' }] },
      { changes: [{ what: 'total', was: '1', now: '2' }] },
    ],
    ['refused', 409, { kind: 'refused', words: ['Budget exceeded.'] }, { words: ['Budget exceeded.'] }],
    ['withdrawn', 409, { kind: 'withdrawn' }, {}],
    ['superseded', 409, { kind: 'superseded' }, {}],
    ['forbidden', 403, { kind: 'notEntitled' }, {}],
  ] as const)('answers %s with %i for %o', async (type, status, settlement, extensions) => {
    const { engine, send } = testApi();
    engine.open(70002);
    engine.settlement = settlement;
    const got = await send('POST', `/approvals/${referenceTo(70002)}/approve`);
    expect(got.status).toBe(status);
    expect(got.problem()).toMatchObject({ type: `urn:countersign:problem:${type}`, ...extensions });
    expect(got.problem().error).toBe(got.problem().detail);
    expect(got.text).not.toContain('jamie@example.com');
  });

  it('never says "rejected" when the decision that stands is an approval', async () => {
    const { engine, send } = testApi();
    engine.open(70002);
    const got = await send('POST', `/approvals/${referenceTo(70002)}/reject`);
    expect(got.problem()).toMatchObject({ status: 409, decision: { action: 'approve' } });
  });

  it('answers 409 with the standing decision when a second approver presses after the end', async () => {
    const { engine, send } = testApi();
    engine.close(70002, { outcome: 'approved', standing });
    const got = await send('POST', '/approvals/70002/approve?approver_email=robin@example.com');
    expect(got.problem()).toMatchObject({ status: 409, decision: { action: 'approve', by: 201, at } });
  });

  it('gives a decision of before the end the answer it had', async () => {
    const { engine, send } = testApi();
    engine.open(70002);
    const path = `/approvals/${referenceTo(70002)}/approve`;
    const headers = { 'idempotency-key': 'k1' };
    await send('POST', path, { headers });
    const id = engine.decisions[0]?.decision.decisionId ?? '';
    engine.close(70002, { outcome: 'decidedElsewhere', answers: { [id]: { kind: 'notEntitled' } } });
    expect((await send('POST', path, { headers })).status).toBe(403);
  });

  it.each([
    ['withdrawn', 'withdrawn'],
    ['superseded', 'superseded'],
    ['decidedElsewhere', 'decided'],
  ] as const)('answers a press after the end %s with 409 %s', async (outcome, type) => {
    const { engine, send } = testApi();
    engine.close(70002, { outcome });
    const got = await send('POST', `/approvals/${referenceTo(70002)}/approve`);
    expect(got.problem()).toMatchObject({ status: 409, type: `urn:countersign:problem:${type}` });
  });

  it('answers 404 for an approval nobody knows, and for one whose end is not known', async () => {
    const { engine, send } = testApi();
    const path = `/approvals/${referenceTo(70002)}/approve`;
    expect((await send('POST', path)).problem().status).toBe(404);
    engine.close(70002, {}).record = undefined;
    expect((await send('POST', path)).problem().status).toBe(404);
  });

  it('answers 403 for a forged reference, without asking the engine', async () => {
    const { engine, send } = testApi();
    engine.down.add('decide');
    const forged = forgingReferences.sign({ approvalId: 70002, userId: 201, card: messageCard });
    const got = await send('POST', `/approvals/${forged}/approve`);
    expect(got.problem()).toMatchObject({ status: 403, type: 'urn:countersign:problem:forged' });
  });

  it.each([
    ['decide', 'open'],
    ['describe', 'closed'],
  ] as const)(
    'answers 503, never a false yes, when Temporal is down at %s of one that is %s',
    async (call, kind) => {
      const { engine, send } = testApi();
      engine.open(70002).kind = kind;
      engine.down.add(call);
      const got = await send('POST', `/approvals/${referenceTo(70002)}/approve`);
      expect(got.problem()).toMatchObject({ status: 503, retryAfterSeconds: 5 });
      expect(got.header('retry-after')).toBe('5');
      expect(engine.decisions).toEqual([]);
    },
  );
});
