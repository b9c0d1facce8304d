import type { FollowUpAction, MoveworksEvent } from './options.ts';

/**
 * The follow-up actions that an administrator may build in Creator Studio for the approvals event, with the buttons
 * of the guide's conversation design.
 * `guide`: one action a button, as the public approvals guide builds it; the reason goes as a query parameter.
 * `decision`: the options are merged, so that one action serves both and the button arrives as a value.
 */
export const actionSets = {
  guide: [
    { label: 'Approve', method: 'POST', path: '/approvals/{{approval_id}}/approve' },
    {
      label: 'Send Back',
      method: 'POST',
      path: '/approvals/{{approval_id}}/reject',
      query: { reason: '{{reason}}' },
      asksReason: true,
    },
  ],
  decision: [
    {
      label: 'Approve',
      method: 'POST',
      path: '/approvals/{{approval_id}}/decision',
      body: { action: 'Approve' },
    },
    {
      label: 'Send Back',
      method: 'POST',
      path: '/approvals/{{approval_id}}/decision',
      body: { action: 'Send Back', reason: '{{reason}}' },
      asksReason: true,
    },
  ],
} satisfies Record<string, FollowUpAction[]>;

/** The event that cards are sent for: its buttons are the actions of the set. */
export function decisionEvent(id: string, actions: keyof typeof actionSets): MoveworksEvent {
  return {
    id,
    kind: 'decision',
    slots: ['approval_id', 'requisition_id', 'approver_email'],
    actions: actionSets[actions],
  };
}

/** The event that notices are sent for: no buttons. */
export function noticeEvent(id: string): MoveworksEvent {
  return { id, kind: 'notice', slots: [] };
}
