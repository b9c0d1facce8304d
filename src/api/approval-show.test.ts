import { describe, expect, it } from 'vitest';
import { forgingReferences, messageCard, referenceTo, testApi } from './test-api.ts';
import { standing } from './test-engine.ts';

describe('GET /approvals/{id}', () => {
  it('tells the whole story, without addresses', async () => {
    const { engine, send } = testApi();
    engine.close(70002, { outcome: 'approved', standing });
    const got = await send('GET', '/approvals/70002');
    expect(got.json()).toEqual({
      approvalId: 70002,
      requisitionId: 71002,
      source: 'record',
      state: 'closed',
      outcome: 'approved',
      decision: { action: 'approve', by: 201, at: standing.at },
      approvers: [{ id: 201, name: 'Jamie Jones' }],
      cards: [
        {
          id: messageCard,
          userId: 201,
          kind: 'message',
          createdAt: '2026-11-01T09:01:00.000Z',
          sent: true,
          live: true,
        },
      ],
      reminders: 1,
      timeline: [{ at: '2026-11-01T09:01:00.000Z', text: 'Asked 201.' }],
    });
    expect(got.text).not.toContain('jamie@example.com');
  });

  it('answers from the memo when no worker is there to ask', async () => {
    const { engine, send } = testApi();
    engine.open(70002).record = undefined;
    expect((await send('GET', '/approvals/70002')).json()).toEqual({
      approvalId: 70002,
      requisitionId: 71002,
      source: 'memo',
      state: 'asked',
      approvers: [{ id: 201 }],
      cards: [{ id: messageCard, userId: 201, live: true }],
    });
  });

  it('answers 503 while there is neither', async () => {
    const { engine, send } = testApi();
    const held = engine.open(70002);
    held.record = undefined;
    held.memo = undefined;
    expect((await send('GET', '/approvals/70002')).problem().status).toBe(503);
  });

  it('takes a reference for its id, and refuses a forged one', async () => {
    const { engine, send } = testApi();
    engine.open(70002);
    expect((await send('GET', `/approvals/${referenceTo(70002)}`)).json()).toMatchObject({
      approvalId: 70002,
    });
    const forged = forgingReferences.sign({ approvalId: 70002, userId: 201, card: messageCard });
    expect((await send('GET', `/approvals/${forged}`)).problem().status).toBe(403);
  });

  it('answers 404 for an unknown approval, 422 for no id, 503 without Temporal', async () => {
    const { engine, send } = testApi();
    expect((await send('GET', '/approvals/70002')).problem().status).toBe(404);
    const malformed = await send('GET', '/approvals/x');
    expect(malformed.problem()).toMatchObject({ status: 422, errors: [{ parameter: 'id' }] });
    engine.down.add('describe');
    expect((await send('GET', '/approvals/70002')).problem().status).toBe(503);
  });
});
