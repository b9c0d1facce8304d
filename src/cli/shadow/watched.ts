import type { ApprovalMemo, ApprovalRecord, ApprovalState } from '../../contract/approval.ts';

/** A question that was put to somebody, or would have been: in shadow they are recorded alike. */
interface Ask {
  readonly userId: number;
  /** ISO 8601, UTC. */
  readonly at: string;
}

/** What our own workflow says of an approval, as far as a comparison needs it. */
export interface Watched {
  readonly approvalId: number;
  readonly requisitionId: number;
  readonly state: ApprovalState;
  readonly stuckReason?: string;
  /** False where only the memo could be read: then neither `asks` nor `why` is complete. */
  readonly whole: boolean;
  /** Coupa user ids of those who may decide. */
  readonly entitled: readonly number[];
  /** One for each person, the first one. */
  readonly asks: readonly Ask[];
  /** What its story last said of nobody being asked. */
  readonly why?: string;
  /** Whether it waited for another approval before its turn, as its story says. */
  readonly waited: boolean;
}

const restingTexts = /^(?:Stuck|Listed|Waiting)\b/;

function asksOf({ cards }: ApprovalRecord): Ask[] {
  const first = new Map<number, Ask>();
  for (const { kind, userId, createdAt } of cards) {
    if (kind === 'message' && !first.has(userId)) first.set(userId, { userId, at: createdAt });
  }
  return [...first.values()];
}

/** What a whole record says. */
export function watchedOf(record: ApprovalRecord): Watched {
  const resting = record.timeline.filter(({ text }) => restingTexts.test(text));
  const why = resting.at(-1)?.text;
  return {
    approvalId: record.approvalId,
    requisitionId: record.requisitionId,
    state: record.state,
    ...(record.stuckReason === undefined ? {} : { stuckReason: record.stuckReason }),
    whole: true,
    entitled: record.approvers.map(({ id }) => id),
    asks: asksOf(record),
    ...(why === undefined ? {} : { why }),
    waited: resting.some(({ text }) => text.startsWith('Waiting')),
  };
}

/** What is known without the record. */
export function watchedByMemo(approvalId: number, memo: ApprovalMemo | undefined): Watched {
  return {
    approvalId,
    requisitionId: memo?.row['approvable-id'] ?? 0,
    state: memo?.state ?? 'waiting',
    ...(memo?.stuckReason === undefined ? {} : { stuckReason: memo.stuckReason }),
    whole: false,
    entitled: [],
    asks: [],
    waited: false,
  };
}
