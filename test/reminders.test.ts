import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Decision } from '../src/contract/decision.ts';
import { decideSignal } from '../src/contract/messages.ts';
import { startTimeSkipping, type TimeSkipping } from './support/time-skipping.ts';
import { startStack } from './support/stack.ts';
import { until } from './support/until.ts';

const hourMs = 3_600_000;
/** The shipped ones, but at any hour: the clock of the server starts when the test does. */
const policy = {
  remindAfterMs: [24 * hourMs, 48 * hourMs, 72 * hourMs],
  remindEveryMs: 7 * 24 * hourMs,
  quietHours: [],
  // The sandbox lives in the present: to the workflows its requisitions grow old in a moment.
  askMaxAgeMs: 3_650 * 24 * hourMs,
};

let days: TimeSkipping;
beforeAll(async () => {
  days = await startTimeSkipping({ policy });
});
afterAll(async () => {
  await days.stop();
});

/** The messages about one approval, once there are as many as expected. */
function messagesOf(days: TimeSkipping, approvalId: number, count: number) {
  return until(`${count} messages about approval ${approvalId}`, async () => {
    const sent = await days.moveworks.cards(approvalId);
    return sent.length >= count ? sent : undefined;
  });
}

async function reminded(days: TimeSkipping, approvalId: number, reminders: number): Promise<void> {
  await messagesOf(days, approvalId, reminders + 1);
  await until('the reminder to count', async () => {
    return (await days.record(approvalId)).reminders === reminders;
  });
}

/** The approver presses Approve on the first card. */
async function press(approvalId: number, decisionId: string): Promise<void> {
  const card = (await days.record(approvalId)).cards[0];
  const decision: Decision = {
    decisionId,
    action: 'approve',
    actor: { userId: 201 },
    card: card?.id ?? '',
    receivedAt: '2026-11-03T09:00:00.000Z',
    via: 'card',
    caller: 'test',
  };
  await days.handleOf(approvalId).signal(decideSignal, decision);
}

async function closed(approvalId: number) {
  await until('the end', async () => (await days.record(approvalId)).state === 'closed');
  return days.record(approvalId);
}

/** Waits for the notice that a card about a requisition asks nothing any more. */
function noticeOf(requisitionId: number) {
  return until(`a notice about requisition ${requisitionId}`, async () => {
    const messages = await days.moveworks.messages();
    return messages.find(({ kind, message }) => kind === 'notice' && message.includes(`: ${requisitionId}`));
  });
}

/** How often Coupa was asked about an approval. */
async function reads(approvalId: number): Promise<number> {
  const requests = await days.coupa.requests();
  return requests.filter(({ method, path }) => method === 'GET' && path === `/api/approvals/${approvalId}`)
    .length;
}

