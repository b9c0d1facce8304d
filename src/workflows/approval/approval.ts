import {
  allHandlersFinished,
  CancellationScope,
  condition,
  isCancellation,
  makeContinueAsNewFunc,
  setHandler,
  sleep,
  uuid4,
  workflowInfo,
} from '@temporalio/workflow';
import type { ApprovalInput, ApprovalRecord } from '../../contract/approval.ts';
import { isDecision } from '../../contract/decision.ts';
import {
  decideSignal,
  isLookUp,
  lookUpSignal,
  recheckSignal,
  recordQuery,
  settledUpdate,
} from '../../contract/messages.ts';
import { carryOutDecision, followUp, readApproval, sendCard } from './activities.ts';
import { problemOf } from '../problem.ts';
import { createRoom, messagesAtOnce } from '../room.ts';
import type { ApprovalEvent, Command } from './core/events.ts';
import { answerTo } from './core/end.ts';
import { recordOf } from './core/publish.ts';
import { carriedOver, initialCore, type ApprovalCore } from './core/state.ts';
import { step } from './core/step.ts';
import { createPublisher } from './publish.ts';

interface ApprovalArgs extends ApprovalInput {
  /** The state of the run before, over a continue-as-new. */
  readonly carried?: ApprovalCore;
}

function isClosed(core: ApprovalCore): boolean {
  return core.state === 'closed';
}

/** Nothing is under way in the core whose report would be lost with the run. */
function isIdle(core: ApprovalCore): boolean {
  return !core.looking && !core.carrying && core.sending.length === 0;
}

/** Continue-as-new drops an upserted memo, so it is handed over. */
async function continueAsNew(args: ApprovalArgs): Promise<void> {
  await makeContinueAsNewFunc<typeof approval>({ memo: workflowInfo().memo ?? {} })(args);
}

/**
 * One approval, from its detection to its end (P1). A thin shell around the pure core: events come in through
 * one box, the core says what to do, and everything it wants done runs beside the wait, so that nothing stands
 * between a decision and its execution (P11). It never fails: trouble makes it `stuck` (P7).
 */
export async function approval(args: ApprovalArgs): Promise<ApprovalRecord> {
  const fresh = () => initialCore(args, uuid4().replaceAll('-', '').slice(0, 12));
  let core: ApprovalCore = args.carried === undefined ? fresh() : carriedOver(args.carried);
  const box: ApprovalEvent[] = [];
  let leaving = false;
  /** Tellings that Temporal does not hold yet. */
  let following = 0;
  let sends = new CancellationScope();
  let timer = new CancellationScope();
  // A round of reminders may be of many.
  const inRoom = createRoom(messagesAtOnce, condition);

  // A signal of another shape, from an operator's hand or another release, must not stop the approval.
  setHandler(decideSignal, (decision) => {
    if (isDecision(decision)) box.push({ kind: 'pressed', decision });
  });
  setHandler(recheckSignal, () => void box.push({ kind: 'recheck' }));
  setHandler(lookUpSignal, (lookUp) => {
    if (isLookUp(lookUp)) box.push({ kind: 'lookedUp', lookUp });
  });
  setHandler(recordQuery, () => recordOf(core));
  setHandler(settledUpdate, async (decisionId) => {
    await condition(() => answerTo(core, decisionId) !== undefined || leaving);
    return answerTo(core, decisionId) ?? { kind: 'pending' };
  });

  const publish = createPublisher(core);

  /** Does what the core wants, without waiting: what comes of it is an event like any other. */
  function run(command: Command): void {
    switch (command.kind) {
      case 'look':
        readApproval(core).then(
          (reading) => box.push({ kind: 'observed', ...reading }),
          (error: unknown) => box.push({ kind: 'lookFailed', problem: problemOf(error) }),
        );
        return;
      case 'send': {
        const { id: cardId } = command.card;
        sends
          .run(() => inRoom(() => sendCard(core, command)))
          .then(
            (mode) => box.push({ kind: 'sent', cardId, mode }),
            (error: unknown) =>
              box.push(
                isCancellation(error)
                  ? { kind: 'sendCancelled', cardId }
                  : { kind: 'sendFailed', cardId, problem: problemOf(error) },
              ),
          );
        return;
      }
      case 'cancelSends':
        sends.cancel();
        sends = new CancellationScope();
        return;
      case 'carryOut':
        carryOutDecision(core, command).then(
          (result) => box.push({ kind: 'settled', result }),
          (error: unknown) => box.push({ kind: 'carryFailed', problem: problemOf(error) }),
        );
        return;
      case 'wake': {
        timer.cancel();
        timer = new CancellationScope();
        timer
          .run(() => sleep(command.afterMs, { summary: 'Look at Coupa again' }))
          .then(
            () => box.push({ kind: 'woken' }),
            // Only a cancellation ends a timer early, and then nobody waits for it any more.
            () => undefined,
          );
        return;
      }
      case 'sleep':
        timer.cancel();
        return;
      case 'follow':
        following += 1;
        void followUp(core, command)
          .catch((error: unknown) => box.push({ kind: 'followFailed', problem: problemOf(error) }))
          .finally(() => (following -= 1));
        return;
    }
  }

  function drain(): void {
    for (let event = box.shift(); event !== undefined; event = box.shift()) {
      const next = step(core, event, new Date().toISOString());
      core = next.core;
      next.commands.forEach(run);
    }
    publish(core);
  }

  // Every run begins with a look, a carried decision before it: timers do not survive the change of runs.
  box.push({ kind: 'recheck' }, { kind: 'woken' });
  drain();
  const mayLeave = () => core.winding && isIdle(core) && following === 0;
  while (!isClosed(core)) {
    if (workflowInfo().continueAsNewSuggested) {
      // Nothing more is begun, however fast decisions come: they are carried along (P11).
      core = step(core, { kind: 'winding' }, new Date().toISOString()).core;
      if (mayLeave()) {
        leaving = true;
        await condition(allHandlersFinished);
        drain();
        if (!isClosed(core)) await continueAsNew({ ...args, carried: core });
      }
    }
    await condition(() => box.length > 0 || mayLeave());
    drain();
  }

  // A timer that still runs ends with the workflow, without an event of its own.
  sends.cancel();
  leaving = true;
  // Late decisions are recorded and answered with the standing one, until nobody waits for an answer.
  // A card that still arrives is followed by the news of the end.
  const isDone = () => core.sending.length === 0 && following === 0 && allHandlersFinished();
  do {
    drain();
    await condition(() => box.length > 0 || isDone());
  } while (box.length > 0);
  return recordOf(core);
}
