import { afterEach, expect, test } from 'vitest';
import type { MoveworksSandboxOptions } from '../options.ts';
import { ada, json, type Reply, startChat, startMiddleware, type TestChat } from './test-chat.ts';

const cleanUp: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of cleanUp.splice(0).reverse()) await close();
});

interface Setting extends Partial<MoveworksSandboxOptions> {
  actions?: 'guide' | 'decision';
  timeoutMs?: number;
}

async function setUp(replies: Reply[], { timeoutMs, ...options }: Setting = {}) {
  const middleware = await startMiddleware(...replies);
  cleanUp.push(middleware.close);
  const api = {
    url: `${middleware.url}/base/`,
    key: 'secret',
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
  };
  const chat = await startChat({ api, ...options });
  cleanUp.push(chat.close);
  return { chat, calls: middleware.calls };
}

const approved = json(200, { status: 'approved' });
const approve = (chat: TestChat) => chat.press({ action: 'Approve' });
const cut: Reply = (_, request) => request.socket.destroy();
const silence: Reply = () => undefined;

test('calls the approve path with the slot and the connector key, and says that it is done', async () => {
  const { chat, calls } = await setUp([approved]);
  await chat.send();
  expect(await approve(chat)).toEqual({ tone: 'done', text: 'Done, I approved it.' });
  expect(calls).toEqual([
    {
      method: 'POST',
      target: '/base/approvals/9.201.c.mac/approve',
      authorization: 'Bearer secret',
      contentType: undefined,
      body: '',
    },
  ]);
});

test('asks for a reason before it sends back, and gives it as the query parameter of the guide', async () => {
  const { chat, calls } = await setUp([json(200, { status: 'rejected' })]);
  await chat.send();
  const asked = await chat.press({ action: 'Send Back' });
  expect(asked).toMatchObject({ tone: 'asked' });
  expect(asked.text).toContain('Standing desks, requisition 5002');
  expect(calls).toEqual([]);
  const reason = 'Too dear & 50% more? "no"/+é\nlast';
  expect(await chat.press({ action: 'Send Back', reason })).toEqual({
    tone: 'done',
    text: 'Done, I sent it back.',
  });
  const target = new URL(calls[0]?.target ?? '', 'http://middleware.test');
  expect(target.pathname).toBe('/base/approvals/9.201.c.mac/reject');
  expect([...target.searchParams]).toEqual([['reason', reason]]);
});

test('sends one decision for both buttons when the event merges its options', async () => {
  const { chat, calls } = await setUp([approved], { actions: 'decision' });
  await chat.send();
  await approve(chat);
  await chat.press({ action: 'Send Back', reason: 'No "budget"' });
  expect(calls.map(({ target, body }): unknown[] => [target, JSON.parse(body)])).toEqual([
    ['/base/approvals/9.201.c.mac/decision', { action: 'Approve' }],
    ['/base/approvals/9.201.c.mac/decision', { action: 'Send Back', reason: 'No "budget"' }],
  ]);
  expect(calls[0]?.contentType).toBe('application/json');
});

test('calls nothing when the reason is given up, and asks again when it is blank', async () => {
  const { chat, calls } = await setUp([approved]);
  await chat.send();
  await chat.press({ action: 'Send Back' });
  expect((await chat.press({ action: 'Send Back', reason: ' \n' })).text).toContain('I need a reason');
  expect((await chat.press({ action: 'Send Back', cancel: true })).text).toBe('All right, I did nothing.');
  expect((await chat.post({ action: 'Send Back', cancel: true })).status).toBe(404);
  expect(calls).toEqual([]);
});

test('percent-encodes what a slot holds, so that it stays one segment of the path', async () => {
  const { chat, calls } = await setUp([approved]);
  await chat.send('Hi', { slots: { approval_id: '1/../2?x#{{reason}}' } });
  await approve(chat);
  expect(calls[0]?.target).toBe('/base/approvals/1%2F..%2F2%3Fx%23%7B%7Breason%7D%7D/approve');
});

test.each<Record<string, string>>([{ approval_id: '..' }, { approval_id: '' }, {}])(
  'calls nothing with the slots %j',
  async (slots) => {
    const { chat, calls } = await setUp([approved]);
    await chat.send('Hi', { slots });
    expect((await approve(chat)).text).toContain('no value for the slot approval_id');
    expect(calls).toEqual([]);
  },
);

const problem = (status: number, error: string, more = {}) => json(status, { error, ...more });
const decidedBy = (by: number, action = 'approve') =>
  problem(409, 'Decided.', { decision: { action, by, at: 'x' } });

