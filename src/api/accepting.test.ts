import { describe, expect, it } from 'vitest';
import { referenceTo, testApi } from './test-api.ts';

const notAccepting = { status: 409, type: 'urn:countersign:problem:not-accepting' };

describe.each(['shadow', 'notify'] as const)('a press in MODE=%s', (mode) => {
  it.each([
    ['approve', {}],
    ['reject', { reason: 'no' }],
    ['decision', { action: 'Send Back' }],
  ])('is answered 409 where to decide instead (%s), and nothing is handed over', async (route, body) => {
    const { postJson, engine } = testApi({ mode });
    engine.open(70002);
    const got = await postJson(`/approvals/${referenceTo(70002)}/${route}`, body);
    expect(got.problem()).toMatchObject({
      ...notAccepting,
      error: `Decisions are off here (MODE=${mode}): decide in Coupa.`,
    });
    expect(engine.decisions).toEqual([]);
  });
});

describe('POST /notifications', () => {
  const body = { message: 'Hello', recipients: ['jamie@example.com'] };

  it('is answered 409 in MODE=shadow, and nothing is started', async () => {
    const { postJson, engine } = testApi({ mode: 'shadow' });
    expect((await postJson('/notifications', body)).problem()).toMatchObject(notAccepting);
    expect(engine.notifications.size).toBe(0);
  });

  it('sends in MODE=notify', async () => {
    const { postJson } = testApi({ mode: 'notify' });
    expect((await postJson('/notifications', body)).status).toBe(200);
  });
});
