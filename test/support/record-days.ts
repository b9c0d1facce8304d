import { afterAll, beforeAll } from 'vitest';
import type { ApprovalRecord } from '../../src/contract/approval.ts';
import { approvalWorkflowId } from '../../src/contract/ids.ts';
import { decideSignal } from '../../src/contract/messages.ts';
import { startTimeSkipping, type TimeSkipping } from './time-skipping.ts';
import { until } from './until.ts';

const hourMs = 3_600_000;
/** The shipped ones, but at any hour: the clock of the server starts when the recording does. */
const policy = {
  remindAfterMs: [24 * hourMs, 48 * hourMs],
  quietHours: [],
  // The sandbox lives in the present: to the workflows its requisitions grow old in a moment.
  askMaxAgeMs: 3_650 * 24 * hourMs,
};

/** Sandbox and workers for the scenarios of one file, on a server where days pass in a moment. */
export function stageOfDays() {
  let running: TimeSkipping | undefined;
  const days = (): TimeSkipping => {
    if (running === undefined) throw new Error('the server has not started');
    return running;
  };
  beforeAll(async () => {
    running = await startTimeSkipping({ policy });
  });
  afterAll(async () => {
    await running?.stop();
  });
  const seen = (what: string, approvalId: number, shows: (record: ApprovalRecord) => boolean) =>
    until(`approval ${approvalId} ${what}`, async () => shows(await days().record(approvalId)));
  return {
    days,
    seen,
    /** Submits a requisition and waits until its first approver's card is known to have gone out. */
    ask: async (body: object = {}) => {
      const submitted = await days().ask({ chain: [201], ...body });
      await seen('with its card sent', submitted.approvalId, ({ cards }) => cards.some(({ sent }) => sent));
      return submitted;
    },
    /** Presses the button of the first card, as the API tells of it. */
    press: async (approvalId: number, action: 'approve' | 'reject' = 'approve') => {
      const { cards } = await days().record(approvalId);
      await days()
        .handleOf(approvalId)
        .signal(decideSignal, {
          decisionId: `pressed-${approvalId}`,
          action,
          actor: { userId: 201 },
          card: cards[0]?.id ?? '',
          receivedAt: new Date().toISOString(),
          via: 'card',
          caller: 'chat',
        });
    },
    /** Waits, by days if need be, until an approval's workflow has ended. */
    ended: async (approvalId: number): Promise<string> => {
      await days().handleOf(approvalId).result();
      return approvalWorkflowId(approvalId);
    },
  };
}
