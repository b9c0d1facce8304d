/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { streamSSE } from 'hono/streaming';
import { pageAnswer } from '../../pages/page-answer.ts';
import { pageHeaders } from '../../pages/page-headers.ts';
import { sharedFiles, staticFiles } from '../../pages/static-files.ts';
import type { SandboxEnv } from '../../sandbox-env.ts';
import type { MoveworksSandboxOptions } from '../options.ts';
import type { MoveworksStore } from '../store.ts';
import { audienceOf } from './audience.ts';
import { ChatPage } from './chat-page.tsx';
import { Conversations } from './conversation.ts';
import { readCursor } from './cursor.ts';
import { streamEvents } from './events-stream.tsx';
import { readPress } from './press-body.ts';
import { press } from './press.ts';

const MOST_SHOWN = 200;
const MOST_BODY_BYTES = 64 * 1024;

/**
 * The chat page: `GET /` (`?person=<address>` for one conversation), `POST /chat/press` from its buttons,
 * `GET /chat/events` for what is new. `ended` is aborted when the sandbox closes.
 */
export function chatRoutes(
  store: MoveworksStore,
  options: MoveworksSandboxOptions,
  ended: AbortSignal,
): Hono<SandboxEnv> {
  const conversations = new Conversations(store, options.events);
  const people = audienceOf(options);
  const find = (address: string | undefined) =>
    people.find((person) => person.address === address?.trim().toLowerCase());

  const links = options.links ?? {};

  const app = new Hono<SandboxEnv>();
  for (const path of ['/', '/chat/*', '/assets/*']) app.use(path, pageHeaders(links));
  app.route(
    '/',
    staticFiles({
      ...sharedFiles,
      '/chat/chat.css': new URL('./assets/chat.css', import.meta.url),
      '/chat/chat.js': new URL('./assets/chat.js', import.meta.url),
    }),
  );

  app.get('/', (c) => {
    const address = c.req.query('person');
    const person = find(address);
    const list = people
      .map((one) => ({ person: one, waiting: conversations.waiting(one.address) }))
      .sort((a, b) => b.waiting - a.waiting);
    if (person === undefined) {
      if (address === undefined) return pageAnswer(c, <ChatPage links={links} list={list} />);
      return pageAnswer(c, <ChatPage links={links} list={list} unknown={address} />, 404);
    }
    const items = conversations.items(person.address);
    const shown = items.slice(-MOST_SHOWN);
    const { cursor } = conversations;
    const chosen = { person, items: shown, hidden: items.length - shown.length, cursor };
    return pageAnswer(c, <ChatPage links={links} list={list} chosen={chosen} />);
  });

  app.post('/chat/press', bodyLimit({ maxSize: MOST_BODY_BYTES }), async (c) => {
    const input = await readPress(c);
    if (typeof input === 'string') return c.json({ error: input }, 422);
    const wantsJson = (c.req.header('Accept') ?? '').includes('application/json');
    const outcome = await press({ store, conversations, connector: options.api, ended }, input);
    if (outcome.kind === 'unknown') return c.json({ error: 'This button is not in the conversation.' }, 404);
    if (wantsJson) {
      if (outcome.kind === 'busy') return c.json({ error: 'The answer is still on its way.' }, 409);
      return c.json({ tone: outcome.tone, text: outcome.text });
    }
    // A page without its script: the conversation again, at what was said last.
    return c.redirect(`/?person=${encodeURIComponent(input.person)}#turn-${store.lastTurnId}`, 303);
  });

  app.get('/chat/events', (c) => {
    const after = readCursor(c.req.header('Last-Event-ID')) ?? readCursor(c.req.query('after'));
    const reader = { person: find(c.req.query('person')), after: after ?? conversations.cursor };
    return streamSSE(c, (stream) => streamEvents(stream, { store, conversations, people, ended }, reader));
  });
  return app;
}
