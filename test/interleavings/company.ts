import type { TappedStack } from '../support/tapped-stack.ts';

/** Approval groups and their members: one with a requester in it, who must never be asked about their own. */
export const groups: ReadonlyMap<number, readonly number[]> = new Map([
  [41, [202, 203]],
  [42, [204, 101]],
]);

/** Delegations that hold all the time, by who delegates. */
export const delegations: ReadonlyMap<number, readonly number[]> = new Map([[205, [204]]]);

/** Gives the sandboxed company its groups and delegations. */
export async function foundCompany({ coupa }: TappedStack): Promise<void> {
  for (const [id, userIds] of groups)
    await coupa.group(id, { name: `Committee ${id}`, userIds: [...userIds] });
  for (const [delegatorId, delegateIds] of delegations) {
    for (const delegateId of delegateIds) {
      await coupa.delegate({ delegatorId, delegateId, endsInS: 30 * 86_400 });
    }
  }
}
