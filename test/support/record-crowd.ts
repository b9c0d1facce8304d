import type { CoupaClient } from '../../src/connectors/coupa/client.ts';
import { createVendors } from '../../src/worker/vendors.ts';
import { withWorkers } from './record-altered.ts';
import type { Stack } from './stack.ts';

const firstId = 9_001;

/**
 * Runs `work` on workers to which the group of any row has `size` members, far more people than the sandbox has, and
 * of which so many are asked. What is sent to them counts as sent. Gives `work` the id of the last one.
 */
export function withCrowd(
  stack: Stack,
  { size, groupAskMax }: { readonly size: number; readonly groupAskMax: number },
  work: (lastId: number) => Promise<void>,
): Promise<void> {
  const members = Array.from({ length: size }, (_, index) => {
    const id = firstId + index;
    return { id, fullname: `Member ${id}`, email: `member.${id}.x@example.test`, active: true };
  });
  const { coupa, moveworks } = createVendors(stack.config);
  const getApproval: CoupaClient['getApproval'] = async (...args) => {
    const row = await coupa.getApproval(...args);
    return row?.approver.kind === 'group' ? { ...row, approver: { ...row.approver, members } } : row;
  };
  const holdersOf: CoupaClient['holdersOf'] = (address) =>
    Promise.resolve(members.filter(({ email }) => email === address));
  const other = {
    policy: { groupAskMax },
    coupa: { ...coupa, getApproval, holdersOf },
    moveworks: { ...moveworks, send: () => Promise.resolve({}) },
  };
  return withWorkers(stack, other, () => work(firstId + size - 1));
}
