import { z } from 'zod';
import { readState, StateFile } from '../state-file.ts';

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
  tokens: z.array(z.object({ value: z.string(), expiresAtMs: z.number() })),
});

export type Message = z.infer<typeof message>;

/** The messages that were accepted, oldest first, and the OAuth tokens in force. */
export class MoveworksStore {
  readonly messages: Message[];
  #tokens: z.infer<typeof stateSchema>['tokens'];
  readonly #file: StateFile;

  /** Throws when the state file holds something else. */
  constructor(statePath: string | undefined) {
    const saved = readState(statePath, stateSchema);
    this.messages = saved?.messages ?? [];
    this.#tokens = saved?.tokens ?? [];
    this.#file = new StateFile(statePath, () => ({
      version: 1,
      messages: this.messages,
      tokens: this.#tokens,
    }));
  }

  /** Keeps a message under the next id; ids ascend from 1. */
  accept(content: Omit<Message, 'id' | 'receivedAt'>): void {
    const id = (this.messages.at(-1)?.id ?? 0) + 1;
    this.messages.push({ id, ...content, receivedAt: new Date().toISOString() });
    this.#file.changed();
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
}
