import { createHash } from 'node:crypto';
import type { Mode } from '../../contract/mode.ts';
import type { AskPolicy } from './policy.ts';
import type { ReminderPolicy } from './reminders.ts';

/** The part of policy that a look at an approval applies. */
export type LookPolicy = AskPolicy & ReminderPolicy & { readonly mode: Mode };

/**
 * A short name of what a look applies: 8 letters, digits, dashes or underscores, another one as soon as the answer of
 * a look could be another one. What a card shows is not part of it: a changed card is no reason to ask anew.
 */
export function policyFingerprint(policy: LookPolicy): string {
  const { mode, allowSelfApproval, pilot, askMaxAgeMs, groupAskMax, skipGroups } = policy;
  const { remindAfterMs, remindEveryMs, quietHours, timeZone } = policy;
  const applied = [
    mode,
    allowSelfApproval,
    // An empty pilot asks nobody, an absent one everybody.
    pilot === undefined ? null : [...pilot].sort(),
    askMaxAgeMs,
    groupAskMax,
    skipGroups,
    remindAfterMs,
    remindEveryMs ?? null,
    quietHours.map(({ fromMinute, toMinute }) => [fromMinute, toMinute]),
    timeZone,
  ];
  return createHash('sha256').update(JSON.stringify(applied)).digest('base64url').slice(0, 8);
}
