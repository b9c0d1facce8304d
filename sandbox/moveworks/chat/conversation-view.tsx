/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
import { type ChatPerson, initialsOf } from './audience.ts';
import type { Cursor, Item } from './conversation.ts';
import { cursorText } from './cursor.ts';
import { ItemView } from './item-view.tsx';
import { LiveState } from './live-state.tsx';

export interface ConversationProps {
  person: ChatPerson;
  items: readonly Item[];
  /** How many older items are left out. */
  hidden: number;
  cursor: Cursor;
  /** Where the Coupa page is. */
  coupa?: string | undefined;
}

/** One person's conversation. New bubbles are added to the log by the page's script, and read out politely. */
export function ConversationView({ person, items, hidden, cursor, coupa }: ConversationProps) {
  const events = new URLSearchParams({
    person: person.address,
    after: cursorText(cursor),
  });
  return (
    <section
      class="conversation"
      aria-labelledby="person-title"
      data-events={`/chat/events?${events.toString()}`}
    >
      <header class="conversation-head">
        <a class="button back" href="/">
          All people
        </a>
        <span class="avatar" aria-hidden="true">
          {initialsOf(person)}
        </span>
        <div>
          <h1 id="person-title">{person.name}</h1>
          <p class="small muted">{person.address}</p>
        </div>
        <LiveState />
      </header>
      <h2 class="visually-hidden">Messages</h2>
      {hidden > 0 && <p class="hint">{hidden} older messages are not shown.</p>}
      <div role="log" aria-live="polite" aria-labelledby="person-title">
        <ol class="items" id="items">
          {items.map((item) => (
            <ItemView item={item} person={person} />
          ))}
        </ol>
      </div>
      <p class="empty" id="empty" hidden={items.length > 0}>
        No messages yet. Requests for approval arrive here by themselves
        {coupa === undefined ? (
          '.'
        ) : (
          <>
            : <a href={coupa}>submit a requisition in Coupa</a> that names {person.name} as an approver.
          </>
        )}
      </p>
    </section>
  );
}
