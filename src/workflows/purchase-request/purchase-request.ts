import {
  allHandlersFinished,
  CancellationScope,
  condition,
  makeContinueAsNewFunc,
  setHandler,
  uuid4,
  workflowInfo,
} from '@temporalio/workflow';
import { purchaseRequestQuery, resolveSignal } from '../../contract/messages.ts';
import {
  purchaseRequestMemoKey,
  type PurchaseRequestInput,
  type PurchaseRequestMemo,
  type PurchaseRequestRecord,
} from '../../contract/purchase-request.ts';
import { failureOf, work } from './activities.ts';
import { besideDone, besideFailed } from './core/beside.ts';
import { sending } from './core/create.ts';
import type { Beside, Doing, PurchaseEvent, Step, Task } from './core/events.ts';
import { recordOf } from './core/publish.ts';
import { heard, isResolving } from './core/resolve.ts';
import { initialCore, isClosed, type PurchaseCore } from './core/state.ts';
import { step } from './core/step.ts';
import { outcomeOf, waitUntil } from './outcome.ts';
import { createPublisher } from './publish.ts';

interface PurchaseRequestArgs extends PurchaseRequestInput {
  /** The state of the run before, over a continue-as-new. */
  readonly carried?: PurchaseCore;
}

const now = (): string => new Date().toISOString();

/** The state to begin with. Whoever started it has put down when. */
function fresh(args: PurchaseRequestArgs): PurchaseCore {
  const { memo, startTime, firstExecutionRunId } = workflowInfo();
  const shown = memo?.[purchaseRequestMemoKey] as Partial<PurchaseRequestMemo> | undefined;
  return initialCore(args, {
    claim: firstExecutionRunId,
    startedAt: shown?.startedAt ?? startTime.toISOString(),
  });
}

/** Continue-as-new drops an upserted memo, so it is handed over. The carried state holds the document. */
async function continueAsNew({ id, origin }: PurchaseRequestArgs, carried: PurchaseCore): Promise<void> {
  const renew = makeContinueAsNewFunc<typeof purchaseRequest>({ memo: workflowInfo().memo ?? {} });
  await renew({ id, origin, carried });
}

/**
 * One purchase request, from the order to its purchase orders: created in SAP Concur exactly once (P5), followed, and
 * its requester told. A thin shell around the pure core: it does the one task that the core names, and hands back what
 * came of it. Notices go beside the way. It never fails: what it cannot do it tries again, or asks a human.
 */
export async function purchaseRequest(args: PurchaseRequestArgs): Promise<PurchaseRequestRecord> {
  let core: PurchaseCore = args.carried ?? fresh(args);
  const publish = createPublisher(core);
  const onTheirWay = new Set<Promise<void>>();

  function become(next: PurchaseCore): void {
    core = next;
    publish(core);
  }

  /** Sends a notice or leaves a comment, which nothing waits for until the end. */
  function begin(beside: Beside): void {
    const sent =
      beside.kind === 'tell' ? work.tellPurchaseRequester(beside.input) : work.linkRequisition(beside.input);
    const done = sent.then(
      (answer) => {
        become(besideDone(core, beside, answer, now()));
      },
      (error: unknown) => {
        become(besideFailed(core, beside, failureOf(error).problem, now()));
      },
    );
    onTheirWay.add(done);
    void done.finally(() => onTheirWay.delete(done));
  }

  function take({ core: next, beside }: Step): void {
    become(next);
    beside.forEach(begin);
  }

  setHandler(purchaseRequestQuery, () => recordOf(core));
  // A signal of another shape, from an operator's hand or another release, must not stop it.
  setHandler(resolveSignal, (resolving) => {
    if (isResolving(resolving)) take(heard(core, resolving, now()));
  });

  /** A new run takes over only where nothing is lost by it: no notice is on its way, and a human or the clock is waited for. */
  const mayLeave = () =>
    workflowInfo().continueAsNewSuggested &&
    onTheirWay.size === 0 &&
    (core.task.kind === 'wait' || core.task.kind === 'rest');

  const failed = (error: unknown): PurchaseEvent => ({ kind: 'failed', ...failureOf(error) });

  /** One try, which no cancellation cuts short: that is never taken for "not created" (P5). */
  async function create(task: Doing): Promise<void> {
    become(sending(core, uuid4(), now()));
    const event = await CancellationScope.nonCancellable(() => outcomeOf(core, task)).catch(failed);
    take(step(core, event, now()));
  }

  /** Does the present task until it is done, or until a human's answer has made another one of it. */
  async function pass(task: Task): Promise<void> {
    const scope = new CancellationScope();
    const come = (event: PurchaseEvent) => {
      if (core.task === task && !scope.consideredCancelled) take(step(core, event, now()));
    };
    if (task.kind !== 'rest') {
      void scope
        .run(() => (task.kind === 'wait' ? waitUntil(task.until, task.then) : outcomeOf(core, task)))
        .catch(failed)
        .then(come);
    }
    await condition(() => core.task !== task || mayLeave());
    scope.cancel();
  }

  publish(core);
  while (!isClosed(core)) {
    if (mayLeave()) {
      await condition(allHandlersFinished);
      if (mayLeave() && !isClosed(core)) await continueAsNew(args, core);
    }
    const { task } = core;
    await (task.kind === 'create' ? create(task) : pass(task));
  }
  while (onTheirWay.size > 0) await Promise.allSettled(onTheirWay);
  await condition(allHandlersFinished);
  return recordOf(core);
}