describe('an approval that nobody answers', () => {
  it('is reminded of after 24, 48 and 72 hours and then every week, and says how long it has waited', async () => {
    const { approvalId } = await days.ask({ chain: [201] });
    await days.environment.sleep('23 hours');
    expect(await days.moveworks.cards(approvalId)).toHaveLength(1);
    await days.environment.sleep('2 hours');
    await reminded(days, approvalId, 1);
    await days.environment.sleep('24 hours');
    await reminded(days, approvalId, 2);
    await days.environment.sleep('24 hours');
    await reminded(days, approvalId, 3);
    await days.environment.sleep('6 days');
    expect(await days.moveworks.cards(approvalId)).toHaveLength(4);
    await days.environment.sleep('1 day');
    await reminded(days, approvalId, 4);
    await days.environment.sleep('7 days');
    await reminded(days, approvalId, 5);

    const [card, ...reminders] = await days.moveworks.cards(approvalId);
    expect(card?.message).not.toContain('Reminder');
    expect(
      reminders.map(({ message }) => /has waited for your decision for ([^.<]*)/.exec(message)?.[1]),
    ).toEqual(['1 day', '2 days', '3 days', '10 days', '17 days']);
    // Every one carries the reference of the card itself: whichever is pressed, it is the same question.
    expect(new Set([card, ...reminders].map((message) => message?.slots['approval_id'])).size).toBe(1);
  });

  it('is read again in Coupa before each reminder', async () => {
    const { approvalId } = await days.ask({ chain: [201] });
    const before = await reads(approvalId);
    await days.environment.sleep('25 hours');
    await reminded(days, approvalId, 1);
    expect(await reads(approvalId)).toBe(before + 1);
  });

  it('is decided by the reminder’s button as by the card’s, and never reminded of again', async () => {
    const { approvalId } = await days.ask({ chain: [201] });
    await days.environment.sleep('25 hours');
    await reminded(days, approvalId, 1);
    await press(approvalId, 'reminded-1');
    expect(await closed(approvalId)).toMatchObject({ outcome: 'approved', reminders: 1 });
    await days.environment.sleep('10 days');
    expect(await days.moveworks.cards(approvalId)).toHaveLength(2);
    expect(await days.coupa.effects(approvalId)).toHaveLength(1);
  });

  it('ends without a reminder when Coupa decided meanwhile, and its holder is told', async () => {
    const { approvalId, requisitionId } = await days.ask({ chain: [201] });
    await days.coupa.decide(approvalId, { action: 'approve', userId: 201 });
    await days.environment.sleep('25 hours');
    expect(await closed(approvalId)).toMatchObject({ outcome: 'decidedElsewhere', reminders: 0 });
    expect(await days.moveworks.cards(approvalId)).toHaveLength(1);
    await noticeOf(requisitionId);
  });

  it('ends when its requisition is gone at a second look, and its holder is told', async () => {
    const { approvalId, requisitionId } = await days.ask({ chain: [201] });
    await days.coupa.remove(requisitionId);
    await days.environment.sleep('24 hours');
    await days.environment.sleep('2 minutes');
    expect(await closed(approvalId)).toMatchObject({ outcome: 'superseded', reminders: 0 });
    await noticeOf(requisitionId);
  });

  it('is asked about anew, not reminded of, when the requisition changed meanwhile', async () => {
    const { approvalId, requisitionId } = await days.ask({ chain: [201] });
    await days.coupa.edit(requisitionId, {
      lines: [{ description: 'A larger one', quantity: '1', unitPrice: '4321.00' }],
    });
    await days.environment.sleep('25 hours');
    const [, second] = await messagesOf(days, approvalId, 2);
    expect(second?.message).toContain('4,321.00');
    expect(second?.message).not.toContain('Reminder');
    expect((await days.record(approvalId)).cards.map(({ live }) => live)).toEqual([false, true]);
    await days.environment.sleep('24 hours');
    await reminded(days, approvalId, 1);
    expect((await days.moveworks.cards(approvalId)).at(-1)?.message).toContain('2 days');
  });

  it('is reminded of although a decision came to nothing: Coupa was out, and then the price another', async () => {
    const { approvalId, requisitionId } = await days.ask({ chain: [201] });
    await days.coupa.fault({ route: 'approval', kind: 'status', status: 503, times: 10_000 });
    await press(approvalId, 'in-vain-1');
    await until('the decision to wait', async () => {
      const { timeline } = await days.record(approvalId);
      return timeline.some(({ text }) => text.startsWith('The decision waits'));
    });
    await days.coupa.edit(requisitionId, {
      lines: [{ description: 'A larger one', quantity: '1', unitPrice: '4321.00' }],
    });
    await days.coupa.clearFaults();
    await days.environment.sleep('20 minutes');
    await messagesOf(days, approvalId, 2);
    await days.environment.sleep('25 hours');
    const messages = await messagesOf(days, approvalId, 3);
    expect(messages.at(-1)?.message).toContain('has waited for your decision for 1 day');
    expect(await days.record(approvalId)).toMatchObject({
      state: 'asked',
      answers: { 'in-vain-1': { kind: 'changed' } },
    });
  });

  it('is reminded of once when several reminders were missed', async () => {
    const { approvalId } = await days.ask({ chain: [201] });
    await days.moveworks.fault({ route: 'send', kind: 'status', status: 503, times: 10_000 });
    await days.environment.sleep('60 hours');
    await days.moveworks.clearFaults();
    await days.environment.sleep('7 hours');
    await reminded(days, approvalId, 1);
    const sent = await days.moveworks.cards(approvalId);
    expect(sent).toHaveLength(2);
    expect(sent.at(-1)?.message).toContain('2 days');
  });
});

/** Quiet from `fromMs` after an instant, for five hours: minutes of the week in UTC, as configuration gives them. */
function quietFrom(atMs: number) {
  const weekMinutes = 7 * 24 * 60;
  const start = new Date(atMs);
  const day = (start.getUTCDay() + 6) % 7;
  const fromMinute = (day * 24 + start.getUTCHours()) * 60 + start.getUTCMinutes();
  const toMinute = (fromMinute + 300) % weekMinutes;
  return fromMinute < toMinute
    ? [{ fromMinute, toMinute }]
    : [
        { fromMinute: 0, toMinute },
        { fromMinute, toMinute: weekMinutes },
      ];
}

describe('quiet hours', () => {
  it('hold a reminder back until they end', async () => {
    const quietHours = quietFrom(Date.now() + 1.5 * hourMs);
    const days = await startTimeSkipping({ policy: { ...policy, remindAfterMs: [2 * hourMs], quietHours } });
    try {
      const { approvalId } = await days.ask({ chain: [201] });
      await days.environment.sleep('5 hours');
      expect(await days.moveworks.cards(approvalId)).toHaveLength(1);
      await days.environment.sleep('3 hours');
      await reminded(days, approvalId, 1);
    } finally {
      await days.stop();
    }
  });
});

describe('a changed policy', () => {
  it('reaches an approval that is waiting already, without anybody’s help', async () => {
    const stack = await startStack({ policy });
    try {
      const { approvalId } = await stack.coupa.submit({ chain: [201] });
      await stack.moveworks.card(approvalId);
      await stack.stopWorkers();
      await stack.startWorkers({ remindAfterMs: [1_000] });
      expect(await stack.moveworks.card(approvalId, 2)).toBe(await stack.moveworks.card(approvalId));
      await until('the reminder to count', async () => {
        return (await stack.api.show(approvalId)).body['reminders'] === 1;
      });
    } finally {
      await stack.stop();
    }
  });
});
