import type { Connector, FollowUpAction } from '../options.ts';
import type { MoveworksStore } from '../store.ts';
import { answerWords, type AnswerWords } from './answer-words.ts';
import { callConnector } from './connector.ts';
import type { Card, Conversations } from './conversation.ts';
import { fillAction, MissingValue } from './templates.ts';
import type { Press } from './turns.ts';

/** What the person did on the page. */
export interface PressInput {
  person: string;
  messageId: number;
  /** The button's label. */
  action: string;
  /** Present when this answers the question for a reason. */
  reason?: string | undefined;
  /** The person gave up instead of giving a reason. */
  cancel: boolean;
}

/** `busy`: this button's call for this card is under way. `unknown`: no such card or button in the person's conversation. */
export type PressOutcome =
  | { kind: 'said'; tone: 'asked' | AnswerWords['tone']; text: string }
  | { kind: 'busy' }
  | { kind: 'unknown' };

interface Parts {
  store: MoveworksStore;
  conversations: Conversations;
  connector: Connector | undefined;
  /** Aborted when the sandbox closes. */
  ended: AbortSignal;
}

/** Carries a press out: adds it to the conversation, asks or calls, and adds what the assistant answers. */
export async function press(parts: Parts, input: PressInput): Promise<PressOutcome> {
  const { store, conversations } = parts;
  const { person, messageId } = input;
  const card = conversations.card(person, messageId);
  const action = card?.actions.find((one) => one.label === input.action);
  if (card === undefined || action === undefined) return { kind: 'unknown' };
  if (conversations.isBusy(person, messageId, action.label)) return { kind: 'busy' };
  const about = { person, messageId };

  if (input.cancel) {
    const text = 'All right, I did nothing.';
    // A second Cancel, or one that comes after the reason, has nothing to cancel.
    if (conversations.openQuestion(person, messageId) === undefined) return { kind: 'unknown' };
    store.say({ kind: 'cancel', ...about });
    store.say({ kind: 'answer', ...about, pressId: null, tone: 'done', settled: false, text });
    return { kind: 'said', tone: 'done', text };
  }
  if (action.asksReason === true && input.reason === undefined) return ask(parts, card, about, action);
  const reason = input.reason?.trim();
  if (reason === '') return question(parts, about, action, 'I need a reason for that. Write one, or cancel.');

  const made = store.say({
    kind: 'press',
    ...about,
    action: action.label,
    ...(reason === undefined ? {} : { reason }),
    calls: true,
  });
  const words = await carryOut(parts, card, made, action);
  store.say({ kind: 'answer', ...about, pressId: made.id, ...words });
  return { kind: 'said', tone: words.tone, text: words.text };
}

type About = Pick<PressInput, 'person' | 'messageId'>;

function ask(parts: Parts, card: Card, about: About, action: FollowUpAction): PressOutcome {
  parts.store.say({ kind: 'press', ...about, action: action.label, calls: false });
  return question(parts, about, action, `What is the reason? I will keep it with ${card.about}.`);
}

function question({ store }: Parts, about: About, action: FollowUpAction, text: string): PressOutcome {
  store.say({ kind: 'question', ...about, action: action.label, text });
  return { kind: 'said', tone: 'asked', text };
}

async function carryOut(
  { connector, ended }: Parts,
  card: Card,
  { person, reason }: Omit<Press, 'afterMessage' | 'at' | 'id'>,
  action: FollowUpAction,
): Promise<AnswerWords> {
  if (connector === undefined) {
    return {
      tone: 'failed',
      settled: false,
      text: 'No connector is configured, so this button calls nothing. Set SANDBOX_API_URL and SANDBOX_API_KEY.',
    };
  }
  const values = new Map(Object.entries(card.message.slots));
  values.set('meta_info.user.email_addr', person);
  if (reason !== undefined) values.set('reason', reason);
  try {
    return answerWords(await callConnector(connector, fillAction(action, values), ended), person);
  } catch (error) {
    if (!(error instanceof MissingValue)) throw error;
    const text = `I could not do that: this message carries no value for the slot ${error.slot}.`;
    return { tone: 'failed', settled: false, text };
  }
}
