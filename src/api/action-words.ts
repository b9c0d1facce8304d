import type { Action } from '../contract/decision.ts';

/** The texts of buttons that Moveworks' own approval guides use, and how a plugin may name what was pressed. */
const labels: Readonly<Record<Action, readonly string[]>> = {
  approve: ['Approve', 'Approved'],
  reject: ['Reject', 'Rejected', 'Send Back', 'Deny', 'Denied', 'Decline', 'Declined'],
};

/** Labels are compared by their letters: case, blanks, dashes and underscores differ from plugin to plugin. */
function lettersOf(text: string): string {
  return text.replaceAll(/[\s\p{Pd}_]+/gu, '').toLowerCase();
}

const actionsByLetters = new Map<string, Action>(
  (['approve', 'reject'] as const).flatMap((action) =>
    labels[action].map((label): [string, Action] => [lettersOf(label), action]),
  ),
);

/** The action that a word or a button's label means; undefined for any other text. */
export function readAction(text: string): Action | undefined {
  return actionsByLetters.get(lettersOf(text));
}

/** What is understood, for people. */
export const understoodActions = `to approve: ${labels.approve.join(', ')}; to reject: ${labels.reject.join(', ')}`;
