import { apiUserId } from '../world/people.ts';
import type { Directory, Group, TenantPerson } from './directory.ts';

const GROUP_CREATED_AT = '2025-01-06T09:00:00-08:00';

/** The short form in which Coupa embeds a user in other objects. Throws for an id that nobody has. */
export function renderUser(directory: Directory, userId: number) {
  return userSimple(personIn(directory, userId));
}

/** The short form of somebody who may decide, with `active`: that Coupa shows it there is assumed. */
export function renderApprover(directory: Directory, userId: number) {
  const person = personIn(directory, userId);
  return { ...userSimple(person), active: person.active };
}

/** A user as `GET /api/users` shows it. */
export function renderUserDetail(directory: Directory, person: TenantPerson) {
  const groups = [...directory.groups.values()].filter(({ userIds }) => userIds.includes(person.id));
  return {
    ...userSimple(person),
    active: person.active,
    'api-user': person.apiUser,
    'sso-identifier': person.firstname.toLowerCase(),
    'authentication-method': person.apiUser ? 'coupa_credentials' : 'saml',
    'mention-name': person.login,
    'approval-groups': groups.map(({ id, name, active }) => ({ id, name, active })),
    manager: person.managerId === null ? null : renderUser(directory, person.managerId),
  };
}

/** A group as it stands for the approver of a row, with its members. */
export function renderGroup(directory: Directory, group: Group) {
  return {
    id: group.id,
    'created-at': GROUP_CREATED_AT,
    'updated-at': GROUP_CREATED_AT,
    name: group.name,
    active: group.active,
    users: group.userIds.map((userId) => renderApprover(directory, userId)),
    'created-by': renderUser(directory, apiUserId),
    'updated-by': renderUser(directory, apiUserId),
  };
}

/** A group as `GET /api/user_groups` shows it: its members and whether it may approve. */
export function renderUserGroup(directory: Directory, group: Group) {
  return { ...renderGroup(directory, group), 'can-approve': true };
}

function personIn(directory: Directory, userId: number): TenantPerson {
  const person = directory.person(userId);
  if (person === undefined) throw new Error(`The sandbox has no user ${userId}.`);
  return person;
}

function userSimple(person: TenantPerson) {
  return {
    id: person.id,
    login: person.login,
    'employee-number': `E${String(person.id).padStart(5, '0')}`,
    firstname: person.firstname,
    lastname: person.lastname,
    fullname: `${person.firstname} ${person.lastname}`,
    email: person.email,
    'salesforce-id': null,
    'avatar-thumb-url': null,
    'custom-fields': {},
  };
}
