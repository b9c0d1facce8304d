import type { ApprovalMemo, ApprovalRecord, ApprovalState } from '../../../contract/approval.ts';
import type { ApprovalCore } from './state.ts';

/** Search attribute values of an approval. Coupa ids, state and amount only (P9). */
export interface Attributes {
  readonly state: ApprovalState;
  readonly requester: string | null;
  readonly approvers: readonly string[];
  readonly amount: number | null;
  readonly currency: string | null;
}

/** A decision under way is not worth a history event of its own, until it meets trouble. */
function shownState(core: ApprovalCore): ApprovalState {
  return core.state === 'deciding' && core.decisionFailures === 0 ? core.rest : core.state;
}

export function attributesOf(core: ApprovalCore): Attributes {
  const facts = core.sheet?.facts;
  const amount = facts?.total == null ? null : Number(facts.total);
  return {
    state: shownState(core),
    requester: core.sheet?.requester == null ? null : String(core.sheet.requester.id),
    approvers: core.approvers.map((person) => String(person.id)),
    amount: amount !== null && Number.isFinite(amount) ? amount : null,
    currency: facts?.currency ?? null,
  };
}

function clip(text: string | null | undefined, length: number): string | null {
  if (text == null) return null;
  return text.length <= length ? text : `${text.slice(0, length - 1)}…`;
}

/** Bounds that keep the memo under 2 KiB even in scripts of three bytes a character. */
const titleLength = 120;
const nameLength = 60;
const askedLimit = 10;
const cardsEach = 3;

export function memoOf(core: ApprovalCore): ApprovalMemo {
  const { sheet } = core;
  const people = [...new Set(core.cards.filter((card) => card.live).map((card) => card.userId))];
  const state = shownState(core);
  return {
    state,
    ...(core.outcome === undefined ? {} : { outcome: core.outcome }),
    ...(core.stuckReason === undefined ? {} : { stuckReason: clip(core.stuckReason, titleLength) ?? '' }),
    ...(sheet === null ? {} : { factsHash: sheet.factsHash }),
    asked: people.slice(0, askedLimit).map((userId) => ({
      userId,
      cards: core.cards
        .filter((card) => card.live && card.userId === userId)
        .slice(-cardsEach)
        .map((card) => card.id),
    })),
    row: {
      id: core.approvalId,
      'approvable-id': core.requisitionId,
      'approvable-type': 'RequisitionHeader',
      status: core.standing === undefined ? (core.coupaStatus ?? 'pending_approval') : (core.outcome ?? ''),
      'updated-at': sheet?.updatedAt ?? null,
      state,
      title: clip(sheet?.title, titleLength),
      requester: clip(sheet?.requester?.name, nameLength),
      total: sheet?.facts.total ?? null,
      currency: sheet?.facts.currency ?? null,
      'submitted-at': sheet?.submittedAt ?? null,
    },
  };
}

export function recordOf(core: ApprovalCore): ApprovalRecord {
  return {
    approvalId: core.approvalId,
    requisitionId: core.requisitionId,
    state: core.state,
    ...(core.stuckReason === undefined ? {} : { stuckReason: core.stuckReason }),
    ...(core.outcome === undefined ? {} : { outcome: core.outcome }),
    ...(core.standing === undefined ? {} : { standing: core.standing }),
    ...(core.coupaStatus === undefined ? {} : { coupaStatus: core.coupaStatus }),
    approvers: core.approvers,
    cards: core.cards,
    queue: core.queue,
    answers: core.answers,
    reminders: 0,
    timeline: core.timeline,
  };
}

/** What Temporal's UI shows on top of the workflow, for somebody who has never seen the code. */
export function detailsOf(core: ApprovalCore): string {
  const lines = [
    `**Approval ${core.approvalId} of requisition ${core.requisitionId}: ${core.state}** ${core.outcome ?? core.stuckReason ?? ''}`,
    ...core.timeline.slice(-12).map((entry) => `- ${entry.at} ${entry.text}`),
  ];
  return lines.join('\n');
}
