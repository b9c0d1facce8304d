import { describe, expect, it } from 'vitest';
import type { DeliveryReport } from '../contract/notification.ts';
import { lookUpCardId } from '../references/card-ids.ts';
import { secret } from './test-api.ts';
import { recordOf, standing } from './test-engine.ts';
import { about, notifying, plain } from './test-notifying.ts';

const card = lookUpCardId({ runId: 'run-70002', userId: 201, factsHash: 'f1' });

const sent = (recipients: number): DeliveryReport => ({ recipients, outcome: { kind: 'sent' } });
const refused = (words: string[], recipients = 1): DeliveryReport => ({
  recipients,
  outcome: { kind: 'refused', words },
});

describe('POST /notifications about an approval', () => {
  it.each([
    { approval_id: '70002', requisition_id: '71002' },
    { approval_id: 70002, requisition_id: 71002 },
    { approval_id: '70002', requisition_id: null },
    { approval_id: '70002' },
  ])('asks an approver with a card that is recorded before, for %j', async (context) => {
    const { engine, notify, started } = notifying();
    engine.onNotify = () => expect(engine.lookUps).toHaveLength(1);
    expect((await notify({ ...about, context })).json()).toEqual({ status: 'notification_sent' });
    expect(engine.lookUps).toEqual([
      { approvalId: 70002, lookUp: { cardId: card, userId: 201, factsHash: 'f1' } },
    ]);
    expect(started()[0]?.input).toEqual({
      message: 'Please decide.',
      deliveries: [
        {
          kind: 'question',
          approvalId: 70002,
          requisitionId: 71002,
          cardId: card,
          userId: 201,
          address: 'jamie@example.com',
        },
      ],
    });
  });

  it('names everybody who may not decide it, and sends nothing to anybody', async () => {
    const { engine, notify, started } = notifying();
    const recipients = ['jamie@example.com', 'robin@example.com', 'sam@example.com'];
    const got = await notify({ ...about, recipients });
    expect(got.problem()['errors']).toEqual([
      { pointer: '/recipients/1', detail: 'Not an approver of approval 70002.' },
      { pointer: '/recipients/2', detail: 'Not an approver of approval 70002.' },
    ]);
    // Callers log what they are told (P9).
    expect(got.text).not.toContain('@');
    expect([engine.lookUps, started()]).toEqual([[], []]);
  });

  it.each([
    ['waiting', [{ id: 201, name: 'Jamie Jones', address: 'jamie@example.com' }]],
    ['stuck', []],
  ] as const)('asks nobody while the approval is %s and nobody may decide it', async (state, approvers) => {
    const { notify, started } = notifying({ state, approvers });
    const got = await notify(about);
    expect(got.problem()).toMatchObject({ status: 422, errors: [{ pointer: '/recipients/0' }] });
    expect(got.problem().error).toContain('Nobody may decide approval 70002 yet');
    expect(started()).toEqual([]);
  });

  it.each(['asked', 'listed', 'deciding', 'stuck'] as const)('asks while it is %s', async (state) => {
    const { notify } = notifying({ state });
    expect((await notify(about)).status).toBe(200);
  });

  it('refuses a requisition that is not the approval’s', async () => {
    const { notify, started } = notifying();
    const got = await notify({ ...about, context: { approval_id: 70002, requisition_id: 5 } });
    expect(got.problem()['errors']).toEqual([
      { pointer: '/context/requisition_id', detail: 'Approval 70002 belongs to requisition 71002.' },
    ]);
    expect(started()).toEqual([]);
  });

  it.each([
    ['decided', { outcome: 'approved', standing }, { decision: { action: 'approve', by: 201 } }],
    ['decided', { outcome: 'decidedElsewhere', coupaStatus: 'rejected' }, { coupaStatus: 'rejected' }],
    ['withdrawn', { outcome: 'withdrawn' }, {}],
    ['superseded', { outcome: 'superseded' }, {}],
  ] as const)('answers 409 %s once it has ended, however it did', async (type, record, extensions) => {
    const { engine, notify, started } = notifying();
    engine.close(70002, record);
    const expected = { status: 409, type: `urn:countersign:problem:${type}`, ...extensions };
    expect((await notify(about)).problem()).toMatchObject(expected);
    // Its run may still be there to answer late presses.
    engine.open(70002).record = recordOf(70002, { state: 'closed', ...record });
    expect((await notify(about)).problem()).toMatchObject(expected);
    expect(started()).toEqual([]);
  });

  it('answers 409 when it ends between the look and the card', async () => {
    const { engine, notify, started } = notifying();
    engine.onLookUp = () => {
      engine.close(70002, { outcome: 'withdrawn' });
      return Promise.resolve();
    };
    expect((await notify(about)).problem().type).toBe('urn:countersign:problem:withdrawn');
    expect(started()).toEqual([]);
  });

  it('answers 404 for an approval nobody knows', async () => {
    const { notify } = notifying();
    expect((await notify({ ...about, context: { approval_id: 1 } })).problem().status).toBe(404);
  });

  it('answers 503 while no worker can say who may decide it, or it has shown no facts yet', async () => {
    const { engine, notify, started } = notifying();
    const held = engine.open(70002);
    held.memo = undefined;
    expect((await notify(about)).problem().status).toBe(503);
    held.record = undefined;
    const got = await notify(about);
    expect(got.problem().status).toBe(503);
    expect(got.header('retry-after')).toBe('15');
    expect(started()).toEqual([]);
  });
});

