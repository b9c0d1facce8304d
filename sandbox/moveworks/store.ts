import { z } from 'zod';
import { readState, StateFile } from '../state-file.ts';
import { type NewTurn, type Turn, turnSchema, unanswered } from './chat/turns.ts';

/** In memory; enough for a load test to look back on. */
const MOST_MESSAGES = 20_000;
/** In the file, which is written whole after each change. */
const MOST_SAVED_MESSAGES = 2_000;
const MOST_TURNS = 4_000;

const message = z.object({
  id: z.int().positive(),
  eventId: z.string(),
  kind: z.enum(['decision', 'notice']),
  message: z.string(),
  recipients: z.array(z.string()),
  slots: z.record(z.string(), z.string()),
  /** UTC. */
  receivedAt: z.string(),
});

const stateSchema = z.object({
  version: z.literal(1),
  messages: z.array(message),
  turns: z.array(turnSchema).default([]),
  tokens: z.array(z.object({ value: z.string(), expiresAtMs: z.number() })),
});

export type Message = z.infer<typeof message>;

/** What was accepted and what was said on the chat page, oldest first, and the OAuth tokens in force. */
export class MoveworksStore {
  readonly messages: Message[];
  readonly turns: Turn[];
  #tokens: z.infer<typeof stateSchema>['tokens'];
  readonly #file: StateFile;
  readonly #watchers = new Set<() => void>();

  /** Throws when the state file holds something else. */
  constructor(statePath: string | undefined) {
    const saved = readState(statePath, stateSchema);
    this.messages = saved?.messages ?? [];
    this.turns = saved?.turns ?? [];
    this.#tokens = saved?.tokens ?? [];
    this.#file = new StateFile(statePath, () => ({
      version: 1,
      messages: this.messages.slice(-MOST_SAVED_MESSAGES),
      turns: this.turns,
      tokens: this.#tokens,
    }));
    this.#answerWhatWasCutOff();
  }

  /** Keeps a message under the next id; ids ascend from 1. */
  accept(content: Omit<Message, 'id' | 'receivedAt'>): void {
    this.messages.push({ id: this.lastMessageId + 1, ...content, receivedAt: new Date().toISOString() });
    if (this.messages.length > MOST_MESSAGES) this.messages.shift();
    this.#changed();
  }

  /** Adds to a conversation; ids ascend from 1, apart from those of the messages. */
  say<Said extends NewTurn>(content: Said): Said & { id: number } {
    const turn = {
      id: this.lastTurnId + 1,
      afterMessage: this.lastMessageId,
      at: new Date().toISOString(),
      ...content,
    };
    this.turns.push(turn);
    if (this.turns.length > MOST_TURNS) this.turns.shift();
    this.#changed();
    return turn;
  }

  get lastMessageId(): number {
    return this.messages.at(-1)?.id ?? 0;
  }

  get lastTurnId(): number {
    return this.turns.at(-1)?.id ?? 0;
  }

  /** Calls back after every message and turn, until the returned function is called. */
  watch(changed: () => void): () => void {
    this.#watchers.add(changed);
    return () => this.#watchers.delete(changed);
  }

  addToken(value: string, expiresAtMs: number): void {
    const nowMs = Date.now();
    this.#tokens = [...this.#tokens.filter((token) => token.expiresAtMs > nowMs), { value, expiresAtMs }];
    this.#file.changed();
  }

  hasToken(value: string): boolean {
    return this.#tokens.some((token) => token.value === value && token.expiresAtMs > Date.now());
  }

  /** Writes what is still unwritten. */
  close(): void {
    this.#file.close();
  }

  #changed(): void {
    this.#file.changed();
    for (const changed of this.#watchers) changed();
  }

  /** A press under way when the process ended can get no answer any more. */
  #answerWhatWasCutOff(): void {
    const text = 'I was restarted before the answer came. Press again to see how it stands.';
    for (const { id, messageId, person } of unanswered(this.turns)) {
      this.say({ kind: 'answer', pressId: id, messageId, person, tone: 'failed', settled: false, text });
    }
  }
}
