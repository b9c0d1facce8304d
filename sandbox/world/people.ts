/** Somebody who exists in the simulated company, for every vendor alike. */
export interface Person {
  id: number;
  login: string;
  firstname: string;
  lastname: string;
  email: string;
  /** Coupa's management hierarchy; null at its top and for the API user. */
  managerId: number | null;
  department: string;
  /** The login behind an API client, which Coupa records as the actor of every API call. */
  apiUser: boolean;
}

/** The user that Coupa records for what the API client does. */
export const apiUserId = 900;

function person(
  id: number,
  firstname: string,
  lastname: string,
  managerId: number | null,
  department: string,
): Person {
  const login = `${firstname}.${lastname}`.toLowerCase();
  return {
    id,
    login,
    firstname,
    lastname,
    email: `${login}@example.test`,
    managerId,
    department,
    apiUser: false,
  };
}

/** Everybody: requesters from 101, approvers from 201, the API user 900. */
export const people: readonly Person[] = [
  person(101, 'Rhea', 'Quester', 201, 'Engineering'),
  person(102, 'Pat', 'Chase', 203, 'Marketing'),
  person(103, 'Ollie', 'Order', 201, 'Engineering'),
  person(104, 'Neda', 'Desk', 203, 'Facilities'),
  person(201, 'Ada', 'Prover', 202, 'Engineering'),
  person(202, 'Bo', 'Ss', 205, 'Finance'),
  person(203, 'Cy', 'Nod', 204, 'Marketing'),
  person(204, 'Di', 'Rector', 205, 'Operations'),
  person(205, 'Cher', 'Chief', null, 'Executive'),
  {
    id: apiUserId,
    login: 'chat-approvals-api',
    firstname: 'Chat',
    lastname: 'Approvals',
    email: 'chat-approvals-api@example.test',
    managerId: null,
    department: 'IT',
    apiUser: true,
  },
];

const byId = new Map(people.map((one) => [one.id, one]));

/** The person with this Coupa user id; undefined when nobody has it. */
export function findPerson(id: number): Person | undefined {
  return byId.get(id);
}

/** The person with this id; throws when nobody has it, which the control routes rule out. */
export function personOf(id: number): Person {
  const found = findPerson(id);
  if (found === undefined) throw new Error(`The sandbox has no user ${id}.`);
  return found;
}
