import { activityInfo, cancellationSignal } from '@temporalio/activity';
import type { CarryOutResult, Reading } from '../../contract/observation.ts';
import type { ReminderClock } from '../../contract/reminders.ts';
import { beating } from '../beating.ts';
import { carryOut, type CarryOutInput } from './carry-out.ts';
import { lookAt, type LookDeps } from './look.ts';
import { type LookPolicy, policyFingerprint } from './policy-fingerprint.ts';
import { planReminder } from './reminders.ts';

/** What a look needs to know about its surroundings. */
export interface ReadDeps extends LookDeps {
  readonly policy: LookPolicy;
}

/** Argument of the activity `readApproval`. */
export interface ReadInput {
  readonly approvalId: number;
  /** The workflow's time (ISO 8601). */
  readonly now: string;
  /** Absent while nobody was asked. */
  readonly clock?: ReminderClock;
}

/** Activities of the queue `coupa-read`. */
export function createReadActivities(deps: ReadDeps) {
  const { policy } = deps;
  const fingerprint = policyFingerprint(policy);
  return {
    /** What Coupa says about an approval now, and what policy says about reminding: two requests, more where people are not known. */
    readApproval({ approvalId, now: at, clock }: ReadInput): Promise<Reading> {
      const now = new Date(at);
      return beating(async () => {
        const observation = await lookAt(deps, approvalId, { signal: cancellationSignal(), now });
        return {
          observation,
          reminder: planReminder(clock, now, policy),
          at,
          policy: fingerprint,
          mode: policy.mode,
        };
      });
    },
  };
}

/** Activities of the queue `coupa-decide`: the only ones that write to Coupa. */
export function createDecideActivities(deps: LookDeps) {
  return {
    /** Carries one decision out, exactly once, however often it runs: three requests, five when unclear; one more where people are not known. */
    carryOut(input: CarryOutInput): Promise<CarryOutResult> {
      // A second attempt cannot know how far the first one came.
      const mayHaveWritten = input.mayHaveWritten || activityInfo().attempt > 1;
      return beating(() => carryOut(deps, { ...input, mayHaveWritten }, cancellationSignal()));
    },
  };
}
