import { setTimeout as sleep } from 'node:timers/promises';
import type { PurchaseRequestState } from '../../src/contract/purchase-request.ts';
import type { apiClient } from './api-client.ts';
import type { concurControl } from './sandbox-control.ts';
import { until } from './until.ts';

type Api = ReturnType<typeof apiClient>;
type Concur = ReturnType<typeof concurControl>;

/** A row of `GET /purchase-requests`. */
export interface PurchaseRow {
  readonly id: string;
  readonly state: PurchaseRequestState;
  readonly open: boolean;
  readonly purchaseRequestId?: string;
  readonly attention?: { readonly n: number; readonly reason: string; readonly what: string };
}

/** `GET /purchase-requests/{id}`, as far as tests look at it. */
export interface PurchaseView extends PurchaseRow {
  readonly correlationId?: string;
  readonly trouble?: { readonly message: string };
  readonly workflowStatus?: string;
  readonly exceptions?: readonly { readonly message?: string }[];
  readonly problems?: readonly { readonly code: string }[];
  readonly timeline?: readonly { readonly text: string }[];
}

/** An order that the simulated SAP Concur takes; `change` overwrites some of it. */
export function orderBody(change: object = {}): object {
  return {
    userEmail: 'rhea.quester@example.test',
    description: 'Lab restock',
    currencyCode: 'USD',
    comments: 'for the lab',
    lineItems: [
      {
        purchaseType: 'GOODS',
        vendorCode: 'ACME',
        vendorAddressCode: 'ACME-01',
        description: 'Nitrile gloves, box of 100',
        quantity: '12',
        unitPrice: '18.75',
      },
    ],
    ...change,
  };
}

/** Runs `work` on each item, so many at once, in their order. */
export async function eachOf<T>(
  items: readonly T[],
  atOnce: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const waiting = items.values();
  const hand = async (): Promise<void> => {
    for (const item of waiting) await work(item);
  };
  await Promise.all(Array.from({ length: atOnce }, hand));
}

/** Purchase requests as a caller of the API orders them, looks at them and answers for them. */
export function purchasing({ request }: Pick<Api, 'request'>) {
  const post = (key: string, body: object = orderBody()) =>
    request('POST', '/purchase-requests', { body, headers: { 'idempotency-key': key } });

  /** Orders and gives the id; anything but a yes is an error. */
  async function order(key: string, body?: object): Promise<string> {
    const { status, body: answer } = await post(key, body);
    if (status !== 202 || typeof answer['id'] !== 'string') throw new Error(`POST: ${status}`);
    return answer['id'];
  }
  async function show(id: string): Promise<PurchaseView> {
    const { status, body } = await request('GET', `/purchase-requests/${id}`);
    if (status !== 200) throw new Error(`GET ${id}: ${status}`);
    return body as unknown as PurchaseView;
  }
  async function rows(query = ''): Promise<PurchaseRow[]> {
    const found: PurchaseRow[] = [];
    for (let cursor = ''; ;) {
      const next = cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`;
      const { status, body } = await request('GET', `/purchase-requests?limit=100${query}${next}`);
      if (status !== 200) throw new Error(`GET /purchase-requests: ${status}`);
      found.push(...(body['data'] as PurchaseRow[]));
      if (typeof body['next'] !== 'string') return found;
      cursor = body['next'];
    }
  }
  const seen = (id: string, what: string, shows: (view: PurchaseView) => boolean) =>
    until(
      `${id} ${what}`,
      async () => {
        const view = await show(id);
        return shows(view) ? view : undefined;
      },
      240_000,
      250,
    );
  return {
    post,
    order,
    show,
    rows,
    seen,
    /** Waits until a human is asked what became of its create. */
    asked: (id: string) =>
      seen(id, 'asks for a human', ({ attention }) => attention?.reason === 'unknownOutcome'),
    /** Reads the question that is open, and answers it, unless `body` names another one. */
    async resolve(id: string, body: object) {
      const { attention } = await show(id);
      return request('POST', `/purchase-requests/${id}/resolve`, {
        body: { attention: attention?.n, ...body },
      });
    },
  };
}

/** People in SAP Concur who approve whatever waits for them, until they are told to stop. */
export function startApprovers(concur: Concur, everyMs = 1_000, onRound?: () => Promise<unknown>) {
  const stopping = new AbortController();
  const run = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      const all = await concur.purchaseRequests();
      const waiting = all.filter(({ workflowStatus }) => workflowStatus === 'Pending Approval');
      await eachOf(waiting, 4, async ({ id }) => {
        await concur.approve(id);
      });
      await onRound?.();
      await sleep(everyMs, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
  };
  const done = run();
  // A failure is told by `stop`; before anybody asks, it must not end the run of the tests.
  done.catch(() => undefined);
  return {
    stop: async (): Promise<void> => {
      stopping.abort();
      await done;
    },
  };
}
