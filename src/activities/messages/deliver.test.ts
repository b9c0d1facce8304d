import { MockActivityEnvironment } from '@temporalio/testing';
import { DefaultLogger } from '@temporalio/worker';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startMoveworksSandbox } from '../../../sandbox/index.ts';
import type { MoveworksSlot } from '../../config/config.ts';
import { createMoveworksClient } from '../../connectors/moveworks/client.ts';
import type { DeliverInput, Delivery, DeliverResult } from '../../contract/notification.ts';
import { Secret } from '../../contract/secret.ts';
import { createReferences } from '../../references/references.ts';
import { createDeliverActivities } from './deliver.ts';

const eventId = '6f1f2d6e-4c0a-4e4e-9d3e-2f1f0c9a7b11';
const noticeEventId = '6f1f2d6e-4c0a-4e4e-9d3e-2f1f0c9a7b12';
const references = createReferences([new Secret('reference-secret-reference-secret')]);
const message = '<b>Decide</b>\n- <i>now</i> & here';
const notice: Delivery = {
  kind: 'notice',
  recipients: ['ada.prover@example.test', 'bo.ss@example.test'],
};
const question: Delivery = {
  kind: 'question',
  approvalId: 70002,
  requisitionId: 5001,
  cardId: 'l0123456789abcdef',
  userId: 201,
  address: 'ada.prover@example.test',
};

interface SetUp {
  slots?: readonly MoveworksSlot[];
  noticeEvent?: boolean;
  key?: string;
  fetch?: typeof fetch;
}

async function setUp({ slots = ['approval_id'], noticeEvent = true, key = 'k3y', fetch: send }: SetUp = {}) {
  const sandbox = await startMoveworksSandbox({
    apiKey: 'k3y',
    events: [
      { id: eventId, kind: 'decision', slots: ['approval_id', 'requisition_id', 'approver_email'] },
      { id: noticeEventId, kind: 'notice', slots: [] },
    ],
  });
  onTestFinished(() => sandbox.close());
  const moveworks = createMoveworksClient({
    baseUrl: sandbox.url,
    auth: { kind: 'apiKey', apiKey: new Secret(key) },
    requestsPerMinute: 60_000,
    fetch: send,
  });
  const activities = createDeliverActivities({
    moveworks,
    references,
    eventId,
    noticeEventId: noticeEvent ? noticeEventId : undefined,
    slots,
  });
  const run = (delivery: Delivery): Promise<DeliverResult> => {
    const deliver = (input: DeliverInput) => activities.deliver(input);
    const environment = new MockActivityEnvironment({}, { logger: new DefaultLogger('ERROR') });
    return environment.run<[DeliverInput], DeliverResult, typeof deliver>(deliver, { message, delivery });
  };
  const messages = async (): Promise<unknown[]> => {
    const answer = await fetch(`${sandbox.url}/sandbox/messages`);
    return ((await answer.json()) as { messages: unknown[] }).messages;
  };
  return { run, messages };
}

describe('deliver', () => {
  it('sends a notice to everybody in one call, as it came and without slots', async () => {
    const { run, messages } = await setUp();
    expect(await run(notice)).toEqual({ kind: 'sent' });
    const [sent, ...others] = await messages();
    expect(sent).toMatchObject({ eventId: noticeEventId, message, recipients: notice.recipients, slots: {} });
    expect(others).toEqual([]);
  });

  it('uses the event with the buttons for a notice where there is no other, as the guide does', async () => {
    const { run, messages } = await setUp({ noticeEvent: false });
    await run(notice);
    expect(await messages()).toMatchObject([{ eventId, message, slots: {} }]);
  });

  it('asks an approver with a reference of their own to the card that was recorded (P6)', async () => {
    const { run, messages } = await setUp();
    expect(await run(question)).toEqual({ kind: 'sent' });
    const reference = references.sign({ approvalId: 70002, userId: 201, card: question.cardId });
    expect(await messages()).toMatchObject([
      { eventId, message, recipients: [question.address], slots: { approval_id: reference } },
    ]);
  });

  it('fills the other slots that are configured', async () => {
    const { run, messages } = await setUp({ slots: ['approval_id', 'requisition_id', 'approver_email'] });
    await run(question);
    const slots = { requisition_id: '5001', approver_email: 'ada.prover@example.test' };
    expect(await messages()).toMatchObject([{ slots }]);
  });

  it('gives back a refusal in Moveworks’ words, as the outcome that it is', async () => {
    const { run } = await setUp();
    expect(await run({ kind: 'notice', recipients: ['nobody@example.test'] })).toEqual({
      kind: 'refused',
      words: ['BAD_REQUEST: One or more recipients are unknown'],
    });
  });

  it('lets no address and nothing that looks like a key through with the words (P9)', async () => {
    const error = {
      code: 'INVALID_VALUE_SIZE_TOO_LONG',
      message: 'for <ada.prover@example.test> with eyJhbGciOiJIUzI1NiJ9.e30.x in a_very_long_name_of_a_field',
    };
    const { run } = await setUp({
      fetch: async () => Promise.resolve(Response.json({ error }, { status: 400 })),
    });
    expect(await run(question)).toEqual({
      kind: 'refused',
      words: ['INVALID_VALUE_SIZE_TOO_LONG: for [address] with [redacted] in a_very_long_name_of_a_field'],
    });
  });

  it('throws what is no refusal, so that it is retried or given up by its kind', async () => {
    const wrongKey = await setUp({ key: 'wr0ng' });
    await expect(wrongKey.run(notice)).rejects.toMatchObject({ name: 'TerminalError', status: 401 });
    const lost = await setUp({ fetch: async () => Promise.resolve(new Response(null, { status: 502 })) });
    await expect(lost.run(notice)).rejects.toMatchObject({ name: 'UnknownOutcomeError', status: 502 });
  });
});
