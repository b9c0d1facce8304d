import type { Approval, ChainStep } from '../state.ts';
import type { Tenant } from '../tenant.ts';
import { nameOf } from './wording.ts';

/** The user ids of those who may decide a row now: its approver or members first, then the delegates. */
export function deciders(tenant: Tenant, row: Approval): number[] {
  const { directory } = tenant;
  const own = row.group === null ? [row.approverId] : directory.group(row.group.id).userIds;
  const everybody = [...new Set([...own, ...delegates(tenant, row)])];
  return everybody.filter((userId) => directory.person(userId)?.active === true);
}

/** The approver in words: a name, or a group's with its members, and who else may decide. */
export function approverWords(tenant: Tenant, row: Approval): string {
  const { directory } = tenant;
  const name = row.group === null ? personWords(tenant, row.approverId) : groupWords(tenant, row.group.id);
  const others = row.status === 'pending_approval' ? delegates(tenant, row) : [];
  const active = others.filter((userId) => directory.person(userId)?.active === true);
  return active.length === 0 ? name : `${name}, or for them ${active.map(nameOf).join(', ')}`;
}

/** A step that is still to come, in words. */
export function stepWords(tenant: Tenant, step: ChainStep): string {
  if (typeof step === 'number') return personWords(tenant, step);
  if ('group' in step) return groupWords(tenant, step.group);
  return step.parallel.map((userId) => personWords(tenant, userId)).join(' and ');
}

function delegates({ directory }: Tenant, row: Approval): number[] {
  const delegated = row.group === null ? directory.delegatesOf(row.approverId, Date.now()) : [];
  return [...new Set([...(row.delegates ?? []), ...delegated])];
}

function groupWords(tenant: Tenant, groupId: number): string {
  const { name, active, userIds } = tenant.directory.group(groupId);
  const members = userIds.map((userId) => personWords(tenant, userId)).join(', ');
  return `${name}${active ? '' : ', inactive'} (${members})`;
}

function personWords({ directory }: Tenant, userId: number): string {
  return nameOf(userId) + (directory.person(userId)?.active === false ? ' (inactive)' : '');
}
