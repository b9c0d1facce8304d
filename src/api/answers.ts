import type { Action, Answer, StandingDecision } from '../contract/decision.ts';
import type { Ended } from './ended.ts';
import { ProblemError } from './problem-error.ts';
import { viewOfStanding } from './views.ts';

function decided(standing: StandingDecision | undefined, coupaStatus: string | undefined): ProblemError {
  if (standing !== undefined) {
    const done = standing.action === 'approve' ? 'approved' : 'rejected';
    const decision = viewOfStanding(standing);
    return new ProblemError('decided', `This approval was ${done} already, at ${standing.at}.`, { decision });
  }
  return coupaStatus === undefined
    ? new ProblemError('decided', 'This approval was decided in Coupa.')
    : new ProblemError('decided', `This approval was decided in Coupa: it is ${coupaStatus}.`, {
        coupaStatus,
      });
}

function withdrawn(): ProblemError {
  return new ProblemError('withdrawn', 'The requisition was withdrawn; there is nothing to decide.');
}

function superseded(): ProblemError {
  return new ProblemError(
    'superseded',
    'This approval was replaced or deleted in Coupa; a newer card may be out.',
  );
}

/** 409 for whoever wants something of an approval that has ended, with how it did. */
export function endedProblem({ outcome, standing, coupaStatus }: Ended): ProblemError {
  if (outcome === 'withdrawn') return withdrawn();
  if (outcome === 'superseded') return superseded();
  return decided(standing, coupaStatus);
}

/**
 * The standing decision when `action` was carried out. Throws the problem that any other answer is: each case
 * its own type. A press is told "carried out" only for the action it asked for, whatever decision stands (P2).
 */
export function requireCarriedOut(action: Action, answer: Answer): StandingDecision {
  switch (answer.kind) {
    case 'carriedOut':
      if (answer.standing.action !== action) throw decided(answer.standing, undefined);
      return answer.standing;
    case 'decided':
      throw decided(answer.standing, answer.coupaStatus);
    case 'changed':
      throw new ProblemError(
        'changed',
        'The requisition is not what was shown any more; nothing was decided.',
        {
          changes: answer.changes,
        },
      );
    case 'notEntitled':
      throw new ProblemError('forbidden', 'Coupa does not name this person as an approver of this approval.');
    case 'refused':
      throw new ProblemError('refused', ['Coupa refused:', ...answer.words].join(' '), {
        words: answer.words,
      });
    case 'withdrawn':
      throw withdrawn();
    case 'superseded':
      throw superseded();
  }
}
