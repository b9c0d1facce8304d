import type {
  ApprovalInput,
  ApprovalState,
  Card,
  EarlierRun,
  TimelineEntry,
} from '../../../contract/approval.ts';
import type { Answer, Decision, Outcome, StandingDecision } from '../../../contract/decision.ts';
import type { Facts } from '../../../contract/facts.ts';
import type { Sheet } from '../../../contract/observation.ts';
import type { Mode } from '../../../contract/mode.ts';
import type { ReminderClock } from '../../../contract/reminders.ts';
import type { Approver, Person } from '../../../contract/person.ts';

/** Somebody whom a card by message reached, or is on its way to, and who has not heard since that it asks nothing. */
export interface Holder {
  readonly person: Person;
  /** A card reached them. */
  readonly arrived: boolean;
  /** They pressed, and the answer told them how things stand. Until the next look. */
  readonly heard?: true;
}

/**
 * Everything one approval knows. Pure data: it is carried over a continue-as-new as it is (P11).
 *
 * - P2: `standing` is set once, by the one decision that was carried out.
 * - P4: every card keeps the hash of the facts it showed; `shown` keeps the facts themselves for "was, now".
 * - P11: `queue` holds every decision that has no answer yet; its head is the one being carried out.
 */
export interface ApprovalCore {
  readonly approvalId: number;
  readonly requisitionId: number;
  readonly earlier?: EarlierRun;
  /** Twelve hex digits that make this run's card ids unlike those of any other run. */
  readonly seed: string;
  readonly state: ApprovalState;
  /** Where to return to when no decision is left: what `state` was before `deciding`. */
  readonly rest: Exclude<ApprovalState, 'deciding' | 'closed'>;
  readonly stuckReason?: string;
  readonly outcome?: Outcome;
  readonly standing?: StandingDecision;
  readonly coupaStatus?: string;
  readonly sheet: Sheet | null;
  /** Who may decide now; of a large group the first of them. Empty while it is nobody's turn. */
  readonly approvers: readonly Approver[];
  /** The ids of those whom policy asks. */
  readonly asks: readonly number[];
  readonly group?: { readonly id: number; readonly size: number };
  readonly cards: readonly Card[];
  readonly cardCount: number;
  readonly holders: readonly Holder[];
  /** How often people were told something: names the next telling. */
  readonly tellings: number;
  readonly shown: readonly { readonly hash: string; readonly facts: Facts }[];
  readonly queue: readonly Decision[];
  /** Facts the head of the queue was taken up on: a second try rests on the same (P5). */
  readonly headHash: string | null;
  readonly answers: Readonly<Record<string, Answer>>;
  /** What is under way now. */
  readonly looking: boolean;
  readonly carrying: boolean;
  readonly sending: readonly string[];
  /** Cards whose sending was begun since the last look: one that failed waits for the next. */
  readonly tried: readonly string[];
  /** A look was asked for while one was under way, or while a decision was. */
  readonly lookAgain: boolean;
  /** Since when Coupa has been answering that there is no such approval. */
  readonly missingSince?: string;
  /** The run is about to go on in a new one: nothing more is begun in this one. */
  readonly winding: boolean;
  /** What reminders count from; absent while nobody was asked in the present turn. */
  readonly clock?: ReminderClock;
  /** How long after the first card the first look for a reminder is due; null: never. Until it went out. */
  readonly firstWaitMs?: number | null;
  /** When the round of reminders under way was begun; it counts once one of them went out. */
  readonly roundAt?: string;
  readonly reminders: number;
  /** Names the policy that the last look applied. */
  readonly policy?: string;
  /** How far Countersign went at the last look. */
  readonly mode?: Mode;
  /** When the timer that runs will go off (ISO 8601); null without one. */
  readonly wakeAt: string | null;
  /** A retry is planned since the last look: further cards that fail neither hasten nor delay it. */
  readonly retrying: boolean;
  /** Failures in a row: they space the retries. */
  readonly failures: number;
  readonly decisionFailures: number;
  readonly timeline: readonly TimelineEntry[];
}

export function initialCore(input: ApprovalInput, seed: string): ApprovalCore {
  return {
    approvalId: input.approvalId,
    requisitionId: input.requisitionId,
    ...(input.earlier === undefined ? {} : { earlier: input.earlier }),
    seed,
    state: 'waiting',
    rest: 'waiting',
    sheet: null,
    approvers: [],
    asks: [],
    cards: [],
    cardCount: 0,
    holders: [],
    tellings: 0,
    shown: [],
    queue: [],
    headHash: null,
    answers: {},
    looking: false,
    carrying: false,
    sending: [],
    tried: [],
    lookAgain: false,
    winding: false,
    reminders: 0,
    wakeAt: null,
    retrying: false,
    failures: 0,
    decisionFailures: 0,
    timeline: [],
  };
}

/** What a look says of whose turn it is; nothing while it is nobody's. */
export function withApprovers(
  core: ApprovalCore,
  seen: Pick<ApprovalCore, 'approvers' | 'asks' | 'group'> = { approvers: [], asks: [] },
): ApprovalCore {
  const { group, ...rest } = core;
  const { approvers, asks } = seen;
  return { ...rest, approvers, asks, ...(seen.group === undefined ? {} : { group: seen.group }) };
}

/** The same state, seen in Coupa again. */
export function found(core: ApprovalCore): ApprovalCore {
  const { missingSince, ...rest } = core;
  return rest;
}

/** The same state, no longer stuck. */
export function unstuck(core: ApprovalCore): ApprovalCore {
  const { stuckReason, ...rest } = core;
  return rest;
}

/** The state that a new run takes over (P11): timers do not survive the change of runs. */
export function carriedOver(core: ApprovalCore): ApprovalCore {
  return { ...core, winding: false, wakeAt: null };
}
