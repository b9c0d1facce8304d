import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import type { Sandbox } from '../listen.ts';
import { startMoveworksSandbox } from './start.ts';

const anyText: unknown = expect.any(String);
const decisionId = '11111111-1111-4111-8111-111111111111';
const noticeId = '22222222-2222-4222-8222-222222222222';
const ada = 'ada.prover@example.test';
const approveAction = { label: 'Approve', method: 'POST', path: '/approvals/{{approval_id}}/approve' };
let directory: string;
let sandbox: Sandbox;

function start(): Promise<Sandbox> {
  return startMoveworksSandbox({
    apiKey: 'key',
    clientId: 'id',
    clientSecret: 'secret',
    statePath: join(directory, 'moveworks.json'),
    events: [
      { id: decisionId, kind: 'decision', slots: ['approval_id'], actions: [approveAction] },
      { id: noticeId, kind: 'notice', slots: [] },
    ],
  });
}

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'moveworks-sandbox-'));
  sandbox = await start();
});
afterEach(async () => {
  await sandbox.close();
  rmSync(directory, { recursive: true });
});

function send(body: unknown, eventId = decisionId, authorization = 'Bearer key'): Promise<Response> {
  return fetch(`${sandbox.url}/rest/v1/events/${eventId}/messages/send`, {
    method: 'POST',
    headers: { Authorization: authorization, 'Content-Type': 'application/json' },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
}

async function codeOf(answer: Response): Promise<[number, string]> {
  const body = z.object({ error: z.object({ code: z.string(), message: z.string() }) });
  return [answer.status, body.parse(await answer.json()).error.code];
}

async function control(path: string): Promise<unknown> {
  return (await fetch(sandbox.url + path)).json();
}

test('accepts a message as received and shows it with the actions of its event', async () => {
  const body = { message: 'Hi', recipients: [ada], context: { slots: { approval_id: '1' } } };
  const answer = await send(body);
  expect(answer.status).toBe(200);
  expect(await answer.json()).toEqual({ data: { status: 'RECEIVED' } });
  await send({ message: 'Done', recipients: ['bo.ss@example.test'] }, noticeId);
  expect(await control('/sandbox/inbox/ADA.prover@example.test')).toEqual({
    messages: [
      {
        id: 1,
        eventId: decisionId,
        kind: 'decision',
        message: 'Hi',
        recipients: [ada],
        slots: { approval_id: '1' },
        receivedAt: anyText,
        actions: [approveAction],
      },
    ],
  });
  expect(await control('/sandbox/messages?after=1')).toMatchObject({
    messages: [{ id: 2, kind: 'notice', actions: [] }],
  });
});

test('refuses a raw key and a wrong one', async () => {
  const body = { message: 'Hi', recipients: [ada] };
  expect(await codeOf(await send(body, decisionId, 'key'))).toEqual([401, 'Unauthorized']);
  expect(await codeOf(await send(body, decisionId, 'Bearer Bearer key'))).toEqual([401, 'Unauthorized']);
});

test('answers 404 INVALID_EVENT_ID for an unknown event', async () => {
  const answer = await send({ message: 'Hi', recipients: [ada] }, '33333333-3333-4333-8333-333333333333');
  expect(await codeOf(answer)).toEqual([404, 'INVALID_EVENT_ID']);
});

test.each([
  ['a body that is not JSON', '{"message":'],
  ['a bare recipient', { message: 'Hi', recipients: ada }],
  ['no recipients', { message: 'Hi', recipients: [] }],
  ['an empty message', { message: '', recipients: [ada] }],
  ['something that is no address', { message: 'Hi', recipients: ['ada'] }],
  ['an unknown address', { message: 'Hi', recipients: ['nobody@example.test'] }],
  ['an undeclared slot', { message: 'Hi', recipients: [ada], context: { slots: { colour: 'red' } } }],
  ['a slot that is no string', { message: 'Hi', recipients: [ada], context: { slots: { approval_id: 1 } } }],
  ['an unknown field', { message: 'Hi', recipients: [ada], buttons: [] }],
])('answers 400 BAD_REQUEST to %s and delivers nothing', async (_, body) => {
  expect(await codeOf(await send(body))).toEqual([400, 'BAD_REQUEST']);
  expect(await control('/sandbox/messages')).toEqual({ messages: [] });
});

test('takes 20,000 characters and 500 recipients, and no more', async () => {
  const most = { message: 'x'.repeat(20_000), recipients: Array.from({ length: 500 }, () => ada) };
  expect((await send(most)).status).toBe(200);
  const tooLong = [400, 'INVALID_VALUE_SIZE_TOO_LONG'];
  expect(await codeOf(await send({ ...most, message: `${most.message}x` }))).toEqual(tooLong);
  expect(await codeOf(await send({ ...most, recipients: [...most.recipients, ada] }))).toEqual(tooLong);
});

test('answers 429 above the limit of a minute', async () => {
  await fetch(`${sandbox.url}/sandbox/settings`, { method: 'PUT', body: '{"requestsPerMinute":3}' });
  const answers = await Promise.all(
    Array.from({ length: 5 }, () => send({ message: 'Hi', recipients: [ada] })),
  );
  expect(answers.map((answer) => answer.status).sort()).toEqual([200, 200, 200, 429, 429]);
});

test('exchanges a client for a token of 60 seconds that sends and passes the credential test', async () => {
  const exchange = (secret: string) =>
    fetch(`${sandbox.url}/oauth/v1/token`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ client_id: 'id', client_secret: secret, grant_type: 'client_credentials' }),
    });
  expect((await exchange('wrong')).status).toBe(401);
  const { data } = z
    .object({
      data: z.object({ access_token: z.string(), expires_in: z.literal(60), token_type: z.string() }),
    })
    .parse(await (await exchange('secret')).json());
  const authorization = `Bearer ${data.access_token}`;
  expect((await send({ message: 'Hi', recipients: [ada] }, decisionId, authorization)).status).toBe(200);
  const probe = (value: string) =>
    fetch(`${sandbox.url}/rest/v1/auth/test`, { headers: { Authorization: value } });
  expect((await probe(authorization)).status).toBe(200);
  expect((await probe('Bearer nonsense')).status).toBe(401);
});

test('delivers a message whose answer is lost, and keeps it over a restart', async () => {
  await fetch(`${sandbox.url}/sandbox/faults`, {
    method: 'POST',
    body: '{"route":"send","kind":"dropAfter"}',
  });
  await expect(send({ message: 'Hi', recipients: [ada] })).rejects.toThrow('fetch failed');
  await sandbox.close();
  sandbox = await start();
  await send({ message: 'Again', recipients: [ada] });
  expect(await control(`/sandbox/inbox/${ada}`)).toMatchObject({
    messages: [
      { id: 1, message: 'Hi' },
      { id: 2, message: 'Again' },
    ],
  });
});
