/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
import type { SSEStreamingApi } from 'hono/streaming';
import type { MoveworksStore } from '../store.ts';
import type { ChatPerson } from './audience.ts';
import { CardActions } from './card-actions.tsx';
import type { Conversations, Cursor, Item } from './conversation.ts';
import { cursorText } from './cursor.ts';
import { idOf, ItemView, PressStatus } from './item-view.tsx';
import { ReasonForm } from './reason-form.tsx';

/** Often enough for proxies, which drop what is silent for a minute. */
const HEARTBEAT_MS = 15_000;

interface Parts {
  store: MoveworksStore;
  conversations: Conversations;
  people: readonly ChatPerson[];
  ended: AbortSignal;
}

/**
 * Writes what is new, until the client goes or the sandbox closes: `item` (a bubble to add), `part` (an element to
 * put in place of the one with its id), `waiting` (how many cards wait for whom). Each carries the cursor as its id,
 * so that a browser that comes back continues where it was.
 */
export async function streamEvents(
  stream: SSEStreamingApi,
  parts: Parts,
  reader: { person: ChatPerson | undefined; after: Cursor },
): Promise<void> {
  const { store, conversations, people, ended } = parts;
  const bell = new Bell();
  const unwatch = store.watch(() => bell.ring());
  const ring = () => bell.ring();
  ended.addEventListener('abort', ring);
  stream.onAbort(ring);
  let cursor = reader.after;
  let counts = '';
  try {
    while (!ended.aborted && !stream.aborted) {
      const next = conversations.cursor;
      if (reader.person !== undefined) {
        for (const event of await newsFor(reader.person, conversations, cursor)) {
          await stream.writeSSE({ ...event, id: cursorText(next) });
        }
      }
      cursor = next;
      const now = JSON.stringify(
        Object.fromEntries(people.map(({ address }) => [address, conversations.waiting(address)])),
      );
      if (now !== counts) await stream.writeSSE({ event: 'waiting', data: now, id: cursorText(cursor) });
      counts = now;
      if (await bell.silentFor(HEARTBEAT_MS)) await stream.write(': still here\n\n');
    }
  } finally {
    unwatch();
    ended.removeEventListener('abort', ring);
  }
}

type Markup = ReturnType<typeof ItemView>;

/** The events for what was said after the cursor. */
async function newsFor(person: ChatPerson, conversations: Conversations, after: Cursor) {
  const items = conversations.items(person.address, after);
  const isNew = new Set(items.map(idOf));
  const touched = new Set(items.flatMap((item) => (item.kind === 'said' ? [item.turn.messageId] : [])));
  const known = touched.size === 0 ? [] : conversations.items(person.address);
  const events: { event: string; data: string }[] = [];
  const add = async (event: string, id: string, markup: Markup) => {
    events.push({ event, data: JSON.stringify({ id, html: (await markup).toString() }) });
  };
  for (const item of known) {
    const messageId = item.kind === 'card' ? item.message.id : item.turn.messageId;
    if (!touched.has(messageId) || isNew.has(idOf(item))) continue;
    const [id, markup] = partOf(item, person);
    if (id !== undefined) await add('part', id, markup);
  }
  for (const item of items) await add('item', idOf(item), <ItemView item={item} person={person} />);
  return events;
}

/** The part of a bubble that changes when more is said about its card. */
function partOf(item: Item, person: ChatPerson): [string, Markup] | [undefined, undefined] {
  if (item.kind === 'card') {
    if (item.actions.length === 0) return [undefined, undefined];
    return [`message-${item.message.id}-actions`, <CardActions card={item} person={person.address} />];
  }
  const { kind, id } = item.turn;
  if (kind === 'question') return [`turn-${id}-reply`, <ReasonForm said={item} />];
  if (kind === 'press') return [`turn-${id}-status`, <PressStatus said={item} />];
  return [undefined, undefined];
}

/** Wakes one sleeper; a ring while nobody sleeps is kept for the next. */
class Bell {
  #rung = false;
  #wake: (() => void) | undefined;

  ring(): void {
    this.#rung = true;
    this.#wake?.();
  }

  /** Resolves true when nothing rang for that long, false at the next ring. */
  async silentFor(durationMs: number): Promise<boolean> {
    if (!this.#rung) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, durationMs);
        timer.unref();
        this.#wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
      this.#wake = undefined;
    }
    const silent = !this.#rung;
    this.#rung = false;
    return silent;
  }
}
