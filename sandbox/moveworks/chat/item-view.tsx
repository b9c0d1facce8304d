/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
import { raw } from 'hono/html';
import type { Child } from 'hono/jsx';
import type { ChatPerson } from './audience.ts';
import { CardActions } from './card-actions.tsx';
import type { Card, Item, Said } from './conversation.ts';
import { renderMarkup } from './markup.ts';
import { ReasonForm } from './reason-form.tsx';

/** The element's id of an item: the address of its place in the page, the same for as long as it is kept. */
export function idOf(item: Item): string {
  return item.kind === 'card' ? `message-${item.message.id}` : `turn-${item.turn.id}`;
}

/** One bubble of a conversation. */
export function ItemView({ item, person }: { item: Item; person: ChatPerson }) {
  return item.kind === 'card' ? (
    <CardBubble card={item} person={person} />
  ) : (
    <SaidBubble said={item} person={person} />
  );
}

function CardBubble({ card, person }: { card: Card; person: ChatPerson }) {
  return (
    <Bubble id={idOf(card)} from="assistant" at={card.message.receivedAt} tone="card">
      {/* `renderMarkup` lets nothing out but text and its few tags. */}
      <div class="message-text">{raw(renderMarkup(card.message.message))}</div>
      <CardActions card={card} person={person.address} />
    </Bubble>
  );
}

function SaidBubble({ said, person }: { said: Said; person: ChatPerson }) {
  const { turn } = said;
  const id = idOf(said);
  if (turn.kind === 'press' || turn.kind === 'cancel') {
    const text = turn.kind === 'cancel' ? 'Cancel' : (turn.reason ?? turn.action);
    return (
      <Bubble id={id} from="person" name={person.name} at={turn.at}>
        <p class="message-text">{text}</p>
        {turn.kind === 'press' && turn.reason === undefined && <p class="regarding">{said.about}</p>}
        <PressStatus said={said} />
      </Bubble>
    );
  }
  return (
    <Bubble id={id} from="assistant" at={turn.at} tone={turn.kind === 'answer' ? turn.tone : 'question'}>
      <p class="message-text" id={`${id}-text`}>
        {turn.text}
      </p>
      {turn.kind === 'question' && <ReasonForm said={said} />}
    </Bubble>
  );
}

/** Shows that a press is on its way. Empty once it is answered. */
export function PressStatus({ said }: { said: Said }) {
  return (
    <p class="status" id={`${idOf(said)}-status`}>
      {said.underWay ? 'Waiting for the answer…' : ''}
    </p>
  );
}

interface BubbleProps {
  id: string;
  from: 'assistant' | 'person';
  name?: string;
  at: string;
  tone?: string;
  children?: Child;
}

function Bubble({ id, from, name, at, tone, children }: BubbleProps) {
  return (
    <li class={`item ${from}`} id={id}>
      <p class="who">
        <span class={from === 'person' ? 'visually-hidden' : ''}>{name ?? 'Assistant'}</span>{' '}
        <time datetime={at}>{formatTime(at)}</time>
      </p>
      <div class={`bubble ${tone ?? ''}`}>{children}</div>
    </li>
  );
}

const format = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
  timeZone: 'UTC',
});

/** The page's script rewrites it in the reader's own zone. */
function formatTime(at: string): string {
  return `${format.format(new Date(at))} UTC`;
}
