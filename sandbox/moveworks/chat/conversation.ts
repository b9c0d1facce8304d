import type { FollowUpAction, MoveworksEvent } from '../options.ts';
import type { Message, MoveworksStore } from '../store.ts';
import { type Summary, summaryOf } from './summary.ts';
import { type Answer, type Turn, unanswered } from './turns.ts';

/** A message as it stands in one person's conversation. */
export interface Card {
  kind: 'card';
  message: Message;
  /** Empty for a notice. */
  actions: readonly FollowUpAction[];
  /** What it is about, for the buttons' description. */
  about: string;
  /** How the person's newest press on it ended. */
  answer?: Answer;
}

/** A turn as it stands in the conversation. */
export interface Said {
  kind: 'said';
  turn: Turn;
  /** A question that still waits for its answer. */
  open: boolean;
  /** What the card is about, for the presses: several cards may stand above. */
  about: string;
  /** A press whose call is under way. */
  underWay: boolean;
}

export type Item = Card | Said;

/** How far a reader has come: the newest message and the newest turn that it knows. */
export interface Cursor {
  messageId: number;
  turnId: number;
}

/** Reads the conversations out of the store; nothing is kept here. */
export class Conversations {
  readonly #store: MoveworksStore;
  readonly #actions: ReadonlyMap<string, readonly FollowUpAction[]>;
  /** A message never changes, so what it is about is read out of it once. */
  readonly #summaries = new WeakMap<Message, Summary>();

  constructor(store: MoveworksStore, events: readonly MoveworksEvent[]) {
    this.#store = store;
    this.#actions = new Map(events.map((event) => [event.id, event.actions ?? []]));
  }

  get cursor(): Cursor {
    return { messageId: this.#store.lastMessageId, turnId: this.#store.lastTurnId };
  }

  /** Everything in this person's conversation after the cursor, in the order in which it was said. */
  items(person: string, after: Cursor = { messageId: 0, turnId: 0 }): Item[] {
    const turns = this.#turnsOf(person);
    const waiting = new Set(unanswered(turns).map((press) => press.id));
    const cards = this.#messagesFor(person)
      .filter((message) => message.id > after.messageId)
      .map((message) => ({ place: [message.id, 0] as const, item: this.#cardOf(message, turns) }));
    const said = turns
      .filter((turn) => turn.id > after.turnId)
      .map((turn) => ({
        place: [turn.afterMessage, turn.id] as const,
        item: {
          kind: 'said' as const,
          turn,
          open: isOpen(turn, turns),
          about: this.#about(turn.messageId),
          underWay: waiting.has(turn.id),
        },
      }));
    return [...cards, ...said]
      .sort((a, b) => a.place[0] - b.place[0] || a.place[1] - b.place[1])
      .map(({ item }) => item);
  }

  /** One message of this person's conversation; undefined when it is somebody else's, or gone. */
  card(person: string, messageId: number): Card | undefined {
    const message = this.#messagesFor(person).find((one) => one.id === messageId);
    return message === undefined ? undefined : this.#cardOf(message, this.#turnsOf(person));
  }

  /** Whether the call of this button is under way; two windows may press different ones at the same time. */
  isBusy(person: string, messageId: number, action: string): boolean {
    return unanswered(this.#turnsOf(person)).some(
      (press) => press.messageId === messageId && press.action === action,
    );
  }

  /** The action whose reason the card's open question asks for. */
  openQuestion(person: string, messageId: number): string | undefined {
    const turns = this.#turnsOf(person);
    const open = turns.findLast((turn) => turn.messageId === messageId && isOpen(turn, turns));
    return open?.kind === 'question' ? open.action : undefined;
  }

  /**
   * How many cards wait for this person: the newest card of each requisition (or, when the text names none, of
   * each set of slots), unless a press on it settled it.
   */
  waiting(person: string): number {
    const newest = new Map<string, Message>();
    for (const message of this.#messagesFor(person)) {
      if ((this.#actions.get(message.eventId) ?? []).length === 0) continue;
      const { requisitionId } = this.#summary(message);
      newest.set(`${message.eventId} ${requisitionId ?? JSON.stringify(message.slots)}`, message);
    }
    const turns = this.#turnsOf(person);
    return [...newest.values()].filter((message) => this.#cardOf(message, turns).answer?.settled !== true)
      .length;
  }

  #cardOf(message: Message, turns: readonly Turn[]): Card {
    const answer = turns.findLast(
      (turn): turn is Answer =>
        turn.kind === 'answer' && turn.messageId === message.id && turn.pressId !== null,
    );
    return {
      kind: 'card',
      message,
      actions: this.#actions.get(message.eventId) ?? [],
      about: this.#summary(message).text,
      ...(answer === undefined ? {} : { answer }),
    };
  }

  #about(messageId: number): string {
    const message = this.#store.messages.findLast((one) => one.id === messageId);
    return message === undefined ? '' : this.#summary(message).text;
  }

  #summary(message: Message): Summary {
    const known = this.#summaries.get(message) ?? summaryOf(message.message);
    this.#summaries.set(message, known);
    return known;
  }

  #messagesFor(person: string): Message[] {
    return this.#store.messages.filter((message) =>
      message.recipients.some((address) => address.toLowerCase() === person),
    );
  }

  #turnsOf(person: string): Turn[] {
    return this.#store.turns.filter((turn) => turn.person === person);
  }
}

/**
 * A question is open until it is answered, given up or asked anew, or the card is settled otherwise: another button,
 * pressed meanwhile in a second window, may still fail.
 */
function isOpen(turn: Turn, turns: readonly Turn[]): boolean {
  if (turn.kind !== 'question') return false;
  return !turns.some((later) => {
    if (later.id <= turn.id || later.messageId !== turn.messageId) return false;
    if (later.kind === 'press') return later.action === turn.action;
    return later.kind === 'answer' ? later.settled : true;
  });
}
