import { createHash, randomUUID } from 'node:crypto';
import type { Action, Actor } from '../contract/decision.ts';

/** The parts of a press that make it the same press when it comes again under the same key. */
interface Press {
  readonly caller: string;
  readonly approvalId: number;
  readonly action: Action;
  readonly actor: Actor;
  readonly card?: string;
}

/** The key itself: the quotes of a structured field are optional. */
export function bareKey(idempotencyKey: string): string {
  return idempotencyKey.replace(/^"(.*)"$/, '$1');
}

/**
 * Names a press. With an `Idempotency-Key` a repeat gets the same name, and so the same answer.
 * Action, actor and card take part, so that a key which a plugin uses for every
 * press (the approval's id, say) cannot answer one person's decision with another's, or a new card's with an old one's.
 */
export function decisionIdOf(press: Press, idempotencyKey: string | undefined): string {
  const key = bareKey(idempotencyKey ?? '').trim();
  // A template may render to nothing, as with everything else that a press may carry.
  if (key === '') return randomUUID();
  const { userId, address } = press.actor;
  const parts = [
    press.caller,
    press.approvalId,
    key,
    press.action,
    userId ?? null,
    address?.toLowerCase() ?? null,
    press.card ?? null,
  ];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 32);
}
