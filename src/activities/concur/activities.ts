import { activityInfo, cancellationSignal } from '@temporalio/activity';
import type { ListField } from '../../config/config.ts';
import type { ConcurClient } from '../../connectors/concur/types.ts';
import type {
  CheckResult,
  CreateInput,
  CreateResult,
  ReadOrdersInput,
  ReadResult,
} from '../../contract/concur-work.ts';
import type { PurchaseRequestDocument } from '../../contract/purchase-request-document.ts';
import type { PurchaseOrder } from '../../contract/purchase-request.ts';
import { beating } from '../beating.ts';
import { checkCodes } from './check-codes.ts';
import { create } from './create.ts';
import { readOrders } from './orders.ts';
import { read } from './read.ts';

interface ConcurDeps {
  /** Refuses to create by itself where the mode lets nothing be created. */
  readonly concur: ConcurClient;
  /** How long a purchase request is followed, in milliseconds. */
  readonly followForMs: number;
  /** Custom fields whose codes are looked up before anything is created. */
  readonly listFields: readonly ListField[];
}

/** Activities of the queue `concur`. All of them want a heartbeat time-out: they may wait in the client's limiter. */
export function createConcurActivities({ concur, followForMs, listFields }: ConcurDeps) {
  return {
    /** Looks up the codes that a document names. Throws the client's `RetryableError`s. */
    checkCodes(document: PurchaseRequestDocument): Promise<CheckResult> {
      return beating(() => checkCodes(concur, document, listFields, cancellationSignal()));
    },

    /** One attempt to create. A throw, as any end without a result, is an unknown outcome (P5). */
    createPurchaseRequest(input: CreateInput): Promise<CreateResult> {
      const { attempt } = activityInfo();
      return beating(() => create(concur, input, { attempt, signal: cancellationSignal() }));
    },

    /** What Concur tells of a purchase request now. Throws the client's errors. */
    readPurchaseRequest({ concurId }: { readonly concurId: string }): Promise<ReadResult> {
      return beating(() => read(concur, { concurId, followForMs, signal: cancellationSignal() }));
    },

    /** The purchase orders, in the order of their numbers. Throws the client's `RetryableError`s. */
    readOrders({ numbers }: ReadOrdersInput): Promise<PurchaseOrder[]> {
      return beating(() => readOrders(concur, numbers, cancellationSignal()));
    },
  };
}