describe('Idempotency-Key of a notification', () => {
  const key = { 'idempotency-key': 'k1' };

  it('makes a repeat the same notification with the same answer, whatever has become of the approval', async () => {
    const { engine, notify, started } = notifying();
    const first = await notify(about, key);
    engine.close(70002, { outcome: 'approved', standing });
    const repeat = await notify(
      { ...about, recipients: ['JAMIE@example.com'], context: { approval_id: 70002 } },
      { 'idempotency-key': '"k1"' },
    );
    expect([repeat.status, repeat.json()]).toEqual([first.status, first.json()]);
    expect(started()).toHaveLength(1);
  });

  it.each([
    { ...about, message: 'Another.' },
    { ...about, context: null },
    { ...about, recipients: ['jamie@example.com', 'robin@example.com'] },
  ])('refuses another body: %j', async (body) => {
    const { notify, started } = notifying();
    await notify(about, key);
    const got = await notify(body, key);
    expect(got.problem()).toMatchObject({ status: 422, errors: [{ parameter: 'idempotency-key' }] });
    expect(started()).toHaveLength(1);
  });

  it('is seen through by two requests at the same moment', async () => {
    const { engine, notify, started } = notifying();
    engine.onNotify = ({ name }) => {
      engine.notifications.set(name, { name, fingerprint: 'other', input: { message: '', deliveries: [] } });
    };
    expect((await notify(plain, key)).problem().status).toBe(422);
    expect(started()).toHaveLength(1);
  });

  it.each(['', ' ', '""', '" "'])('is refused when it is empty: %j', async (empty) => {
    const { notify, started } = notifying();
    const got = await notify(plain, { 'idempotency-key': empty });
    expect(got.problem()['errors']).toMatchObject([{ parameter: 'idempotency-key' }]);
    expect(started()).toEqual([]);
  });

  it('belongs to its caller, and without one every request is a notification of its own', async () => {
    const { anonymous, notify, started } = notifying();
    await notify(plain, key);
    const headers = { authorization: 'Bearer an-older-secret-of-32-characters!!' };
    const body = JSON.stringify(plain);
    await anonymous('POST', '/notifications', {
      body,
      headers: { ...headers, ...key, 'content-type': 'application/json' },
    });
    await notify(plain);
    await notify(plain);
    const names = started().map(({ name }) => name);
    expect(new Set(names).size).toBe(4);
    expect(names.join()).not.toMatch(/k1|jamie/);
  });
});

describe('what becomes of a notification', () => {
  it('is 202 while Moveworks has not taken it, after a wait as Prefer says', async () => {
    const { engine, notify } = notifying();
    engine.notificationEnd = { kind: 'pending' };
    const got = await notify(plain, { prefer: 'wait=3' });
    expect([got.status, got.json()]).toEqual([202, { status: 'accepted' }]);
    expect(got.header('preference-applied')).toBe('wait=3');
    expect((await notify(plain, { prefer: 'respond-async' })).status).toBe(202);
    await notify(plain);
    expect(engine.waits).toEqual([3_000, 10_000]);
  });

  it('is 502 with Moveworks’ words, and how many got it, once it refuses for good', async () => {
    const { ends, notify } = notifying();
    ends(sent(1), refused(['BAD_REQUEST: no']), sent(1), refused(['BAD_REQUEST: no']));
    const got = await notify(plain);
    expect(got.status).toBe(502);
    expect(got.problem()).toMatchObject({
      type: 'urn:countersign:problem:undeliverable',
      error: 'The message went out to 2 of 4 people. Moveworks says: BAD_REQUEST: no',
      delivered: { sent: 2, of: 4 },
      words: ['BAD_REQUEST: no'],
    });
  });

  it('is 502 with what our own connector says of a credential, and with nothing of any other error', async () => {
    const { ends, notify } = notifying();
    const failed = (type: string, message: string): DeliveryReport => ({
      recipients: 500,
      outcome: { kind: 'failed', problem: { type, message } },
    });
    ends(failed('TerminalError', 'moveworks POST /x: HTTP 401, the credential is refused'));
    expect((await notify(plain)).problem().error).toBe(
      'The message went out to 0 of 500 people. moveworks POST /x: HTTP 401, the credential is refused',
    );
    ends(failed('TypeError', `jamie@example.com ${secret}`));
    const got = await notify(plain);
    expect(got.problem()).toMatchObject({ status: 502, delivered: { sent: 0, of: 500 } });
    expect(got.text).not.toContain('jamie');
  });

  it('is 502 when somebody ended it', async () => {
    const { engine, notify } = notifying();
    engine.notificationEnd = { kind: 'unknown' };
    expect((await notify(plain)).problem().type).toBe('urn:countersign:problem:undeliverable');
  });

  it.each(['notification', 'notify', 'describe', 'lookUp'] as const)(
    'is 503, and nothing is taken, when Temporal is down at %s',
    async (call) => {
      const { engine, notify, started } = notifying();
      engine.down.add(call);
      const got = await notify(about, { 'idempotency-key': 'k1' });
      expect(got.problem()).toMatchObject({ status: 503, retryAfterSeconds: 5 });
      expect(started()).toEqual([]);
    },
  );
});
