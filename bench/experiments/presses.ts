import { setTimeout as sleep } from 'node:timers/promises';
import type { Submitted } from '../drive/coupa.ts';
import { insideCoupaMs } from '../measure/inside-coupa.ts';
import type { Started } from '../processes/stack.ts';

/** One press that was carried out. */
interface Press extends Submitted {
  readonly startedAtMs: number;
  readonly tookMs: number;
}

/** What a block of presses took beyond the time inside Coupa, by either way, in milliseconds. */
export interface Block {
  readonly ours: readonly number[];
  readonly passThrough: readonly number[];
  readonly presses: readonly Press[];
}

/** One pair of presses begins this long after the one before: slower than Countersign's own limits. */
const everyMs = 900;

/**
 * Presses each approval's card at Countersign and an approval of the pass-through's own tenant beside it, one after
 * the other, so that whatever else the machine does meets both.
 */
export async function pressInPairs(
  { coupa, moveworks, api, beside }: Started,
  passThrough: { approve(id: number): Promise<{ startedAtMs: number; tookMs: number }> },
  approvals: readonly Submitted[],
): Promise<Block> {
  await coupa.forgetRequests();
  await beside.coupa.forgetRequests();
  const besides = await beside.coupa.submitMany(approvals.length);
  const presses: Press[] = [];
  const passed: Press[] = [];
  for (const [index, approval] of approvals.entries()) {
    const beganAtMs = performance.now();
    const card = moveworks.cards.get(approval.approvalId);
    presses.push({ ...approval, ...(await api.approve(card?.reference ?? '')) });
    const other = besides[index];
    if (other !== undefined) passed.push({ ...other, ...(await passThrough.approve(other.approvalId)) });
    await sleep(Math.max(0, everyMs - (performance.now() - beganAtMs)));
  }
  const [record, besideRecord] = [await coupa.requests(), await beside.coupa.requests()];
  return {
    presses,
    ours: presses.map((press) => press.tookMs - insideCoupaMs(record, press)),
    passThrough: passed.map((press) => press.tookMs - insideCoupaMs(besideRecord, press)),
  };
}
