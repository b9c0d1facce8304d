import { createHash } from 'node:crypto';

/**
 * Id of the card that a look-up records. The same person looking at the same facts in the same run gets the
 * same card, so that a page which is reloaded does not fill the history; another run gives another id.
 */
export function lookUpCardId(look: { runId: string; userId: number; factsHash: string }): string {
  const digest = createHash('sha256')
    .update(`${look.runId}\n${look.userId}\n${look.factsHash}`)
    .digest('hex');
  return `l${digest.slice(0, 16)}`;
}

/** True for a card that was handed out by a look-up: its person is only as good as the caller's word. */
export function isLookUpCard(card: string): boolean {
  return card.startsWith('l');
}
