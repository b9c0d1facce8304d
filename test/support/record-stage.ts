import { afterAll, beforeAll } from 'vitest';
import { startApproval } from '../../src/activities/engine/approvals.ts';
import type { ApprovalRecord } from '../../src/contract/approval.ts';
import { approvalWorkflowId, pollScheduleId } from '../../src/contract/ids.ts';
import { recheckSignal, recordQuery } from '../../src/contract/messages.ts';
import type { Submitted } from './sandbox-control.ts';
import { startStack, type Stack, type StackOptions } from './stack.ts';
import { until } from './until.ts';

const line = { description: 'Laptop', quantity: '1', unitPrice: '1000.00' };
export const priced = (unitPrice: string) => ({ lines: [{ ...line, unitPrice }] });
export const ada = 'ada.prover@example.test';
export const bo = 'bo.ss@example.test';

/** So many cards are known to have gone out, and no more are owed. */
export const sentTo =
  (count: number) =>
  ({ cards }: ApprovalRecord): boolean =>
    cards.filter(({ kind, sent }) => kind === 'message' && sent).length === count &&
    cards.every(({ sent }) => sent);

/** Whoever held a card no longer does. */
export const lostBy =
  (userId: number) =>
  ({ cards }: ApprovalRecord): boolean =>
    cards.some((card) => card.userId === userId) &&
    cards.every((card) => card.userId !== userId || !card.live);

/** A stack for the scenarios of one file, on which nothing happens by itself: no schedule, no call-out. */
export function stage(options: StackOptions = {}) {
  let running: Stack | undefined;
  const stack = (): Stack => {
    if (running === undefined) throw new Error('the stack has not started');
    return running;
  };
  beforeAll(async () => {
    running = await startStack({ pollIntervalMs: 60 * 60_000, ...options });
    await running.coupa.settings({ callOut: null });
    await running.client.schedule.getHandle(pollScheduleId).pause();
  });
  afterAll(async () => {
    await running?.stop();
  });

  const handle = (approvalId: number) => stack().client.workflow.getHandle(approvalWorkflowId(approvalId));
  const record = (approvalId: number) => handle(approvalId).query(recordQuery);
  const seen = (what: string, approvalId: number, shows: (record: ApprovalRecord) => boolean) =>
    until(`approval ${approvalId} ${what}`, async () => shows(await record(approvalId)));

  /** Submits a requisition and starts the workflow of its first approval. */
  const begin = async (body: object = {}): Promise<Submitted> => {
    const submitted = await stack().coupa.submit({ chain: [201], lines: [line], ...body });
    await startApproval(stack().client, submitted);
    return submitted;
  };
  return {
    stack,
    record,
    seen,
    begin,
    /** The same, until its card is known to have gone out. */
    ask: async (body: object = {}) => {
      const submitted = await begin(body);
      const reference = await stack().moveworks.card(submitted.approvalId);
      await seen('with its card sent', submitted.approvalId, ({ cards }) => cards.some(({ sent }) => sent));
      return { ...submitted, reference };
    },
    /** Begins one whose card Moveworks does not take for now: sending it is under way for as long as anybody likes. */
    beginUnsent: async (): Promise<Submitted> => {
      const { moveworks } = stack();
      const { length: before } = await moveworks.requests();
      await moveworks.fault({ route: 'send', kind: 'status', status: 503, times: 1, retryAfter: '600' });
      const submitted = await begin();
      await seen('with a card under way', submitted.approvalId, ({ cards }) => cards.length > 0);
      await until('the first attempt at the card', async () => (await moveworks.requests()).length > before);
      return submitted;
    },
    /** The reference in the `count`th card that somebody got. */
    cardTo: (approvalId: number, userId: number, count = 1): Promise<string> =>
      until(`card ${count} of approval ${approvalId} to ${userId}`, async () => {
        const references = (await stack().moveworks.cards(approvalId)).map(
          ({ slots }) => slots['approval_id'],
        );
        return references.filter((each) => each?.split('.')[1] === String(userId))[count - 1];
      }),
    recheck: (approvalId: number) => handle(approvalId).signal(recheckSignal),
    /** Waits until an approval's workflow has ended. */
    ended: async (approvalId: number): Promise<string> => {
      await handle(approvalId).result();
      return approvalWorkflowId(approvalId);
    },
  };
}
