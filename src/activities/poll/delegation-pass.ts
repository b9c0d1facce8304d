import { createHash } from 'node:crypto';
import type { Client } from '@temporalio/client';
import type { PassInput, PassResult } from '../../contract/poll.ts';
import { recheck } from '../engine/approvals.ts';
import { openOf } from './open-approvals.ts';
import { toldInThisRun } from './told.ts';

/**
 * Who has delegated approvals to whom, by Coupa user ids, as of now. May come from a cache of some minutes. Undefined
 * where the right to read them is missing, and an error while Coupa cannot say: nobody's delegation is over because of
 * that.
 */
export type DelegationsInForce = (now: Date) => Promise<ReadonlyMap<number, readonly number[]> | undefined>;

/**
 * A look may run in another process, whose list of delegations is older by up to the 10 minutes that it is kept: who
 * was told once is told again when every list is newer than the change.
 */
const tellAgainAfterMs = 11 * 60_000;

/** Delegators kept from run to run, some 20 bytes each; of more, those with the lowest ids. */
const mostKept = 2_000;

function hashOf(delegates: readonly number[]): string {
  const ids = [...new Set(delegates)].sort((a, b) => a - b).join();
  return createHash('sha256').update(ids).digest('base64url').slice(0, 8);
}

/** A hash of each delegator's delegates, by ascending id: always the same ones of too many. */
export function delegationHashes(inForce: ReadonlyMap<number, readonly number[]>): PassResult['delegations'] {
  const entries = [...inForce].filter(([, delegates]) => delegates.length > 0).sort(([a], [b]) => a - b);
  return Object.fromEntries(entries.slice(0, mostKept).map(([id, delegates]) => [id, hashOf(delegates)]));
}

/** Delegators whose delegates are others than before, by ascending id. */
export function changedDelegators(
  before: PassResult['delegations'],
  now: PassResult['delegations'],
): readonly number[] {
  const ids = new Set([...Object.keys(before), ...Object.keys(now)]);
  return [...ids]
    .filter((id) => before[id] !== now[id])
    .map(Number)
    .sort((a, b) => a - b);
}

/**
 * Tells the open approvals of those whose delegations began or ended since the run before: so many a run, one
 * delegator after the other, and the next run goes on. Without knowledge of the run before, that is everybody with a
 * delegation in force, which is no harm.
 */
export async function delegationPass(
  client: Client,
  inForce: ReadonlyMap<number, readonly number[]>,
  { now, maxTold }: Pick<PassInput, 'now' | 'maxTold'>,
  run: { readonly progress: PassResult; readonly signal: AbortSignal },
): Promise<PassResult> {
  const { delegationCursor: cursor, ...begun } = run.progress;
  const hashes = delegationHashes(inForce);
  const known = { ...begun.delegations };
  const due = { ...begun.delegationsDue };
  const changed = changedDelegators(begun.delegations, hashes);
  const again = Object.keys(due).filter((id) => Date.parse(due[id] ?? '') <= Date.parse(now));
  const dueAt = new Date(Date.parse(now) + tellAgainAfterMs).toISOString();
  const toldNow = toldInThisRun(begun.told, now);
  let { rechecked } = begun;
  for (const id of new Set([...changed, ...again.map(Number)])) {
    const hash = hashes[id] ?? '';
    let after = cursor?.delegatorId === id && cursor.hash === hash ? cursor.after : 0;
    for (const approvalId of await openOf(client, id)) {
      if (approvalId <= after) continue;
      if (rechecked >= maxTold) {
        const delegationCursor = { delegatorId: id, hash, after };
        return { ...begun, delegations: known, delegationsDue: due, rechecked, delegationCursor };
      }
      run.signal.throwIfAborted();
      if (!toldNow.has(approvalId)) {
        await recheck(client, approvalId);
        rechecked += 1;
      }
      after = approvalId;
    }
    if (hash === '') Reflect.deleteProperty(known, String(id));
    else known[id] = hash;
    if (changed.includes(id)) due[id] = dueAt;
    else Reflect.deleteProperty(due, String(id));
  }
  return { ...begun, delegations: known, delegationsDue: due, rechecked };
}
