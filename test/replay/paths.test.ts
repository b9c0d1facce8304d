import { describe, expect, it } from 'vitest';
import type { ApprovalState } from '../../src/contract/approval.ts';
import { workflowTypes } from '../../src/contract/ids.ts';
import type { Answer, Decision, Outcome } from '../../src/contract/decision.ts';
import type { CarryOutResult, Observation, Unreachable } from '../../src/contract/observation.ts';
import { modes, type Mode } from '../../src/contract/mode.ts';
import * as workflows from '../../src/workflows/index.ts';
import { recordedRuns } from '../support/recorded-files.ts';
import { decoded } from '../support/recorded-history.ts';
import { approvalPaths } from './approval-paths.ts';
import { afterPaths, notificationPaths, pollPaths } from './other-paths.ts';
import { all, tell } from './paths.ts';
import { purchaseRequestPaths } from './purchase-request-paths.ts';
import { requiredOfPurchaseRequest } from './purchase-request-required.ts';

const runs = recordedRuns();
const told = runs.map(({ history }) => tell(history));

/** Every way that some recorded run of a workflow took. */
function taken(workflow: keyof typeof workflowTypes): ReadonlySet<string> {
  const pathsOf = {
    approval: approvalPaths,
    after: afterPaths,
    poll: pollPaths,
    notification: notificationPaths,
    purchaseRequest: purchaseRequestPaths,
  };
  const of = pathsOf[workflow];
  return new Set(told.filter((run) => run.workflow === workflow).flatMap(of));
}

const states = all<ApprovalState>({
  waiting: true,
  listed: true,
  asked: true,
  deciding: true,
  stuck: true,
  closed: true,
});
const outcomes = all<Outcome>({
  approved: true,
  rejected: true,
  decidedElsewhere: true,
  withdrawn: true,
  superseded: true,
});
const answers = all<Answer['kind']>({
  carriedOut: true,
  decided: true,
  changed: true,
  notEntitled: true,
  refused: true,
  withdrawn: true,
  superseded: true,
});
const seen = all<Observation['kind']>({
  actionable: true,
  notYet: true,
  notSubmitted: true,
  ended: true,
  gone: true,
  replaced: true,
});
const carryOuts = all<CarryOutResult['kind']>({
  carriedOut: true,
  notEntitled: true,
  refused: true,
  moved: true,
});
const ways = all<Decision['via']>({ card: true, lookUp: true, address: true });

/** The modes that fall short of this one. */
const before = (mode: Mode) => modes.slice(0, modes.indexOf(mode));

/** Why nobody could be asked, of a person and of a group. */
const unreachable = [
  'two active users have the address of the approver',
  'nobody of the group may decide it',
] satisfies Unreachable[];

