import { cancellationSignal } from '@temporalio/activity';
import type { Client } from '@temporalio/client';
import type { HandOffRule } from '../../config/config.ts';
import type { CoupaClient } from '../../connectors/coupa/client.ts';
import { beginHandOff } from '../hand-off/begin.ts';
import { selects } from '../hand-off/selects.ts';

/** Parts of the activity's minute: the hand-over's own result must not wait for a vendor that does not answer. */
const readWithinMs = 20_000;
const startWithinMs = 5_000;

/**
 * Begins to hand an approved requisition to SAP Concur where the rule selects it. It never throws: whatever goes wrong
 * is told to `warn`, and the poll's pass over approved requisitions finds it again (P10).
 */
export async function handOffIfSelected(
  deps: {
    readonly client: Client;
    readonly coupa: CoupaClient;
    readonly rule: HandOffRule;
    readonly warn: (error: unknown) => void;
  },
  requisitionId: number,
): Promise<void> {
  const { client, coupa, rule, warn } = deps;
  try {
    const signal = AbortSignal.any([cancellationSignal(), AbortSignal.timeout(readWithinMs)]);
    const requisition = await coupa.getOrderable(requisitionId, { signal });
    if (requisition === undefined || !selects(rule, requisition)) return;
    await client.withDeadline(Date.now() + startWithinMs, () => beginHandOff(client, requisitionId));
  } catch (error) {
    warn(error);
  }
}
