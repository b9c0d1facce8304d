import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { z } from 'zod';
import type { actionSets } from '../events.ts';
import { decisionEvent, noticeEvent } from '../events.ts';
import type { MoveworksSandboxOptions } from '../options.ts';
import { startMoveworksSandbox } from '../start.ts';

/** What the stub of the middleware does with one call. */
export type Reply = (response: ServerResponse, request: IncomingMessage) => void;

interface Call {
  method: string;
  target: string;
  authorization: string | undefined;
  contentType: string | undefined;
  body: string;
}

/** A reply with this status and JSON body. */
export function json(status: number, body: unknown): Reply {
  return (response) => {
    response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
  };
}

/** A middleware that plays these replies, one a call; further calls get the last one. */
export async function startMiddleware(...replies: Reply[]) {
  const calls: Call[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      const { method = '', url = '', headers } = request;
      const reply = replies[calls.length] ?? replies.at(-1);
      calls.push({
        method,
        target: url,
        authorization: headers.authorization,
        contentType: headers['content-type'],
        body,
      });
      reply?.(response, request);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    calls,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

const decisionId = '11111111-1111-4111-8111-111111111111';
export const noticeId = '22222222-2222-4222-8222-222222222222';
export const ada = 'ada.prover@example.test';
const cardText = [
  'Hi Ada,',
  '',
  '<b>Purchase requisition pending your approval</b>',
  '- <i>Name</i>: Standing desks',
  '- <i>Requisition ID</i>: 5002',
].join('\n');

const pressAnswer = z.object({ tone: z.string(), text: z.string() });

/** A Moveworks with the guide's event (or the other one), and what a browser does with its chat page. */
export async function startChat(
  options: Partial<MoveworksSandboxOptions> & { actions?: keyof typeof actionSets } = {},
) {
  const { actions = 'guide', ...rest } = options;
  const sandbox = await startMoveworksSandbox({
    apiKey: 'key',
    requestsPerMinute: 0,
    events: [decisionEvent(decisionId, actions), noticeEvent(noticeId)],
    ...rest,
  });
  const post = (body: Record<string, unknown>) =>
    fetch(`${sandbox.url}/chat/press`, {
      method: 'POST',
      headers: { Accept: 'application/json', 'Content-Type': 'application/json' },
      body: JSON.stringify({ person: ada, message: 1, ...body }),
    });
  return {
    url: sandbox.url,
    close: () => sandbox.close(),
    send: async (
      message = cardText,
      {
        eventId = decisionId,
        slots = { approval_id: '9.201.c.mac' },
        to = ada,
      }: { eventId?: string; slots?: Record<string, string>; to?: string } = {},
    ): Promise<void> => {
      const answer = await fetch(`${sandbox.url}/rest/v1/events/${eventId}/messages/send`, {
        method: 'POST',
        headers: { Authorization: 'Bearer key', 'Content-Type': 'application/json' },
        body: JSON.stringify({
          message,
          recipients: [to],
          ...(eventId === noticeId ? {} : { context: { slots } }),
        }),
      });
      if (!answer.ok) throw new Error(await answer.text());
    },
    post,
    /** A press as the page's script makes it, and what the assistant said. */
    press: async (body: Record<string, unknown>) => {
      const answer = await post(body);
      if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`);
      return pressAnswer.parse(await answer.json());
    },
    /** The page as a browser without script gets it. */
    page: async (person = ada) => (await fetch(`${sandbox.url}/?person=${person}`)).text(),
  };
}

export type TestChat = Awaited<ReturnType<typeof startChat>>;