test.each<[string, Reply, { tone: string; text: string; waits: boolean }]>([
  ['202', json(202, { status: 'accepted' }), { tone: 'waiting', text: 'I am on it', waits: false }],
  [
    'decided by another',
    decidedBy(203),
    { tone: 'noted', text: 'already approved by Cy Nod.', waits: false },
  ],
  [
    'decided by the same',
    decidedBy(201, 'reject'),
    { tone: 'noted', text: 'already sent back by you.', waits: false },
  ],
  ['decided by a stranger', decidedBy(7), { tone: 'noted', text: 'Decided.', waits: false }],
  [
    'decided in Coupa',
    problem(409, 'Decided in Coupa.'),
    { tone: 'noted', text: 'Decided in Coupa.', waits: false },
  ],
  [
    'changed',
    problem(409, 'Not what was shown.'),
    { tone: 'noted', text: 'Not what was shown.', waits: false },
  ],
  ['refused', problem(409, 'Coupa refused: x'), { tone: 'noted', text: 'Coupa refused: x', waits: false }],
  ['withdrawn', problem(409, 'Withdrawn.'), { tone: 'noted', text: 'Withdrawn.', waits: false }],
  ['superseded', problem(409, 'Replaced.'), { tone: 'noted', text: 'Replaced.', waits: false }],
  [
    '401',
    problem(401, 'A valid API key is needed'),
    { tone: 'failed', text: 'A valid API key', waits: true },
  ],
  ['403', problem(403, 'Not an approver.'), { tone: 'noted', text: 'Not an approver.', waits: false }],
  ['404', problem(404, 'Not known.'), { tone: 'noted', text: 'Not known.', waits: false }],
  [
    '422',
    problem(422, 'A rejection needs a reason.'),
    { tone: 'failed', text: 'needs a reason.', waits: true },
  ],
  ['503', problem(503, 'Not for now.'), { tone: 'failed', text: 'Not for now.', waits: true }],
  [
    '500 without JSON',
    (r) => r.writeHead(500).end('<b>'),
    { tone: 'failed', text: 'status 500', waits: true },
  ],
  [
    'a redirect',
    (r) => r.writeHead(302, { Location: '/' }).end(),
    { tone: 'failed', text: 'status 302', waits: true },
  ],
  [
    'an odd body',
    json(409, { error: 7, decision: 'x' }),
    { tone: 'noted', text: 'status 409', waits: false },
  ],
])('tells %s in words, and whether the card still waits', async (_, reply, { tone, text, waits }) => {
  const { chat, calls } = await setUp([reply]);
  await chat.send();
  const said = await approve(chat);
  expect(said.tone).toBe(tone);
  expect(said.text).toContain(text);
  expect(calls).toHaveLength(1);
  const page = await chat.page();
  expect(page.includes('<span class="badge">1')).toBe(waits);
  expect(page).toContain(text);
});

test('makes the same call once more when the connection breaks', async () => {
  const { chat, calls } = await setUp([cut, approved]);
  await chat.send();
  expect((await approve(chat)).tone).toBe('done');
  expect(calls).toHaveLength(2);
  expect(calls[1]).toEqual(calls[0]);
});

test('makes the same call once more when no answer comes in time', async () => {
  const { chat, calls } = await setUp([silence, approved], { timeoutMs: 1_500 });
  await chat.send();
  expect((await approve(chat)).tone).toBe('done');
  expect(calls).toHaveLength(2);
});

test('gives up after the second try', async () => {
  const broken = await setUp([cut]);
  await broken.chat.send();
  expect((await approve(broken.chat)).text).toContain('could not reach');
  expect(broken.calls).toHaveLength(2);
  const silent = await setUp([silence], { timeoutMs: 50 });
  await silent.chat.send();
  expect((await approve(silent.chat)).text).toContain('may have gone through');
});

test('takes no second press while the first is under way', async () => {
  let answer = (): void => undefined;
  const { chat, calls } = await setUp([(response) => (answer = () => approved(response, response.req))]);
  await chat.send();
  const first = approve(chat);
  await expect.poll(() => calls.length).toBe(1);
  expect(await chat.page()).toContain('Waiting for the answer');
  expect((await chat.post({ action: 'Approve' })).status).toBe(409);
  answer();
  expect((await first).tone).toBe('done');
  expect(calls).toHaveLength(1);
});

test('lets another button through while the first is under way, and keeps its question open until then', async () => {
  let answer = (): void => undefined;
  const { chat, calls } = await setUp([
    (response) => (answer = () => approved(response, response.req)),
    json(409, { error: 'Decided.' }),
  ]);
  await chat.send();
  await chat.press({ action: 'Send Back' });
  const first = approve(chat);
  await expect.poll(() => calls.length).toBe(1);
  expect(await chat.page()).toContain('<textarea');
  expect((await chat.press({ action: 'Send Back', reason: 'No' })).tone).toBe('noted');
  answer();
  expect((await first).tone).toBe('done');
  expect(await chat.page()).not.toContain('<textarea');
});

test('says that no connector is configured when there is none', async () => {
  const chat = await startChat();
  cleanUp.push(chat.close);
  await chat.send();
  expect((await approve(chat)).text).toContain('No connector is configured');
});

test.each([
  ["somebody else's card", { person: 'cy.nod@example.test', action: 'Approve' }, 404],
  ['a button that the event does not have', { action: 'Pay' }, 404],
  ['a message that does not exist', { message: 9, action: 'Approve' }, 404],
  ['a message that is no number', { message: 'x', action: 'Approve' }, 422],
  ['an unknown field', { action: 'Approve', url: 'http://x.test' }, 422],
  ['an endless reason', { action: 'Send Back', reason: 'x'.repeat(4_001) }, 422],
])('refuses a press on %s', async (_, body, status) => {
  const { chat, calls } = await setUp([approved]);
  await chat.send();
  expect((await chat.post(body)).status).toBe(status);
  expect(calls).toEqual([]);
});

test('tells the middleware who pressed when the action asks for it', async () => {
  const eventId = '44444444-4444-4444-8444-444444444444';
  const action = {
    label: 'Yes',
    method: 'POST',
    path: '/approvals/{{approval_id}}/approve',
    query: { approver_email: '{{meta_info.user.email_addr}}' },
  };
  const { chat, calls } = await setUp([approved], {
    events: [{ id: eventId, kind: 'decision', slots: ['approval_id'], actions: [action] }],
  });
  await chat.send('Hi', { eventId });
  await chat.press({ action: 'Yes' });
  expect(calls[0]?.target).toBe(
    `/base/approvals/9.201.c.mac/approve?approver_email=${encodeURIComponent(ada)}`,
  );
});
