import type {
  CoupaApproval,
  CoupaPerson,
  CoupaRequisition,
  CoupaUser,
} from '../../connectors/coupa/types.ts';
import { sameAddress, type Approver, type Person } from '../../contract/person.ts';

/** Somebody with a right to a row, before it is known whether they may use it. */
export interface Candidate {
  readonly user: CoupaUser;
  readonly as?: NonNullable<Approver['as']>;
}

/** What is known beside the row: to whom its approver delegated, and who is in its group. */
export interface Beside {
  readonly delegates?: readonly CoupaUser[];
  readonly members?: readonly CoupaUser[];
}

/** A person of Coupa as the rest of Countersign knows them. */
export function toPerson({ id, fullname, email }: CoupaPerson): Person {
  return { id, name: fullname, ...(email === undefined ? {} : { address: email }) };
}

/** The candidate as an approver, with the right that is not their own. */
export function toApprover({ user, as }: Candidate): Approver {
  return { ...toPerson(user), ...(as === undefined ? {} : { as }) };
}

/**
 * Everybody who has a right to the row, each once and by id: its approver and those delegated to, or the members of
 * its group and the delegates that the row names. One hop only: who delegates a right that was delegated to them gives
 * nobody a right. An inactive approver or group has none to give.
 */
export function candidatesOf(
  { approver, delegates }: Pick<CoupaApproval, 'approver' | 'delegates'>,
  beside: Beside = {},
): Candidate[] {
  if (approver.kind === 'unknown' || approver.active === false) return [];
  const delegatedBy = (of: string, users: readonly CoupaUser[] = []): Candidate[] =>
    users.map((user) => ({ user, as: { kind: 'delegate', of } }));
  const all: Candidate[] =
    approver.kind === 'user'
      ? [
          { user: approver.person },
          ...delegatedBy(approver.person.fullname, delegates),
          ...delegatedBy(approver.person.fullname, beside.delegates),
        ]
      : [
          ...(approver.members ?? beside.members ?? []).map((user): Candidate => ({
            user,
            as: { kind: 'member', of: approver.name },
          })),
          ...delegatedBy(approver.name, delegates),
        ];
  const byId = new Map<number, Candidate>();
  // The first right that somebody has is the one that is named.
  for (const each of all) if (!byId.has(each.user.id)) byId.set(each.user.id, each);
  return [...byId.values()].sort((a, b) => a.user.id - b.user.id);
}

/** Who may not decide a requisition, because they asked for it themselves. */
export interface Barred {
  readonly ids: readonly number[];
  /** Their addresses: another account with one of these, such as a new one beside an old, is the same person. */
  readonly addresses: readonly string[];
}

/**
 * Those who may not decide this requisition; undefined when Coupa names neither requester nor creator. Never fail
 * open: whoever approves must be seen to be somebody else (P6).
 */
export function barredFrom(
  { requestedBy, createdBy }: Pick<CoupaRequisition, 'requestedBy' | 'createdBy'>,
  { allowSelfApproval }: { readonly allowSelfApproval: boolean },
): Barred | undefined {
  if (allowSelfApproval) return { ids: [], addresses: [] };
  const own = [requestedBy, createdBy].filter((person) => person !== undefined);
  if (own.length === 0) return undefined;
  return { ids: own.map(({ id }) => id), addresses: own.flatMap(({ email }) => email ?? []) };
}

export function isBarred({ ids, addresses }: Barred, { id, address }: Person): boolean {
  return ids.includes(id) || (address !== undefined && addresses.some((each) => sameAddress(each, address)));
}
