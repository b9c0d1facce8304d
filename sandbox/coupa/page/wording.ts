import type { Badge } from '../../pages/messages.tsx';
import { findPerson } from '../../world/people.ts';
import type { Approval, HistoryEntry, Requisition } from '../state.ts';

const statusBadges: Record<Requisition['status'], Badge> = {
  draft: { label: 'Draft', tone: 'quiet' },
  pending_approval: { label: 'Waiting for approval', tone: 'waiting' },
  approved: { label: 'Approved', tone: 'good' },
  ordered: { label: 'Ordered', tone: 'good' },
  withdrawn: { label: 'Withdrawn', tone: 'quiet' },
};

/** A requisition's status in words. Coupa has no status "rejected": a rejected one is a draft again. */
export function statusBadge(requisition: Requisition): Badge {
  const last = requisition.history.at(-1)?.event;
  const rejected = last === 'rejected' || requisition.rejectReason !== null;
  if (requisition.status === 'draft' && rejected) return { label: 'Rejected, back to draft', tone: 'bad' };
  return statusBadges[requisition.status];
}

/** An approval's status in words; a pending row that is not the current one waits for nobody. */
export function approvalBadge(row: Approval, current: boolean): Badge {
  if (row.status === 'approved') return { label: 'Approved', tone: 'good' };
  if (row.status === 'rejected') return { label: 'Rejected', tone: 'bad' };
  if (row.status === 'escalated') return { label: 'Escalated', tone: 'quiet' };
  if (row.status === 'skipped') return { label: 'Skipped', tone: 'quiet' };
  return current
    ? { label: 'Waiting for a decision', tone: 'waiting' }
    : { label: 'Not its turn', tone: 'quiet' };
}

const events: Record<HistoryEntry['event'], string> = {
  created: 'Created by',
  submitted: 'Submitted by',
  edited: 'Edited by',
  withdrawn: 'Withdrawn by',
  approved: 'Approved by',
  ordered: 'Ordered by',
  reopened: 'Reopened by',
  rejected: 'Rejected by',
  escalated: 'Escalated by',
  skipped: 'Skipped by',
  restarted: 'Approvals restarted by',
};

/** What a history entry says happened, and who did it. */
export function eventWords(entry: HistoryEntry): string {
  return `${events[entry.event]} ${entry.byUserId === null ? 'Coupa' : nameOf(entry.byUserId)}`;
}

/** A person's full name; an id that nobody has is shown as such, as a hand-edited state file may hold one. */
export function nameOf(userId: number): string {
  const person = findPerson(userId);
  if (person === undefined) return `user ${userId}`;
  return `${person.firstname} ${person.lastname}${person.apiUser ? ' (the API)' : ''}`;
}

/** A tenant's instant as people read it, with its offset: `2026-11-22 04:31 (UTC-08:00)`. */
export function instant(tenantTime: string): string {
  return `${tenantTime.slice(0, 10)} ${tenantTime.slice(11, 16)} (UTC${tenantTime.slice(19)})`;
}
