import { cardFields, guideCardFields } from '../contract/card-fields.ts';
import type { Variable } from './variable.ts';

/** The part of the table that says who is asked, who is reminded, who is told, and how a message reads. */
export const policyVariables = {
  MODE: {
    part: 'Policy',
    kind: 'mode',
    default: 'decide',
    says: 'decide; notify sends cards but takes no decisions; shadow only reads, and writes to nobody.',
  },
  TIME_ZONE: {
    part: 'Policy',
    kind: 'timeZone',
    default: 'UTC',
    says: 'The time zone of the dates in messages, and of QUIET_HOURS.',
  },
  LOCALE: {
    part: 'Policy',
    kind: 'locale',
    default: 'en-US',
    says: 'How amounts and dates are written in messages.',
  },
  REJECT_REASON: {
    part: 'Policy',
    kind: 'rejectReason',
    default: 'optional',
    says: 'Whether a rejection needs a reason: optional or required.',
  },
  PILOT: {
    part: 'Policy',
    kind: 'addresses',
    says: 'Only these approvers get messages (addresses, separated by commas); everyone when left out.',
  },
  ASK_MAX_AGE: {
    part: 'Policy',
    kind: 'age',
    default: '30d',
    says: 'Nobody is asked about an approval older than this.',
  },
  REMIND_AFTER: {
    part: 'Policy',
    kind: 'remindAfter',
    default: '24h,48h,72h',
    says: 'When whoever has not decided is reminded, counted from the first card; off for no reminders.',
  },
  REMIND_EVERY: {
    part: 'Policy',
    kind: 'remindEvery',
    default: '7d',
    says: 'After the last of those again and again, this far apart; off for no more.',
  },
  QUIET_HOURS: {
    part: 'Policy',
    kind: 'quietHours',
    default: '20:00-08:00,sat,sun',
    says: 'Times of day and days of the week when no reminder is sent, in TIME_ZONE; off to remind at any time.',
  },
  CARD_FIELDS: {
    part: 'Policy',
    kind: 'cardFields',
    default: guideCardFields.join(','),
    says: `What a card shows, in this order, out of: ${cardFields.join(', ')}.`,
  },
  CARD_ACTIONS: {
    part: 'Policy',
    kind: 'cardActions',
    default: 'approve,reject',
    says: 'What a card lets its approver do: approve, reject or both.',
  },
  GROUP_ASK_MAX: {
    part: 'Policy',
    kind: 'people',
    default: '10',
    says: 'Of an approval group, the most members who get a message; the card names the others.',
  },
  SKIP_GROUPS: {
    part: 'Policy',
    kind: 'toggle',
    default: 'off',
    says: 'Whether approvals of groups are only listed, without a message to anybody.',
  },
  ALLOW_SELF_APPROVAL: {
    part: 'Policy',
    kind: 'toggle',
    default: 'off',
    says: 'Whether people may decide what they requested or created themselves.',
  },
  NOTIFY_REQUESTER: {
    part: 'Policy',
    kind: 'notifyRequester',
    default: 'rejections',
    says: 'Which outcomes the requester is told: rejections, all or none.',
  },
} as const satisfies Readonly<Record<string, Variable>>;
