/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
import type { PageLinks } from '../../pages/links.ts';
import { Page } from '../../pages/page.tsx';
import { type ChatPerson, initialsOf } from './audience.ts';
import { ConversationView } from './conversation-view.tsx';
import type { Cursor, Item } from './conversation.ts';
import { LiveState } from './live-state.tsx';

/** Somebody in the list, with the number of cards that wait for an answer. */
interface Listed {
  person: ChatPerson;
  waiting: number;
}

interface ChatPageProps {
  links: PageLinks;
  list: readonly Listed[];
  /** Whose conversation is shown; without one the page says how to begin. */
  chosen?: { person: ChatPerson; items: readonly Item[]; hidden: number; cursor: Cursor };
  /** An address that nobody has. */
  unknown?: string;
}

/** The chat page: everybody, and one person's conversation with the assistant. */
export function ChatPage({ links, list, chosen, unknown }: ChatPageProps) {
  const title = chosen === undefined ? 'Chat: choose a person' : `Chat: ${chosen.person.name}`;
  return (
    <Page
      title={title}
      current="chat"
      links={links}
      styles={['/chat/chat.css']}
      scripts={['/chat/chat.js']}
      note="A stand-in for the Moveworks assistant. The people are made up, and nothing is bought."
    >
      <div class={chosen === undefined ? 'chat' : 'chat chosen'}>
        <PeopleList list={list} chosen={chosen?.person.address} />
        {chosen === undefined ? (
          <Welcome links={links} unknown={unknown} />
        ) : (
          <ConversationView {...chosen} coupa={links.coupa} />
        )}
      </div>
    </Page>
  );
}

function PeopleList({ list, chosen }: { list: readonly Listed[]; chosen: string | undefined }) {
  return (
    <nav class="people" aria-labelledby="people-title">
      <h2 id="people-title">People</h2>
      <ul>
        {list.map(({ person, waiting }) => (
          <li>
            <a
              href={`/?person=${encodeURIComponent(person.address)}`}
              {...(person.address === chosen ? { 'aria-current': 'page' } : {})}
            >
              <span class="avatar" aria-hidden="true">
                {initialsOf(person)}
              </span>
              <span class="person">
                <span class="name">{person.name}</span>
                <span class="small muted">{person.department ?? ''}</span>
              </span>
              <span class="waiting" data-waiting-for={person.address}>
                {waiting > 0 && (
                  <span class="badge">
                    {waiting}
                    <span class="visually-hidden"> waiting</span>
                  </span>
                )}
              </span>
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function Welcome({ links, unknown }: { links: PageLinks; unknown: string | undefined }) {
  return (
    <section class="welcome" aria-labelledby="welcome-title" data-events="/chat/events">
      {unknown !== undefined && <p class="notice bad">Nobody here has the address {unknown}.</p>}
      <h1 id="welcome-title">Purchase approvals, in chat</h1>
      <p>
        When a requisition needs somebody's approval, the assistant writes to them here. Choose a person to
        see their conversation; a number says how many requests wait for them.
      </p>
      <ol class="steps">
        <li>Choose somebody with a number beside their name.</li>
        <li>Read the request and press Approve or Send Back.</li>
        <li>
          {links.coupa === undefined ? 'See in Coupa' : <a href={links.coupa}>See in Coupa</a>} what became of
          it, or submit another requisition there.
        </li>
      </ol>
      <LiveState />
    </section>
  );
}