const required: Record<keyof typeof workflowTypes, readonly string[]> = {
  approval: [
    ...states.map((state) => `state ${state}`),
    ...outcomes.map((outcome) => `outcome ${outcome}`),
    ...answers.map((answer) => `answer ${answer}`),
    ...seen.map((kind) => `a carry-out that sees ${kind}`),
    ...seen.map((kind) => `a look that sees ${kind}`),
    ...carryOuts.map((kind) => `a carry-out that is ${kind}`),
    ...ways.map((via) => `a press via ${via}`),
    ...['readApproval', 'sendCard', 'carryOut', 'startAfter'].map((activity) => `${activity} completed`),
    ...['readApproval', 'sendCard', 'carryOut', 'startAfter'].map((activity) => `${activity} failed`),
    ...['readApproval', 'sendCard', 'carryOut', 'startAfter'].map((activity) => `${activity} tried again`),
    'sendCard cancelled',
    'sendCard completed in spite of its cancellation',
    ...['readApproval', 'sendCard', 'startAfter'].map((activity) => `signal decide during ${activity}`),
    ...['readApproval', 'sendCard'].map((activity) => `signal recheck during ${activity}`),
    'carryOut begun during readApproval',
    'carryOut begun during sendCard',
    'readApproval begun during sendCard',
    'sendCard begun after sendCard',
    'startAfter begun after readApproval',
    'startAfter begun after sendCard',
    'startAfter begun after carryOut',
    'a wish for a new run during startAfter',
    'state waiting, then asked',
    'looks that see notYet, then actionable',
    'looks that see actionable, then notYet',
    ...['such', 'delegate', 'member'].map((right) => `an approver as ${right}`),
    ...['the approver', 'delegate', 'member', 'one who did not travel'].map((who) => `a decision by ${who}`),
    ...['asked whole', 'asked in part', 'listed'].map((how) => `a group that is ${how}`),
    'a group of which nobody may decide',
    'a group too large to travel whole',
    ...modes.map((mode) => `a card out in ${mode}`),
    ...before('decide').map((mode) => `a card out in ${mode}, then decide`),
    ...unreachable.map((why) => `stuck: ${why}, then asked`),
    'asked, then stuck: two active users have the address of the approver',
    'asked, then stuck: a card went out in MODE=shadow, which is decide now',
    'state listed, then closed',
    'state waiting, then listed',
    'state listed, then asked',
    'state waiting, then stuck',
    'state stuck, then asked',
    'state asked, then stuck',
    'state asked, then waiting',
    'state asked, then deciding',
    'state deciding, then closed',
    'two presses',
    'a press that is none',
    'a look-up',
    'a look-up that is none',
    'a recheck',
    'a carry-out that is refused in words',
    ...outcomes.map((outcome) => `a follow-up of ${outcome}`),
    'a follow-up of passedOn',
    'a follow-up of holders alone',
    'a follow-up with a reason',
    'a follow-up that tells somebody',
    'a follow-up that tells nobody',
    'a follow-up of an end before the first look',
    'an end without a follow-up',
    'a card that says what changed',
    'a reminder',
    'a second reminder',
    'a carry-out after one that may have written',
    'a wait that ends with carriedOut',
    'a wait that ends with pending',
    'a start after an earlier end',
    'a card carried over',
    'a decision carried over',
    'a holder carried over',
    'a telling carried over',
    'a card that is not sent carried over',
    'an earlier run that it goes on from',
    'a new run',
    'a timer that fires',
    'a timer that is cancelled',
    'an end',
  ],
  after: [
    'hand-over done to the next approval',
    'hand-over done',
    'hand-over failed',
    'a requisition that waits for nobody',
    ...[0, 1, 2, 3, 4].map((count) => `looks for the next approval: ${count}`),
    ...['requester done', 'requester failed', 'holders of a card done', 'holders of a card failed'],
    ...['notifyRequester', 'tellHolder', 'handOver'].flatMap((activity) => [
      `${activity} completed`,
      `${activity} failed`,
    ]),
    ...['notifyRequester', 'tellHolder', 'handOver'].map((activity) => `${activity} tried again`),
    'a requester who is not to be told',
    'tellHolder begun during tellHolder',
    'tellHolder begun after tellHolder',
    'after passedOn',
    'holders alone',
    'a holder of a card',
    'no holder of a card',
    'an approval that was never looked at',
    'a timer that fires',
    'an end',
  ],
  poll: [
    ...['quickPass', 'fullPass', 'statePass'].map((activity) => `${activity} completed`),
    ...['quickPass failed', 'fullPass failed', 'statePass failed', 'quickPass tried again'],
    'quickPass starts approvals',
    ...['quickPass', 'fullPass', 'statePass'].map((name) => `${name} tells of a difference`),
    'a difference that only the state pass finds',
    ...['a change of delegations', 'a change of delegations to be told once more'],
    ...['other documents counted', 'a timer that fires'],
    ...['an earlier run that left something', 'an end', 'a failure', 'a cancellation'],
  ],
  notification: [
    ...['a notice', 'a question', 'deliveries that end differently'],
    ...['sent', 'refused', 'failed'].map((end) => `a delivery that is ${end}`),
    ...['deliver completed', 'deliver failed', 'deliver cancelled', 'deliver tried again'],
    ...[
      'deliver begun during deliver',
      'a cancellation',
      'a new run',
      'an earlier run that it goes on from',
      'an end',
    ],
  ],
  purchaseRequest: requiredOfPurchaseRequest,
};

it('are there of every workflow that is released', () => {
  expect(Object.keys(workflows).toSorted()).toEqual(Object.keys(workflowTypes).toSorted());
  expect([...new Set(told.map(({ workflow }) => workflow))].toSorted()).toEqual(
    Object.keys(workflows).toSorted(),
  );
});

describe.each(Object.entries(required))('of %s', (workflow, paths) => {
  const here = taken(workflow as keyof typeof workflowTypes);
  it.each(paths)('hold: %s', (path) => {
    expect([...here]).toContain(path);
  });
});

it('of approval end with no message under way', () => {
  const ends = [...taken('approval')].filter((path) => path.startsWith('an end during '));
  expect(ends).not.toContain('an end during sendCard');
  expect(ends).not.toContain('an end during startAfter');
});

it('of purchaseRequest send what was sent once no second time, unless a human said so (P5)', () => {
  const orders = told.filter(({ workflow }) => workflow === 'purchaseRequest');
  const lost = orders.filter((run) => {
    const paths = purchaseRequestPaths(run);
    return paths.includes('attention unknownOutcome') && !paths.includes('an answer that is notCreated');
  });
  expect(lost.length).toBeGreaterThan(2);
  for (const run of lost) expect(run.asked('createPurchaseRequest').length).toBeLessThanOrEqual(1);
});

describe.each(runs)('$name', ({ text, history }) => {
  it('names no machine and no process, and holds no secret', () => {
    const plain = `${text}${JSON.stringify(decoded(history))}`;
    expect(plain).not.toMatch(
      /\d@|file:|node:|node_modules|\/(?:home|root|tmp|work|Users)\b|127\.0\.0\.1|localhost/,
    );
    expect(plain).not.toMatch(/secret|bearer|api-key|test-key/i);
    // A reference ends in its proof, 22 characters of base64url.
    expect(plain).not.toMatch(/\d+\.\d+\.[a-z][0-9a-f]{16}\.[\w-]{22}/);
  });
});
