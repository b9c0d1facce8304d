import type { PurchaseRequestStart } from '../contract/purchase-request-start.ts';
import type {
  PurchaseRequestMemo,
  PurchaseRequestRecord,
  PurchaseRequestState,
  Resolving,
} from '../contract/purchase-request.ts';
import { purchaseRequestMemoAtStart } from '../contract/purchase-request.ts';
import { EngineUnavailable, InvalidCursor, type Engine } from './engine/engine.ts';
import type {
  DescribedPurchaseRequest,
  PurchaseRequestEngine,
  PurchaseRequestsRequest,
} from './engine/purchase-request-engine.ts';

/** One purchase request as the engine of the tests holds it. */
interface HeldPurchaseRequest {
  kind: 'open' | 'closed';
  runId: string;
  memo: PurchaseRequestMemo | undefined;
  fingerprint: string | undefined;
  record: PurchaseRequestRecord | undefined;
}

const startedAt = '2026-11-02T10:00:00.000Z';

/** The memo of a purchase request, with what a test wants to differ. */
export function purchaseMemoOf(
  id: string,
  differing: Partial<PurchaseRequestMemo> = {},
): PurchaseRequestMemo {
  const summary = { description: 'Gloves', currency: 'USD', total: '225', lines: 1 };
  return { id, state: 'checking', orders: [], summary, startedAt, ...differing };
}

/** The record of a purchase request that was ordered, with what a test wants to differ. */
export function purchaseRecordOf(
  id: string,
  differing: Partial<PurchaseRequestRecord> = {},
): PurchaseRequestRecord {
  return {
    id,
    ref: `ref:${id}`,
    state: 'ordered',
    origin: { kind: 'api', caller: 'moveworks' },
    concurId: 'c-1',
    status: {
      number: '100417',
      queueStatus: 'CREATED',
      workflowStatus: 'Approved',
      exceptions: [{ code: '0070071', message: 'Quantity does not match', cleared: false }],
      orders: ['PO10417'],
    },
    orders: [{ number: 'PO10417', status: 'Transmitted', vendorCode: 'V-7781' }],
    problems: [],
    correlationId: '3f2c1a70-5d0e-4a55-9c1b-0a7d6f4f8e21',
    summary: purchaseMemoOf(id).summary,
    timeline: [{ at: startedAt, text: 'Created.' }],
    ...differing,
  };
}

/** The part of the tests' engine that is about purchase requests; `TestEngine` has the rest. */
export abstract class TestPurchaseEngine implements PurchaseRequestEngine {
  readonly purchaseRequests = new Map<string, HeldPurchaseRequest>();
  readonly purchaseStarts: PurchaseRequestStart[] = [];
  readonly purchaseLists: PurchaseRequestsRequest[] = [];
  readonly resolvings: { id: string; resolving: Resolving }[] = [];
  /** Names of the calls that find Temporal down. */
  readonly down = new Set<keyof Engine>();
  /** Names of the calls that meet a bug, whose message nobody may see. */
  readonly broken = new Set<keyof Engine>();
  /** Cursor of the next page, and the only one that is valid. */
  nextCursor: string | undefined;
  /** Runs when a start arrives, before it is held. */
  onPurchaseStart: (start: PurchaseRequestStart) => void = () => undefined;
  /** Runs when an answer of a human arrives: the purchase request may end under it. */
  onResolve: () => void = () => undefined;

  openPurchase(id: string, memo: Partial<PurchaseRequestMemo> = {}): HeldPurchaseRequest {
    const held: HeldPurchaseRequest = {
      kind: 'open',
      runId: `run-${id}`,
      memo: purchaseMemoOf(id, memo),
      fingerprint: 'f1',
      record: undefined,
    };
    this.purchaseRequests.set(id, held);
    return held;
  }

  closePurchase(id: string, state: PurchaseRequestState, record?: PurchaseRequestRecord): void {
    Object.assign(this.openPurchase(id, { state }), { kind: 'closed', record });
  }

  async purchaseRequest(id: string): Promise<DescribedPurchaseRequest> {
    await this.reach('purchaseRequest');
    return this.purchaseRequests.get(id) ?? { kind: 'none' };
  }

  async startPurchaseRequest(start: PurchaseRequestStart) {
    await this.reach('startPurchaseRequest');
    this.onPurchaseStart(start);
    if (this.purchaseRequests.has(start.input.id)) return 'exists' as const;
    this.purchaseStarts.push(start);
    const memo = purchaseRequestMemoAtStart(start.input, start.startedAt);
    Object.assign(this.openPurchase(start.input.id, memo), { fingerprint: start.fingerprint });
    return 'started' as const;
  }

  async purchaseRequestRecord(id: string) {
    await this.reach('purchaseRequestRecord');
    return this.purchaseRequests.get(id)?.record;
  }

  async listPurchaseRequests(request: PurchaseRequestsRequest) {
    await this.reach('listPurchaseRequests');
    this.purchaseLists.push(request);
    if (request.cursor !== undefined && request.cursor !== this.nextCursor) {
      throw new InvalidCursor('The cursor is none of ours.');
    }
    const rows = [...this.purchaseRequests.values()]
      .filter(({ memo }) => request.state === undefined || memo?.state === request.state)
      .slice(0, request.limit);
    return { rows, ...(this.nextCursor === undefined ? {} : { cursor: this.nextCursor }) };
  }

  async otherOfConcurId(concurId: string, id: string) {
    await this.reach('otherOfConcurId');
    const all = [...this.purchaseRequests.entries()];
    return all.find(([other, { memo }]) => other !== id && memo?.concurId === concurId)?.[0];
  }

  async resolvePurchaseRequest(id: string, resolving: Resolving) {
    await this.reach('resolvePurchaseRequest');
    this.onResolve();
    if (this.purchaseRequests.get(id)?.kind !== 'open') return 'gone' as const;
    this.resolvings.push({ id, resolving });
    return 'accepted' as const;
  }

  protected async reach(call: keyof Engine): Promise<void> {
    await Promise.resolve();
    if (this.down.has(call)) throw new EngineUnavailable('gRPC status 14');
    if (this.broken.has(call)) throw new Error('jamie@example.com met a bug');
  }
}
