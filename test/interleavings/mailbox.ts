import { z } from 'zod';
import type { TappedStack } from '../support/tapped-stack.ts';
import { versionOnCard } from './coupa-truth.ts';
import type { SentCard, SentNotice } from './evidence.ts';

const message = z.object({
  id: z.number(),
  kind: z.enum(['decision', 'notice']),
  message: z.string(),
  recipients: z.array(z.string()),
  slots: z.record(z.string(), z.string()),
  receivedAt: z.string(),
});

/** Everything that reached Moveworks, by requisition; read anew by one request, whoever asks. */
export function createMailbox({ moveworks, references }: TappedStack) {
  const cards = new Map<number, SentCard[]>();
  const notices = new Map<number, SentNotice[]>();
  let last = 0;
  let reading: Promise<void> | undefined;

  const keep = (one: z.infer<typeof message>): void => {
    const requisitionId = Number(/<i>Requisition ID<\/i>: (\d+)/.exec(one.message)?.[1] ?? 0);
    const { recipients } = one;
    if (one.kind === 'notice') {
      notices.set(requisitionId, [...(notices.get(requisitionId) ?? []), { requisitionId, recipients }]);
      return;
    }
    const reference = one.slots['approval_id'] ?? '';
    const proven = references.verify(reference);
    const card: SentCard = {
      approvalId: Number(reference.split('.')[0]),
      userId: typeof proven === 'string' ? undefined : proven.userId,
      reference,
      recipients,
      version: versionOnCard(one.message),
      atMs: Date.parse(one.receivedAt),
    };
    cards.set(requisitionId, [...(cards.get(requisitionId) ?? []), card]);
  };
  const read = async (): Promise<void> => {
    const arrived = z.array(message).parse(await moveworks.messages(last));
    for (const one of arrived) keep(one);
    last = arrived.at(-1)?.id ?? last;
  };

  return {
    async refresh(): Promise<void> {
      reading ??= read().finally(() => (reading = undefined));
      await reading;
    },
    cards: (requisitionId: number): readonly SentCard[] => cards.get(requisitionId) ?? [],
    notices: (requisitionId: number): readonly SentNotice[] => notices.get(requisitionId) ?? [],
    forget(requisitionId: number): void {
      cards.delete(requisitionId);
      notices.delete(requisitionId);
    },
  };
}

export type Mailbox = ReturnType<typeof createMailbox>;
