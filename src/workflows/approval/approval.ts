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
import {
  decideSignal,
  lookUpSignal,
  recheckSignal,
  recordQuery,
  settledUpdate,
} from '../../contract/messages.ts';
import { carryOutDecision, followUp, problemOf, readApproval, sendCard } from './activities.ts';
import type { ApprovalEvent, Command } from './core/events.ts';
import { recordOf } from './core/publish.ts';
import { initialCore, type ApprovalCore } from './core/state.ts';
import { step } from './core/step.ts';
import { createPublisher } from './publish.ts';

interface ApprovalArgs extends ApprovalInput {
  /** The state of the run before, over a continue-as-new. */
  readonly carried?: ApprovalCore;
}

function isClosed(core: ApprovalCore): boolean {
  return core.state === 'closed';
}

/** Only when nothing is under way: what an activity of this run reports would be lost. */
function mayContinueAsNew(core: ApprovalCore): boolean {
  const idle = !core.looking && !core.carrying && core.sending.length === 0;
  return idle && workflowInfo().continueAsNewSuggested;
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
  let core = args.carried ?? initialCore(args, uuid4().replaceAll('-', '').slice(0, 12));
  const box: ApprovalEvent[] = [];
  let leaving = false;
  const followUps: Promise<void>[] = [];
  let sends = new CancellationScope();
  let timer = new CancellationScope();

  setHandler(decideSignal, (decision) => void box.push({ kind: 'pressed', decision }));
  setHandler(recheckSignal, () => void box.push({ kind: 'recheck' }));
  setHandler(lookUpSignal, (lookUp) => void box.push({ kind: 'lookedUp', lookUp }));
  setHandler(recordQuery, () => recordOf(core));
  setHandler(settledUpdate, async (decisionId) => {
    await condition(() => core.answers[decisionId] !== undefined || leaving);
    return core.answers[decisionId] ?? { kind: 'pending' };
  });

  const publish = createPublisher(core);

  /** Does what the core wants, without waiting: what comes of it is an event like any other. */
  function run(command: Command): void {
    switch (command.kind) {
      case 'look':
        readApproval(core).then(
          (observation) => box.push({ kind: 'observed', observation }),
          (error: unknown) => box.push({ kind: 'lookFailed', problem: problemOf(error) }),
        );
        return;
      case 'send': {
        const { id: cardId } = command.card;
        sends
          .run(() => sendCard(core, command))
          .then(
            () => box.push({ kind: 'sent', cardId }),
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
        followUps.push(followUp(core, command));
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

  box.push({ kind: 'woken' });
  drain();
  while (!isClosed(core)) {
    if (mayContinueAsNew(core)) {
      leaving = true;
      await condition(allHandlersFinished);
      leaving = false;
      // A decision that came while the handlers finished is taken up first (P11).
      if (box.length === 0) await continueAsNew({ ...args, carried: core });
    }
    await condition(() => box.length > 0);
    drain();
  }

  timer.cancel();
  sends.cancel();
  await Promise.all(followUps);
  leaving = true;
  // Late decisions are recorded and answered with the standing one, until nobody waits for an answer.
  do {
    drain();
    await condition(() => allHandlersFinished() || box.length > 0);
  } while (box.length > 0);
  return recordOf(core);
}
