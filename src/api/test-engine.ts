import type { ApprovalMemo, ApprovalRecord, ApprovalRow } from '../contract/approval.ts';
import type { Decision, StandingDecision } from '../contract/decision.ts';
import type { LookUp, Settlement } from '../contract/messages.ts';
import {
  ApprovalGone,
  InvalidCursor,
  type Engine,
  type ListRequest,
  type NotificationEnd,
  type NotificationStart,
} from './engine/engine.ts';
import { TestPurchaseEngine } from './test-purchase-engine.ts';

/** One approval as the engine of the tests holds it. */
interface Held {
  kind: 'open' | 'closed';
  runId: string;
  memo: ApprovalMemo | undefined;
  record: ApprovalRecord | undefined;
}

/** The row of a requisition that waits for its approver. */
export function rowOf(approvalId: number): ApprovalRow {
  return {
    id: approvalId,
    'approvable-id': approvalId + 1_000,
    'approvable-type': 'RequisitionHeader',
    status: 'pending_approval',
    'updated-at': null,
    state: 'asked',
    title: 'Laptops',
    requester: 'Sam Stinson',
    total: '14060.41',
    currency: 'USD',
    'submitted-at': '2026-11-01T09:00:00Z',
  };
}

/** The decision of user 201, whose address no answer may show. */
export const standing: StandingDecision = {
  decisionId: 'd1',
  action: 'approve',
  userId: 201,
  address: 'jamie@example.com',
  name: 'Jamie Jones',
  at: '2026-11-02T10:00:00.000Z',
};

/** The record of an approval that was put to user 201, with what a test wants to differ. */
export function recordOf(approvalId: number, differing: Partial<ApprovalRecord> = {}): ApprovalRecord {
  return {
    approvalId,
    requisitionId: approvalId + 1_000,
    state: 'asked',
    approvers: [{ id: 201, name: 'Jamie Jones', address: 'jamie@example.com' }],
    cards: [
      {
        id: 'c0123456789abcdef',
        userId: 201,
        factsHash: 'f1',
        kind: 'message',
        createdAt: '2026-11-01T09:01:00.000Z',
        sent: true,
        live: true,
      },
    ],
    queue: [],
    answers: {},
    reminders: 1,
    timeline: [{ at: '2026-11-01T09:01:00.000Z', text: 'Asked 201.' }],
    ...differing,
  };
}

/** An engine in memory, with Temporal's manners: what it holds, what it was told, and when it is down. */
export class TestEngine extends TestPurchaseEngine implements Engine {
  readonly approvals = new Map<number, Held>();
  readonly decisions: { approvalId: number; decision: Decision }[] = [];
  readonly lookUps: { approvalId: number; lookUp: LookUp }[] = [];
  readonly listRequests: ListRequest[] = [];
  readonly waits: number[] = [];
  polls = 0;
  /** What a wait ends with. */
  settlement: Settlement = { kind: 'carriedOut', standing };
  readonly notifications = new Map<string, NotificationStart>();
  /** What a wait for a notification ends with. */
  notificationEnd: NotificationEnd = {
    kind: 'done',
    result: { deliveries: [{ recipients: 1, outcome: { kind: 'sent' } }] },
  };
  onNotify: (start: NotificationStart) => void = () => undefined;
  /** Runs when a decision arrives: an approval may close under it. */
  onDecide: (held: Held) => void = () => undefined;
  onLookUp: () => Promise<void> = () => Promise.resolve();

  open(approvalId: number, memo: Partial<ApprovalMemo> = {}): Held {
    const held: Held = {
      kind: 'open',
      runId: `run-${approvalId}`,
      memo: {
        state: 'asked',
        factsHash: 'f1',
        asked: [{ userId: 201, cards: ['c0123456789abcdef'] }],
        row: rowOf(approvalId),
        ...memo,
      },
      record: recordOf(approvalId),
    };
    this.approvals.set(approvalId, held);
    return held;
  }

  close(approvalId: number, differing: Partial<ApprovalRecord>): Held {
    const held = this.open(approvalId);
    held.kind = 'closed';
    held.record = recordOf(approvalId, { state: 'closed', ...differing });
    return held;
  }

  async describe(approvalId: number) {
    await this.reach('describe');
    return this.approvals.get(approvalId) ?? { kind: 'none' as const };
  }

  async decide(approvalId: number, decision: Decision) {
    await this.reach('decide');
    const held = this.approvals.get(approvalId);
    if (held !== undefined) this.onDecide(held);
    if (held?.kind !== 'open') return this.describe(approvalId);
    this.decisions.push({ approvalId, decision });
    return 'accepted' as const;
  }

  async settled(_approvalId: number, _decision: Decision, waitMs: number) {
    await this.reach('settled');
    this.waits.push(waitMs);
    return this.settlement;
  }

  async record(approvalId: number) {
    await this.reach('record');
    return this.approvals.get(approvalId)?.record;
  }

  async list(request: ListRequest) {
    await this.reach('list');
    this.listRequests.push(request);
    if (request.cursor !== undefined && request.cursor !== this.nextCursor) {
      throw new InvalidCursor('The cursor is none of ours.');
    }
    const rows = [...this.approvals]
      .filter(([, { kind }]) => kind === 'open')
      .map(([approvalId, { runId, memo }]) => ({ approvalId, runId, memo }))
      .slice(0, request.limit);
    return { rows, ...(this.nextCursor === undefined ? {} : { cursor: this.nextCursor }) };
  }

  async lookUp(approvalId: number, lookUp: LookUp) {
    await this.reach('lookUp');
    await this.onLookUp();
    if (this.approvals.get(approvalId)?.kind !== 'open') throw new ApprovalGone('gone');
    this.lookUps.push({ approvalId, lookUp });
  }

  async notification(name: string) {
    await this.reach('notification');
    return this.notifications.get(name)?.fingerprint;
  }

  async notify(start: NotificationStart) {
    await this.reach('notify');
    this.onNotify(start);
    if (this.notifications.has(start.name)) return 'exists';
    this.notifications.set(start.name, start);
    return 'started';
  }

  async notified(_name: string, waitMs: number) {
    await this.reach('notified');
    this.waits.push(waitMs);
    return this.notificationEnd;
  }

  async wakePoll() {
    await this.reach('wakePoll');
    this.polls += 1;
  }

  async ready() {
    await this.reach('ready');
  }
}
