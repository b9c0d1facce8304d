import { z } from 'zod';
import { call } from './call.ts';
import { vendorRequests } from './requests.ts';
import { until } from '../../test/support/until.ts';

const inbox = z.object({
  messages: z.array(
    z.object({
      id: z.number(),
      kind: z.string(),
      slots: z.record(z.string(), z.string()),
      receivedAt: z.iso.datetime().transform((text) => Date.parse(text)),
    }),
  ),
});

/** A card that arrived: whose approval it asks about, what its button carries, when it came (ms since 1970). */
export interface Card {
  readonly approvalId: number;
  readonly reference: string;
  readonly receivedAtMs: number;
}

/** What arrives in the sandboxed Moveworks; keeps every card it has seen. */
export function moveworksDrive(url: string) {
  const at = `${url}/sandbox`;
  const cards = new Map<number, Card>();
  let lastId = 0;
  const look = async (): Promise<void> => {
    const { messages } = await call(inbox, 'GET', `${at}/messages?after=${lastId}`);
    for (const { id, kind, slots, receivedAt } of messages) {
      lastId = Math.max(lastId, id);
      const reference = slots['approval_id'];
      if (kind !== 'decision' || reference === undefined) continue;
      const approvalId = Number(reference.split('.')[0]);
      if (!cards.has(approvalId)) cards.set(approvalId, { approvalId, reference, receivedAtMs: receivedAt });
    }
  };
  return {
    url,
    cards,
    look,
    /** Waits until each of these approvals has its card. */
    async cardsOf(approvalIds: readonly number[], withinMs: number): Promise<Card[]> {
      return until(
        `${approvalIds.length} cards`,
        async () => {
          await look();
          const found = approvalIds.flatMap((id) => cards.get(id) ?? []);
          return found.length === approvalIds.length ? found : undefined;
        },
        withinMs,
      );
    },
    ...vendorRequests(at),
  };
}

export type MoveworksDrive = ReturnType<typeof moveworksDrive>;
