import { readOrders } from '../../activities/concur/orders.ts';
import type { ConcurClient } from '../../connectors/concur/types.ts';
import { ConnectorError, RetryableError } from '../../connectors/http/errors.ts';
import type { PurchaseOrder, PurchaseRequestStatus } from '../../contract/purchase-request.ts';
import { exitCodes } from './exit-codes.ts';
import { jsonText, plain } from './plain.ts';
import { statusJson, statusText, type ShownStatus } from './status-text.ts';
import { Interrupted, type Talk } from './talk.ts';

export interface StatusDeps {
  readonly client: ConcurClient;
  readonly talk: Talk;
  readonly signal: AbortSignal;
  /** Waits so many milliseconds; throws the signal's reason. */
  readonly wait: (ms: number) => Promise<void>;
}

interface StatusOptions {
  readonly id: string;
  readonly json: boolean;
  readonly watch: boolean;
}

const firstWaitMs = 2_000;
const longestWaitMs = 60_000;
/** Concur may not know an id yet that it has just given; that many looks tell it from a wrong one. */
const looksUntilKnown = 10;

async function ordersOf(
  { client, talk, signal }: StatusDeps,
  numbers: readonly string[],
): Promise<PurchaseOrder[]> {
  try {
    return await readOrders(client, numbers, signal);
  } catch (error) {
    if (!(error instanceof ConnectorError)) throw error;
    talk.say(`The purchase orders could not be read: ${error.message}`);
    return numbers.map((number) => ({ number }));
  }
}

async function look(deps: StatusDeps, id: string): Promise<ShownStatus | undefined> {
  const status = await deps.client.getPurchaseRequest(id, { signal: deps.signal });
  return status === undefined ? undefined : { id, status, orders: await ordersOf(deps, status.orders) };
}

function unknownId({ talk }: StatusDeps, id: string): number {
  talk.say(
    `SAP Concur knows no purchase request ${plain(id)}, or not yet: one that was just created may take a while. ` +
      'Wanted is the `purchaseRequestId` that GET /purchase-requests/{id} shows: neither its `id` nor a number.',
  );
  return exitCodes.failed;
}

/** As a look of a watch, which a passing trouble does not end. */
async function lookAgain(deps: StatusDeps, id: string): Promise<{ seen?: ShownStatus; restMs: number }> {
  try {
    const seen = await look(deps, id);
    return seen === undefined ? { restMs: 0 } : { seen, restMs: 0 };
  } catch (error) {
    if (!(error instanceof RetryableError)) throw error;
    deps.talk.say(`${error.message} (looking again)`);
    return { restMs: error.retryAfterMs ?? 0 };
  }
}

function hasFailed({ queueStatus }: PurchaseRequestStatus): boolean {
  return queueStatus?.toUpperCase() === 'CREATE_FAILED';
}

/** Looks until there are purchase orders, or none will come; says each change. */
async function watch(deps: StatusDeps, { id, json }: StatusOptions): Promise<number> {
  const { talk } = deps;
  let last: ShownStatus | undefined;
  let said = '';
  let waitMs = firstWaitMs;
  try {
    for (let looks = 1; ; looks += 1) {
      const { seen, restMs } = await lookAgain(deps, id);
      last = seen ?? last;
      if (last === undefined && restMs === 0 && looks >= looksUntilKnown) return unknownId(deps, id);
      const text = seen === undefined ? said : statusText(seen);
      if (text !== said && !json) talk.out(text);
      waitMs = text === said ? Math.min(waitMs * 1.5, longestWaitMs) : firstWaitMs;
      said = text;
      if (last !== undefined && (last.orders.length > 0 || hasFailed(last.status))) break;
      talk.progress('Watching; Ctrl-C ends it ...');
      await deps.wait(Math.max(waitMs, restMs));
    }
  } catch (error) {
    if (!(error instanceof Interrupted)) throw error;
    if (json && last !== undefined) talk.out(jsonText(statusJson(last)));
    throw error;
  }
  if (json) talk.out(jsonText(statusJson(last)));
  return hasFailed(last.status) ? exitCodes.failed : exitCodes.done;
}

/** `concur status`: how a purchase request stands in SAP Concur. */
export async function showStatus(deps: StatusDeps, options: StatusOptions): Promise<number> {
  if (options.watch) return watch(deps, options);
  const seen = await look(deps, options.id);
  if (seen === undefined) return unknownId(deps, options.id);
  deps.talk.out(options.json ? jsonText(statusJson(seen)) : statusText(seen));
  return exitCodes.done;
}
