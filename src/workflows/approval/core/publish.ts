import type { ApprovalMemo, ApprovalRecord, ApprovalState } from '../../../contract/approval.ts';
import { clip, utf8Bytes } from '../../bytes.ts';
import type { ApprovalCore } from './state.ts';

/** Search attribute values of an approval. Coupa ids, state and amount only (P9). */
export interface Attributes {
  readonly state: ApprovalState;
  readonly requester: string | null;
  readonly approvers: readonly string[];
  readonly amount: number | null;
  readonly currency: string | null;
  readonly reminders: number;
}

/** A decision under way is not worth a history event of its own, until it meets trouble. */
function shownState(core: ApprovalCore): ApprovalState {
  return core.state === 'deciding' && core.decisionFailures === 0 ? core.rest : core.state;
}

/** Temporal refuses a value above 2,048 bytes, which would end the run. */
const approversBytes = 1_800;

/** By whom an approval is found: those who may decide, or their group where they are too many. */
function approversOf({ approvers, group }: ApprovalCore): readonly string[] {
  const ids = approvers.map(({ id }) => String(id));
  const isWhole = group === undefined || group.size <= approvers.length;
  if (isWhole && JSON.stringify(ids).length <= approversBytes) return ids;
  if (group !== undefined) return [`group:${group.id}`];
  let left = approversBytes;
  return ids.filter((id) => (left -= id.length + 3) >= 0);
}

export function attributesOf(core: ApprovalCore): Attributes {
  const facts = core.sheet?.facts;
  const amount = facts?.total == null ? null : Number(facts.total);
  return {
    state: shownState(core),
    requester: core.sheet?.requester == null ? null : String(core.sheet.requester.id),
    approvers: approversOf(core),
    amount: amount !== null && Number.isFinite(amount) ? amount : null,
    currency: facts?.currency ?? null,
    reminders: core.reminders,
  };
}

/** The whole memo in bytes of JSON: Temporal's worker warns at 2 KiB. */
const memoBytes = 1_900;
/** Bounds of free text, in bytes of JSON: one script needs three for a character where another needs one. */
const titleBytes = 300;
const nameBytes = 150;
/** Bounds of what is short unless somebody means harm. */
const valueBytes = 40;
const cardsEach = 3;

function clipped(text: string | null | undefined, maxBytes: number): string | null {
  return text == null ? null : clip(text, maxBytes);
}

/** Who was asked, with their newest live cards: as many people as fit. */
function askedWithin(core: ApprovalCore, bytes: number): ApprovalMemo['asked'] {
  const live = core.cards.filter((card) => card.live);
  let left = bytes;
  return [...new Set(live.map((card) => card.userId))].flatMap((userId) => {
    const own = live.filter((card) => card.userId === userId).slice(-cardsEach);
    const asked = { userId, cards: own.map((card) => card.id) };
    left -= utf8Bytes(JSON.stringify(asked)) + 1;
    return left < 0 ? [] : [asked];
  });
}

function rowOf(core: ApprovalCore, state: ApprovalState): ApprovalMemo['row'] {
  const { sheet } = core;
  const status = core.standing === undefined ? (core.coupaStatus ?? 'pending_approval') : core.outcome;
  return {
    id: core.approvalId,
    'approvable-id': core.requisitionId,
    'approvable-type': 'RequisitionHeader',
    status: clip(status ?? '', valueBytes),
    'updated-at': clipped(sheet?.updatedAt, valueBytes),
    state,
    title: clipped(sheet?.title, titleBytes),
    requester: clipped(sheet?.requester?.name, nameBytes),
    total: clipped(sheet?.facts.total, valueBytes),
    currency: clipped(sheet?.facts.currency, valueBytes),
    'submitted-at': clipped(sheet?.submittedAt, valueBytes),
  };
}

/** What `describe()` shows without a worker, under 2 KiB whatever the texts from Coupa are. */
export function memoOf(core: ApprovalCore): ApprovalMemo {
  const state = shownState(core);
  const memo: ApprovalMemo = {
    state,
    ...(core.outcome === undefined ? {} : { outcome: core.outcome }),
    ...(core.stuckReason === undefined ? {} : { stuckReason: clip(core.stuckReason, titleBytes) }),
    ...(core.sheet === null ? {} : { factsHash: core.sheet.factsHash }),
    ...(core.sheet?.approverId === undefined ? {} : { approverId: core.sheet.approverId }),
    ...(core.policy === undefined ? {} : { policy: core.policy }),
    asked: [],
    row: rowOf(core, state),
  };
  return { ...memo, asked: askedWithin(core, memoBytes - utf8Bytes(JSON.stringify(memo))) };
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
    reminders: core.reminders,
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
