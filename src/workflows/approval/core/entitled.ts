import type { Card } from '../../../contract/approval.ts';
import { goesFurther } from '../../../contract/mode.ts';
import type { SendCardInput } from '../../../contract/message-inputs.ts';
import type { Approver } from '../../../contract/person.ts';
import type { ApprovalCore } from './state.ts';

const othersNamed = 10;

/**
 * Whether somebody may decide, as far as the last look tells. Of a large group those were carried who are asked, and
 * of the others the first by id: of whoever comes behind these it is not known that they have left it, so they are
 * taken to belong to it still.
 */
export function mayDecide({ approvers, asks, group }: ApprovalCore, userId: number): boolean {
  if (approvers.some(({ id }) => id === userId)) return true;
  const last = approvers.findLast(({ id }) => !asks.includes(id));
  return group !== undefined && group.size > approvers.length && userId > (last?.id ?? 0);
}

/** Everybody who may decide, as far as they were carried; one who is named twice counts once. */
function distinct(approvers: readonly Approver[]): readonly Approver[] {
  return [...new Map(approvers.toReversed().map((person) => [person.id, person])).values()].toReversed();
}

/**
 * Whether this is a card by message that its person may have seen. What went out in `shadow` counts while `shadow`
 * lasts, so that it shows what would be, and never after; unless it is on its way again.
 */
export function mayHaveSeen({ mode, sending }: ApprovalCore, { id, kind, sentAs }: Card): boolean {
  return kind === 'message' && (sentAs !== 'shadow' || mode === 'shadow' || sending.includes(id));
}

/** Whether a card that asks still went out in a mode that falls short of the present one. */
export function isBehind({ mode }: ApprovalCore, { live, sentAs }: Card): boolean {
  return live && mode !== undefined && sentAs !== undefined && goesFurther(mode, sentAs);
}

/**
 * Who is to hold a card now: whom policy asks, and whoever of those who may decide was asked before, because that
 * card must not be left to stand for facts that changed, however old the requisition is (P4).
 */
export function toAsk(core: ApprovalCore): readonly Approver[] {
  const { approvers, asks, cards } = core;
  const asked = new Set(cards.flatMap((card) => (mayHaveSeen(core, card) ? [card.userId] : [])));
  return distinct(approvers).filter(({ id }) => asks.includes(id) || asked.has(id));
}

/** Who else may decide, for the card of one of them; nothing where nobody else may. */
export function othersBeside(
  { approvers, group }: ApprovalCore,
  userId: number,
): Pick<SendCardInput, 'others'> {
  const rest = distinct(approvers).filter(({ id }) => id !== userId);
  const names = rest.slice(0, othersNamed).map(({ name }) => name);
  const count = Math.max(rest.length, (group?.size ?? 0) - 1);
  return count === 0 ? {} : { others: { names, more: count - names.length } };
}
