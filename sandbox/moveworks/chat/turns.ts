import { z } from 'zod';

const place = {
  id: z.int().positive(),
  /** Id of the newest message when this was said: its place in the conversation. */
  afterMessage: z.int().min(0),
  /** The card that it is about. */
  messageId: z.int().positive(),
  /** Address, in lower case. */
  person: z.string(),
  /** UTC. */
  at: z.string(),
};

/** The person pressed a button (and answered the question for a reason); `calls` when that makes the HTTP call. */
const press = z.object({
  ...place,
  kind: z.literal('press'),
  action: z.string(),
  reason: z.string().optional(),
  calls: z.boolean(),
});
/** The person gave up instead of giving a reason. */
const cancel = z.object({ ...place, kind: z.literal('cancel') });
/** The assistant asks for the reason of an action. */
const question = z.object({ ...place, kind: z.literal('question'), action: z.string(), text: z.string() });
/** The assistant tells how a press ended; `pressId` null when none was made. */
const answer = z.object({
  ...place,
  kind: z.literal('answer'),
  pressId: z.int().positive().nullable(),
  tone: z.enum(['done', 'waiting', 'noted', 'failed']),
  /** Whether the card needs nothing more from this person. */
  settled: z.boolean(),
  text: z.string(),
});

/** What was said in a conversation besides the messages that were sent. */
export const turnSchema = z.discriminatedUnion('kind', [press, cancel, question, answer]);

export type Turn = z.infer<typeof turnSchema>;
export type Press = z.infer<typeof press>;
export type Answer = z.infer<typeof answer>;
type Given = 'id' | 'afterMessage' | 'at';
/** A turn before it has its place. */
export type NewTurn = Omit<Press, Given> | Omit<z.infer<typeof cancel>, Given> | NewQuestion | NewAnswer;
type NewQuestion = Omit<z.infer<typeof question>, Given>;
type NewAnswer = Omit<Answer, Given>;

/** Presses whose call has no answer yet, oldest first. */
export function unanswered(turns: readonly Turn[]): Press[] {
  const answered = new Set(turns.map((turn) => (turn.kind === 'answer' ? turn.pressId : null)));
  return turns.filter((turn): turn is Press => turn.kind === 'press' && turn.calls && !answered.has(turn.id));
}
