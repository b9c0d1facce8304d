import { describe, expect, it } from 'vitest';
import { messageCard, forgingReferences, referenceTo, testApi } from './test-api.ts';

const approve = `/approvals/${referenceTo(70002)}/approve`;

describe('what a decision may look like', () => {
  it('lists every problem at once, each with its place', async () => {
    const { postJson } = testApi({ rejectReason: 'required' });
    const headers = { 'idempotency-key': 'k'.repeat(256) };
    const got = await postJson('/approvals/0070002/reject', { approver_email: 'nobody' }, headers);
    expect(got.status).toBe(422);
    expect(got.problem()['errors']).toEqual([
      { parameter: 'idempotency-key', detail: expect.any(String) as string },
      { pointer: '/approver_email', detail: 'Not an e-mail address.' },
      { parameter: 'ref', detail: expect.stringContaining('positive integer') as string },
      { pointer: '/reason', detail: expect.stringContaining('A rejection needs one') as string },
    ]);
  });

  it('refuses a parameter that comes twice, since either could be meant', async () => {
    const { send } = testApi();
    const got = await send('POST', `${approve}?reason=a&reason=b`);
    expect(got.problem()['errors']).toEqual([{ parameter: 'reason', detail: expect.any(String) as string }]);
  });

  it.each([
    ['approve', 'Send Back'],
    ['reject', 'Approved'],
  ])('refuses at /%s an action that says the opposite: %s', async (path, action) => {
    const { engine, send, postJson } = testApi();
    engine.open(70002);
    const at = `/approvals/${referenceTo(70002)}/${path}`;
    const inBody = await postJson(at, { action });
    const inQuery = await send('POST', `${at}?action=${encodeURIComponent(action)}`);
    for (const got of [inBody, inQuery]) {
      expect(got.problem()).toMatchObject({ status: 422, errors: [{ parameter: 'action' }] });
    }
    expect(engine.decisions).toEqual([]);
    await postJson(at, { action: path });
    await postJson(at, { action: 'whatever a plugin sends beside it' });
    expect(engine.decisions.map(({ decision }) => decision.action)).toEqual([path, path]);
  });

  it('says how to send an address when a bare id comes without one', async () => {
    const { engine, send } = testApi();
    engine.open(70002);
    for (const query of ['', '?approver_email=', '?approver_email=%20']) {
      const got = await send('POST', `/approvals/70002/approve${query}`);
      expect(got.problem().status).toBe(422);
      expect(got.problem().error).toContain('approver_email');
    }
    expect(engine.decisions).toEqual([]);
  });

  it('refuses two different addresses, and takes the same one twice', async () => {
    const { engine, postJson } = testApi();
    engine.open(70002);
    const path = '/approvals/70002/approve?approver_email=jamie@example.com';
    expect((await postJson(path, { approver_email: 'robin@example.com' })).status).toBe(422);
    expect((await postJson(path, { approver_email: 'Jamie@example.com' })).status).toBe(200);
  });

  it('takes a reason of 10,000 characters and no longer one', async () => {
    const { engine, postJson } = testApi();
    engine.open(70002);
    expect((await postJson(approve, { reason: ` ${'x'.repeat(10_000)} ` })).status).toBe(200);
    const got = await postJson(approve, { reason: 'x'.repeat(10_001) });
    expect(got.problem()['errors']).toEqual([
      { pointer: '/reason', detail: 'It may have 10000 characters at most.' },
    ]);
  });

  it('asks for a reason only on a rejection, and only where the policy wants one', async () => {
    const strict = testApi({ rejectReason: 'required' });
    strict.engine.open(70002);
    const reject = `/approvals/${referenceTo(70002)}/reject`;
    expect((await strict.send('POST', reject)).status).toBe(422);
    expect((await strict.send('POST', `${reject}?reason=%01`)).status).toBe(422);
    expect((await strict.send('POST', approve)).status).toBe(200);
    const lenient = testApi();
    lenient.engine.open(70002);
    await lenient.send('POST', reject);
    expect(lenient.engine.decisions).toHaveLength(1);
  });

  it.each(['null', '[]', '"text"', '{"reason": 7}', '{"reason"'])(
    'answers 422 for the body %s',
    async (body) => {
      const { engine, send } = testApi();
      engine.open(70002);
      const got = await send('POST', approve, { body, headers: { 'content-type': 'application/json' } });
      expect(got.problem().status).toBe(422);
      expect(engine.decisions).toEqual([]);
    },
  );

  it('answers 415 for a body that is not JSON, and takes JSON with parameters', async () => {
    const { engine, send } = testApi();
    engine.open(70002);
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'application/jsonp']) {
      const got = await send('POST', approve, { body: '{}', headers: { 'content-type': type } });
      expect(got.problem().status).toBe(415);
    }
    const headers = { 'content-type': 'Application/JSON; charset="utf-8"' };
    expect((await send('POST', approve, { body: '{}', headers })).status).toBe(200);
  });

  it('answers 413 above 64 KiB, before it looks at the content type', async () => {
    const { engine, send } = testApi();
    engine.open(70002);
    const body = 'x'.repeat(64 * 1024 + 1);
    const got = await send('POST', approve, { body, headers: { 'content-type': 'text/plain' } });
    expect(got.problem().status).toBe(413);
  });

  it('ignores what it does not know, since plugins send more than they must', async () => {
    const { engine, postJson } = testApi();
    engine.open(70002);
    expect((await postJson(approve, { approval_id: '70002', __proto__: { action: 'reject' } })).status).toBe(
      200,
    );
  });

  it('lists what is wrong with the shape before it says that the reference is forged', async () => {
    const { postJson } = testApi();
    const forged = forgingReferences.sign({ approvalId: 70002, userId: 201, card: messageCard });
    expect((await postJson(`/approvals/${forged}/approve`, { reason: 7 })).status).toBe(422);
    expect((await postJson(`/approvals/${forged}/approve`, {})).status).toBe(403);
  });

  it.each(['abc', '1.2', '-1', '0', '9999999999999999', '70002.201.c0.x'])(
    'answers 422 for the reference %s',
    async (ref) => {
      const { send } = testApi();
      const got = await send('POST', `/approvals/${ref}/approve?approver_email=jamie@example.com`);
      expect(got.problem()['errors']).toEqual([{ parameter: 'ref', detail: expect.any(String) as string }]);
    },
  );
});
