import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';

const messagesSchema = z.object({
  messages: z.array(
    z.object({ kind: z.string(), recipients: z.array(z.string()), slots: z.record(z.string(), z.string()) }),
  ),
});
const rowsSchema = z.object({ data: z.array(z.object({ id: z.number() })) });

/** A card that waits in the sandboxed chat. */
export interface WaitingCard {
  readonly reference: string;
  readonly recipient: string;
}

interface Demo {
  readonly moveworks: string;
  readonly api: string;
  readonly apiKey: string;
}

async function read<T>(schema: z.ZodType<T>, url: string, headers: Record<string, string> = {}): Promise<T> {
  const answer = await fetch(url, { headers, signal: AbortSignal.timeout(2_000) });
  return schema.parse(await answer.json());
}

/** The newest card whose approval waits now, if there is one. */
async function waitingCard(demo: Demo): Promise<WaitingCard | undefined> {
  const { messages } = await read(messagesSchema, `${demo.moveworks}/sandbox/messages`);
  if (!messages.some(({ kind }) => kind === 'decision')) return undefined;
  const authorization = `Bearer ${demo.apiKey}`;
  const { data } = await read(rowsSchema, `${demo.api}/approvals?state=asked&limit=100`, { authorization });
  const waiting = new Set(data.map((row) => String(row.id)));
  for (const { kind, recipients, slots } of messages.toReversed()) {
    const reference = slots['approval_id'];
    const [recipient] = recipients;
    if (kind !== 'decision' || reference === undefined || recipient === undefined) continue;
    if (waiting.has(reference.split('.')[0] ?? '')) return { reference, recipient };
  }
  return undefined;
}

/**
 * The newest card whose approval still waits, or undefined when none shows up in time or the demo is stopped. A
 * read that fails is tried again: right after a start Temporal may be slow to answer.
 */
export async function firstCard(
  demo: Demo,
  timeoutMs: number,
  signal: AbortSignal,
): Promise<WaitingCard | undefined> {
  const deadlineMs = performance.now() + timeoutMs;
  while (performance.now() < deadlineMs && !signal.aborted) {
    const card = await waitingCard(demo).catch(() => undefined);
    if (card !== undefined) return card;
    await sleep(250, undefined, { signal }).catch(() => undefined);
  }
  return undefined;
}
