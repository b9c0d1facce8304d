import { approversCarried, type Unreachable } from '../../contract/observation.ts';
import type { Approver } from '../../contract/person.ts';
import { barredFrom, candidatesOf, isBarred, toApprover, toPerson, type Barred } from './candidates.ts';
import { asks, type Asking } from './policy.ts';
import { beside, withAccounts, type Question } from './question.ts';
import { verify, type Verified } from './verify.ts';

/** Who may decide a row now, whom policy asks, and why nobody can be asked if nobody can. */
export interface Entitled {
  readonly approvers: readonly Approver[];
  readonly asks: readonly number[];
  readonly group?: { readonly id: number; readonly size: number };
  readonly unreachable?: Unreachable;
}

/**
 * Everybody who may decide the row: never the requester or creator unless policy allows it, never an inactive account,
 * never one of two that share an address. A row that nobody can be asked about is reported, not dropped (P7).
 */
export async function entitledTo(question: Question, sheet: Asking['sheet']): Promise<Entitled> {
  const { row, requisition, policy, now } = question;
  const { approver } = row;
  const group = approver.kind === 'group' ? { id: approver.id, size: 0 } : undefined;
  const nobody = (unreachable: Unreachable): Entitled => ({
    approvers: [],
    asks: [],
    ...(group && { group }),
    unreachable,
  });
  if (approver.kind === 'unknown') return nobody('approver is of an unknown kind');
  const barred = barredFrom(requisition, policy);
  if (barred === undefined) return nobody('requester and creator are unknown');
  const asking: Asking = { sheet, policy, now, ofGroup: group !== undefined };

  if (group === undefined) {
    const known = await ofUser(question);
    const own = known.find(({ as }) => as === undefined);
    if (own === undefined || own.state === 'inactive') return nobody('approver is inactive');
    const approvers = known
      .filter(({ state }) => state === 'good')
      .map(toApprover)
      .filter((person) => !isBarred(barred, person));
    if (approvers.some(({ address }) => address !== undefined)) {
      return { approvers, asks: asks(approvers, asking) };
    }
    if (barred.ids.includes(own.user.id)) {
      return { ...nobody('approver is the requester or creator'), approvers };
    }
    if (own.state === 'shared') {
      return { ...nobody('two active users have the address of the approver'), approvers };
    }
    const why = isBarred(barred, toPerson(own.user))
      ? 'approver is the requester or creator'
      : 'approver has no address';
    return { ...nobody(why), approvers };
  }

  const { people, asked } = await ofGroup(question, barred, asking);
  if (people.length === 0) return nobody('nobody of the group may decide it');
  const found = { approvers: carried(people, asked), asks: asked, group: { ...group, size: people.length } };
  return people.some(({ address }) => address !== undefined)
    ? found
    : { ...found, unreachable: 'nobody of the group has an address' };
}

/** The row's approver and those delegated to, each looked at: they are few. */
async function ofUser(question: Question): Promise<Verified[]> {
  const candidates = candidatesOf(question.row, await beside(question));
  const known: Verified[] = [];
  for (const each of candidates) {
    known.push(await verify(each, candidates, question.directory, question.reading));
  }
  return known;
}

/**
 * The members of the row's group. Accounts are looked up together, as far as members travel; that an address is one
 * person's alone only of those who are asked: the others are looked at when they decide (P4).
 */
async function ofGroup(question: Question, barred: Barred, asking: Asking) {
  const { directory, reading } = question;
  const all = await withAccounts(candidatesOf(question.row, await beside(question)), question);
  let people = all
    .filter(({ user }) => user.active !== false)
    .map((candidate) => ({ candidate, ...toApprover(candidate) }))
    .filter((person) => !isBarred(barred, person));
  const good = new Set<number>();
  for (;;) {
    const asked = asks(people, asking);
    const next = people.find(({ id }) => asked.includes(id) && !good.has(id));
    if (next === undefined) {
      return { people: people.map(({ candidate }) => toApprover(candidate)), asked };
    }
    const { state } = await verify(next.candidate, all, directory, reading);
    if (state === 'good') good.add(next.id);
    else people = people.filter(({ id }) => id !== next.id);
  }
}

/** Those who are asked travel in any case, of the others the first. */
function carried(people: readonly Approver[], asked: readonly number[]): readonly Approver[] {
  if (people.length <= approversCarried) return people;
  const isAsked = ({ id }: Approver) => asked.includes(id);
  return [...people.filter(isAsked), ...people.filter((person) => !isAsked(person))]
    .slice(0, approversCarried)
    .sort((a, b) => a.id - b.id);
}
