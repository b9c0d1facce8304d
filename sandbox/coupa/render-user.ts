import { findPerson, type Person } from '../world/people.ts';

/** The short form in which Coupa embeds a user in other objects. Throws for an id that nobody has. */
export function renderUser(userId: number) {
  return userSimple(personOf(userId));
}

/** A user as `GET /api/users` shows it. */
export function renderUserDetail(person: Person) {
  return {
    ...userSimple(person),
    active: true,
    'api-user': person.apiUser,
    'sso-identifier': person.firstname.toLowerCase(),
    'authentication-method': person.apiUser ? 'coupa_credentials' : 'saml',
    'mention-name': person.login,
    'approval-groups': [],
    manager: person.managerId === null ? null : renderUser(person.managerId),
  };
}

/** The person with this id; throws when nobody has it, which the control routes rule out. */
export function personOf(userId: number): Person {
  const person = findPerson(userId);
  if (person === undefined) throw new Error(`The sandbox has no user ${userId}.`);
  return person;
}

function userSimple(person: Person) {
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
