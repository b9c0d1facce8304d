import { Context } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';
import type {
  CheckResult,
  CreateInput,
  CreateResult,
  LinkInput,
  PrepareHandOffInput,
  Prepared,
  ReadOrdersInput,
  ReadResult,
  TellPurchaseRequesterInput,
} from '../../src/contract/concur-work.ts';
import type { PurchaseRequestDocument } from '../../src/contract/purchase-request-document.ts';
import {
  summaryOf,
  type PurchaseOrder,
  type PurchaseRequestStatus,
} from '../../src/contract/purchase-request.ts';

export const someDocument: PurchaseRequestDocument = {
  userLoginId: 'dana@example.test',
  description: 'Lab restock',
  currencyCode: 'USD',
  lineItems: [
    {
      purchaseType: 'GOODS',
      vendorCode: 'V-1',
      vendorAddressCode: 'V-1-A',
      description: 'Gloves',
      quantity: '12',
      unitPrice: '18.75',
    },
  ],
};

/** What the activities of a purchase request take and answer. */
interface PurchaseActivities {
  readonly checkCodes: (document: PurchaseRequestDocument) => Promise<CheckResult>;
  readonly createPurchaseRequest: (input: CreateInput) => Promise<CreateResult>;
  readonly readPurchaseRequest: (input: { readonly concurId: string }) => Promise<ReadResult>;
  readonly readOrders: (input: ReadOrdersInput) => Promise<readonly PurchaseOrder[]>;
  readonly prepareHandOff: (input: PrepareHandOffInput) => Promise<Prepared>;
  readonly linkRequisition: (input: LinkInput) => Promise<'linked' | 'already linked'>;
  readonly tellPurchaseRequester: (input: TellPurchaseRequesterInput) => Promise<'sent' | 'not wanted'>;
}
export type ActivityName = keyof PurchaseActivities;
type InputOf<Name extends ActivityName> = Parameters<PurchaseActivities[Name]>[0];
type AnswerOf<Name extends ActivityName> = Awaited<ReturnType<PurchaseActivities[Name]>>;

/** What an activity does, call by call; the last one stays. */
export type PurchaseScript = {
  readonly [Name in ActivityName]?: readonly (
    AnswerOf<Name> | ((input: InputOf<Name>) => AnswerOf<Name> | Promise<AnswerOf<Name>>)
  )[];
};

/** A call of an activity, as it came. */
export interface PurchaseCall {
  readonly activity: ActivityName;
  readonly input: unknown;
}

/** Nothing is in its way: all codes are right, Concur takes it and has it for ever on its way. */
const usual: PurchaseActivities = {
  checkCodes: (document) => Promise.resolve({ problems: [], notChecked: [], summary: summaryOf(document) }),
  createPurchaseRequest: () => Promise.resolve({ kind: 'accepted', concurId: 'c-1' }),
  readPurchaseRequest: () => Promise.resolve(found({ queueStatus: 'PENDING_CREATION' })),
  readOrders: ({ numbers }) => Promise.resolve(numbers.map((number) => ({ number, status: 'Transmitted' }))),
  prepareHandOff: () =>
    Promise.resolve({ kind: 'ready', document: someDocument, notify: 'dana@example.test' }),
  linkRequisition: () => Promise.resolve('linked'),
  tellPurchaseRequester: () => Promise.resolve('sent'),
};

/** A look that finds this; it is followed for three hours. */
export function found(status: Partial<PurchaseRequestStatus>, followForMs = 3 * 3_600_000): ReadResult {
  return { kind: 'found', followForMs, status: { exceptions: [], orders: [], ...status } };
}

export const notFound: ReadResult = { kind: 'notFound', followForMs: 3 * 3_600_000 };

/** An activity's failure; `lasting`: Temporal does not retry it. */
export function failing(message: string, lasting = false, type = 'TerminalError'): () => never {
  return () => {
    throw ApplicationFailure.create({ type, message, nonRetryable: lasting });
  };
}

/** Activities that do what the script of their workflow says, and the calls of them by workflow. */
export function scriptedPurchases() {
  const scripts = new Map<string, Record<string, unknown[]>>();
  const calls = new Map<string, PurchaseCall[]>();

  const scripted =
    (activity: ActivityName) =>
    (input: unknown): unknown => {
      const workflowId = Context.current().info.workflowExecution?.workflowId ?? '';
      calls.set(workflowId, [...(calls.get(workflowId) ?? []), { activity, input }]);
      const turns = scripts.get(workflowId)?.[activity] ?? [];
      const turn = turns.length > 1 ? turns.shift() : turns[0];
      const act = turn ?? usual[activity];
      return typeof act === 'function' ? (act as (input: unknown) => unknown)(input) : act;
    };
  const pick = (...names: ActivityName[]) => Object.fromEntries(names.map((name) => [name, scripted(name)]));
  return {
    concur: pick('checkCodes', 'createPurchaseRequest', 'readPurchaseRequest', 'readOrders'),
    coupaRead: pick('prepareHandOff', 'linkRequisition'),
    moveworks: pick('tellPurchaseRequester'),
    calls: (workflowId: string): readonly PurchaseCall[] => calls.get(workflowId) ?? [],
    script: (workflowId: string, script: PurchaseScript): void => {
      scripts.set(
        workflowId,
        Object.fromEntries(Object.entries(script).map(([name, turns]) => [name, [...turns]])),
      );
    },
  };
}
