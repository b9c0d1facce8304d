import { z } from 'zod';
import { readState, StateFile } from '../state-file.ts';
import { findPerson, people, type Person } from '../world/people.ts';
import { tenantTime } from './tenant-time.ts';

const id = z.int().positive();

const personChange = z.object({ id, active: z.boolean().optional(), email: z.string().optional() });
const group = z.object({ id, name: z.string(), userIds: z.array(id), active: z.boolean() });
const delegation = z.object({
  id,
  delegatorId: id,
  delegateId: id,
  /** ISO 8601 with the tenant's offset; null where a date is left out. */
  startsAt: z.string().nullable(),
  endsAt: z.string().nullable(),
  /** Whether approvals are delegated; the other kinds of delegation give no right to decide. */
  approvals: z.boolean(),
});

const directorySchema = z.object({
  version: z.literal(1),
  nextDelegation: id,
  people: z.array(personChange),
  groups: z.array(group),
  delegations: z.array(delegation),
});

/** Somebody as this tenant has them: the account may be inactive, the address another than at first. */
export interface TenantPerson extends Person {
  active: boolean;
}
export type Group = z.infer<typeof group>;
export type Delegation = z.infer<typeof delegation>;

const capexCommittee: Group = { id: 31, name: 'Capex Committee', userIds: [202, 203], active: true };

/** Who is who in one simulated tenant: its people as they are by now, its approval groups, its delegations. */
export class Directory {
  readonly groups: Map<number, Group>;
  readonly delegations: Map<number, Delegation>;
  readonly #changes: Map<number, z.infer<typeof personChange>>;
  #nextDelegation: number;
  readonly #file: StateFile;

  /** `statePath` is that of the tenant: the directory is kept beside it. Throws when its file holds something else. */
  constructor(statePath: string | undefined) {
    const path = statePath === undefined ? undefined : directoryPath(statePath);
    const saved = readState(path, directorySchema);
    this.groups = byId(saved?.groups ?? [{ ...capexCommittee }]);
    this.delegations = byId(saved?.delegations ?? []);
    this.#changes = byId(saved?.people ?? []);
    this.#nextDelegation = saved?.nextDelegation ?? 1;
    this.#file = new StateFile(path, () => this.#snapshot());
  }

  people(): TenantPerson[] {
    return people.map((person) => this.#asOfNow(person));
  }

  /** Undefined when nobody has this id. */
  person(userId: number): TenantPerson | undefined {
    const person = findPerson(userId);
    return person && this.#asOfNow(person);
  }

  changePerson(userId: number, change: { active?: boolean | undefined; email?: string | undefined }): void {
    const before = this.#changes.get(userId);
    this.#changes.set(userId, {
      id: userId,
      active: change.active ?? before?.active,
      email: change.email ?? before?.email,
    });
    this.#file.changed();
  }

  /** The group with this id; one without members when there is none, as in a state file of an earlier version. */
  group(groupId: number): Group {
    return this.groups.get(groupId) ?? { id: groupId, name: `Group ${groupId}`, userIds: [], active: true };
  }

  putGroup(changed: Group): void {
    this.groups.set(changed.id, changed);
    this.#file.changed();
  }

  /** Adds a delegation; its times are seconds from now, null for none. */
  addDelegation(input: {
    delegatorId: number;
    delegateId: number;
    startsInS: number | null;
    endsInS: number | null;
    approvals: boolean;
  }): Delegation {
    const { startsInS, endsInS, ...rest } = input;
    const at = (inS: number | null) => (inS === null ? null : tenantTime(Date.now() + inS * 1000));
    const added = { ...rest, id: this.#nextDelegation, startsAt: at(startsInS), endsAt: at(endsInS) };
    this.#nextDelegation += 1;
    this.delegations.set(added.id, added);
    this.#file.changed();
    return added;
  }

  /** Whether there was one. */
  removeDelegation(delegationId: number): boolean {
    const removed = this.delegations.delete(delegationId);
    this.#file.changed();
    return removed;
  }

  /** The user ids of those to whom somebody has delegated approvals at an instant (ms since the epoch). */
  delegatesOf(userId: number, atMs: number): number[] {
    const inForce = [...this.delegations.values()].filter(
      ({ delegatorId, approvals, startsAt, endsAt }) =>
        delegatorId === userId &&
        approvals &&
        startsAt !== null &&
        Date.parse(startsAt) <= atMs &&
        (endsAt === null || atMs < Date.parse(endsAt)),
    );
    return [...new Set(inForce.map(({ delegateId }) => delegateId))];
  }

  /** Writes what is still unwritten. */
  close(): void {
    this.#file.close();
  }

  #asOfNow(person: Person): TenantPerson {
    const change = this.#changes.get(person.id);
    return { ...person, active: change?.active ?? true, email: change?.email ?? person.email };
  }

  #snapshot(): z.infer<typeof directorySchema> {
    return {
      version: 1,
      nextDelegation: this.#nextDelegation,
      people: [...this.#changes.values()],
      groups: [...this.groups.values()],
      delegations: [...this.delegations.values()],
    };
  }
}

function directoryPath(statePath: string): string {
  return `${statePath.replace(/\.json$/, '')}-directory.json`;
}

function byId<Item extends { id: number }>(items: readonly Item[]): Map<number, Item> {
  return new Map(items.map((item) => [item.id, item]));
}
