import { activityInfo, cancellationSignal } from '@temporalio/activity';
import type { CarryOutResult, Observation } from '../../contract/observation.ts';
import { beating } from '../beating.ts';
import { carryOut, type CarryOutDeps, type CarryOutInput } from './carry-out.ts';
import { lookAt } from './look.ts';

/** Activities of the queue `coupa-read`. */
export function createReadActivities({ coupa, policy }: CarryOutDeps) {
  return {
    /** What Coupa says about an approval now: two requests. */
    readApproval(input: { readonly approvalId: number; readonly now: string }): Promise<Observation> {
      const options = { signal: cancellationSignal(), now: new Date(input.now) };
      return beating(async () => (await lookAt(coupa, policy, input.approvalId, options)).observation);
    },
  };
}

/** Activities of the queue `coupa-decide`: the only ones that write to Coupa. */
export function createDecideActivities(deps: CarryOutDeps) {
  return {
    /** Carries one decision out, exactly once, however often it runs: three requests, five when unclear. */
    carryOut(input: CarryOutInput): Promise<CarryOutResult> {
      // A second attempt cannot know how far the first one came.
      const mayHaveWritten = input.mayHaveWritten || activityInfo().attempt > 1;
      return beating(() => carryOut(deps, { ...input, mayHaveWritten }, cancellationSignal()));
    },
  };
}
