import { setTimeout as sleep } from 'node:timers/promises';
import { findPerson } from '../../sandbox/world/people.ts';
import { z } from 'zod';
import { isTurn } from './coupa-truth.ts';
import type { Press, SentCard } from './evidence.ts';
import { chosen, type Live, type Play } from './play.ts';

const told = z.object({
  status: z.string().optional().catch(undefined),
  type: z.string().optional(),
  decision: z.object({ action: z.string(), by: z.number() }).optional().catch(undefined),
});

/** How long a move waits for a card: long enough for one that is on its way, short where there is none to come. */
const cardWithinMs = 6_000;

/** A press to make: `ref` goes into the path, `email` beside it. */
type PressInput = Pick<Press, 'approvalId' | 'action' | 'userId' | 'kind'> & {
  readonly ref: string | number;
  readonly email?: string;
  readonly version?: number | undefined;
};

/** The address of a person in the sandboxed company. */
export function addressOf(userId: number): string | undefined {
  return findPerson(userId)?.email;
}

/** Presses, and keeps what the caller was told. `stays`: the next move waits for that. */
export async function press(play: Play, live: Live, input: PressInput, stays: boolean): Promise<void> {
  const { stage } = play;
  const { ref, email, version, ...rest } = input;
  const mark = `press-${(stage.pressed += 1)}`;
  const startedAtMs = Date.now();
  const answering = stage.stack.api
    .press(ref, {
      action: input.action,
      reason: mark,
      ...(email === undefined ? {} : { email }),
      ...(stays ? {} : { prefer: 'wait=2' }),
    })
    .then(
      ({ status, body }) => ({ status, body: told.parse(body) }),
      () => ({ status: null, body: {} }),
    )
    .then(({ status, body }) => {
      const { status: outcome, type, decision } = body as z.infer<typeof told>;
      live.presses.push({
        ...rest,
        mark,
        startedAtMs,
        status,
        ...(version === undefined ? {} : { version }),
        body: {
          ...(outcome === undefined ? {} : { status: outcome }),
          ...(type === undefined ? {} : { type }),
          ...(decision === undefined ? {} : { decision }),
        },
      });
    });
  if (stays) await answering;
  else play.waiting.push(answering);
}

/** The rows whose turn it is. */
export async function currentRows({ stage }: Play, { id }: Live): Promise<readonly number[]> {
  const document = await stage.reader.requisition(id);
  if (document === undefined) return [];
  return document.approvals.map((row) => row.id).filter((approvalId) => isTurn(approvalId, document));
}

/** The newest card of a row whose turn it is, once it has arrived; undefined where none comes. */
export async function currentCard(play: Play, live: Live, pick: number): Promise<SentCard | undefined> {
  const { mailbox } = play.stage;
  const endsAtMs = performance.now() + cardWithinMs;
  for (;;) {
    const rows = await currentRows(play, live);
    if (rows.length === 0) return undefined;
    await mailbox.refresh();
    const asking = mailbox.cards(live.id).filter(({ approvalId }) => rows.includes(approvalId));
    const holders = [
      ...new Map(asking.map((card) => [`${card.approvalId}.${card.userId ?? 0}`, card])).values(),
    ];
    const found = chosen(holders, pick);
    if (found !== undefined || performance.now() > endsAtMs) return found;
    await sleep(150);
  }
}

/** Presses a card as the person who holds it. */
export async function pressCard(
  play: Play,
  live: Live,
  card: SentCard,
  action: Press['action'],
  stays: boolean,
): Promise<void> {
  const { approvalId, userId, reference, version } = card;
  if (userId === undefined) return;
  await press(play, live, { approvalId, action, userId, kind: 'card', ref: reference, version }, stays);
}
