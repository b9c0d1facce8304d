import { onItsOwn } from './on-its-own.ts';
import { until } from './until.ts';

/** What a test does in the sandboxed vendors, by their control routes, and what it reads there. */

export interface SandboxApproval {
  id: number;
  status: string;
  approverId: number;
  approvedById: number | null;
  note: string | null;
}

export interface SandboxRequisition {
  id: number;
  title: string;
  status: string;
  total: string;
  approvals: SandboxApproval[];
  currentApprovalId: number | null;
}

export interface SandboxMessage {
  id: number;
  kind: 'decision' | 'notice';
  message: string;
  recipients: string[];
  slots: Record<string, string>;
  /** The buttons of its event, and what they call. */
  actions: { label: string; path: string }[];
}

export interface SandboxRequest {
  /** When it arrived, UTC. */
  at: string;
  method: string;
  path: string;
  query: Record<string, string>;
  status: number | null;
  /** Until it was answered; absent while under way. */
  durationMs?: number;
  effect?: 'approved' | 'rejected';
  approvalId?: number;
  /** The kind of fault that was played on it. */
  fault?: string;
}

export interface Fault {
  route: string;
  kind: string;
  /** Meets only requests whose path has this id as a segment. */
  id?: number;
  times?: number;
  status?: number;
  retryAfter?: string;
  delayMs?: number;
  /** Where a redirect leads. */
  location?: string;
}

async function call<T>(method: string, url: string, body?: unknown): Promise<T> {
  const answer = await fetch(url, {
    method,
    headers: { ...onItsOwn, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (!answer.ok) throw new Error(`${method} ${url}: ${answer.status} ${await answer.text()}`);
  return (answer.status === 204 ? undefined : await answer.json()) as T;
}

export interface Submitted {
  requisitionId: number;
  approvalId: number;
  /** All whose turn it is: several while a parallel step waits. */
  approvalIds: number[];
  status: string;
}

/** The pending row of a document that is no requisition. */
export interface SandboxDocument {
  approvalId: number;
  status: string;
  type: string;
  documentId: number;
}

/** Where the generated requisitions and their rows lie. */
export interface GeneratedRows {
  firstApprovalId: number;
  lastApprovalId: number;
  firstRequisitionId: number;
  lastRequisitionId: number;
}

export function coupaControl(url: string) {
  const at = `${url}/sandbox`;
  const state = () =>
    call<{ requisitions: SandboxRequisition[]; documents: SandboxDocument[] }>('GET', `${at}/state`);
  const requisition = (id: number) => call<SandboxRequisition>('GET', `${at}/requisitions/${id}`);
  return {
    /** `chain`: its steps in order, each a user id, `{group: id}` or `{parallel: [user ids]}`. */
    submit: (body: object = {}) => call<Submitted>('POST', `${at}/requisitions`, body),
    edit: (id: number, body: object) => call('PATCH', `${at}/requisitions/${id}`, body),
    withdraw: (id: number) => call('POST', `${at}/requisitions/${id}/withdraw`),
    resubmit: (id: number) => call<Submitted>('POST', `${at}/requisitions/${id}/submit`),
    remove: (id: number) => call('DELETE', `${at}/requisitions/${id}`),
    /** The chain begins anew: undecided rows are gone, the new ones have new ids. */
    restart: (id: number) => call<Submitted>('POST', `${at}/requisitions/${id}/restart`),
    refuse: (id: number, message: string | null, on: 'approve' | 'reject' | 'both' = 'approve') =>
      call('PUT', `${at}/requisitions/${id}/refuse`, { message, on }),
    /** In place the approver changes and no date does; with `newRow` this one ends and another takes its turn. */
    escalate: (approvalId: number, body: { toUserId: number; newRow?: boolean }) =>
      call('POST', `${at}/approvals/${approvalId}/escalate`, body),
    skip: (approvalId: number) => call('POST', `${at}/approvals/${approvalId}/skip`),
    /** Pending rows of documents that are no requisitions. */
    documents: (body: { type: string; count?: number; approverId?: number }) =>
      call<{ approvals: { approvalId: number; documentId: number }[] }>('POST', `${at}/documents`, body),
    person: (id: number, body: { active?: boolean; email?: string }) =>
      call('PATCH', `${at}/people/${id}`, body),
    group: (id: number, body: { name: string; userIds: number[]; active?: boolean }) =>
      call('PUT', `${at}/groups/${id}`, body),
    /** Times are seconds from now, null for none; in force for the next hour unless told. Answers the id. */
    delegate: async (body: {
      delegatorId: number;
      delegateId: number;
      startsInS?: number | null;
      endsInS?: number | null;
      approvals?: boolean;
    }): Promise<number> => (await call<{ id: number }>('POST', `${at}/delegations`, body)).id,
    undelegate: (delegationId: number) => call('DELETE', `${at}/delegations/${delegationId}`),
    /** Fills the tenant with pending requisitions, the same ones for the same seed. */
    rows: (body: { seed: number; count: number; decided?: number; submittedWithinS?: number }) =>
      call<GeneratedRows>('POST', `${at}/rows`, body),
    decide: (approvalId: number, body: { action: 'approve' | 'reject'; userId?: number; reason?: string }) =>
      call('POST', `${at}/approvals/${approvalId}/decide`, body),
    patchApproval: (approvalId: number, body: object) => call('PATCH', `${at}/approvals/${approvalId}`, body),
    settings: (body: object) => call('PUT', `${at}/settings`, body),
    expireTokens: () => call('POST', `${at}/expire-tokens`),
    fault: (fault: Fault) => call('POST', `${at}/faults`, fault),
    clearFaults: () => call('DELETE', `${at}/faults`),
    requests: () => call<SandboxRequest[]>('GET', `${at}/requests`),
    state,
    requisition,
    approval: async (requisitionId: number, approvalId: number): Promise<SandboxApproval> => {
      const found = (await requisition(requisitionId)).approvals.find((each) => each.id === approvalId);
      if (found === undefined) throw new Error(`no approval ${approvalId} in the sandbox`);
      return found;
    },
    /** Writes that had an effect on an approval: the promise is that there is never more than one. */
    effects: async (approvalId: number): Promise<SandboxRequest[]> =>
      (await call<SandboxRequest[]>('GET', `${at}/requests`)).filter(
        (request) => request.effect !== undefined && request.path.includes(`/approvals/${approvalId}/`),
      ),
  };
}

export function moveworksControl(url: string) {
  const at = `${url}/sandbox`;
  /** All of them, or those that came after the one with the id `after`. */
  const messages = async (after = 0) =>
    (await call<{ messages: SandboxMessage[] }>('GET', `${at}/messages?after=${after}`)).messages;
  const cards = async (approvalId: number) =>
    (await messages()).filter((message) => message.slots['approval_id']?.startsWith(`${approvalId}.`));
  return {
    messages,
    cards,
    inbox: async (address: string) =>
      (await call<{ messages: SandboxMessage[] }>('GET', `${at}/inbox/${address}`)).messages,
    /** The reference in the `count`th card of an approval, once it has arrived. */
    card: (approvalId: number, count = 1): Promise<string> =>
      until(
        `card ${count} of approval ${approvalId}`,
        async () => (await cards(approvalId))[count - 1]?.slots['approval_id'],
      ),
    settings: (body: object) => call('PUT', `${at}/settings`, body),
    fault: (fault: Fault) => call('POST', `${at}/faults`, fault),
    clearFaults: () => call('DELETE', `${at}/faults`),
    requests: () => call<SandboxRequest[]>('GET', `${at}/requests`),
  };
}

/** An exception of a purchase request in SAP Concur. */
interface SandboxException {
  eventCode?: string;
  exceptionCode?: string;
  isCleared?: boolean;
  message?: string;
}

export interface SandboxPurchaseRequest {
  id: string;
  /** As it arrived. */
  body: Record<string, unknown>;
  /** What stands after `ref:` at the start of its comments. */
  ref: string | null;
  /** The `concur-correlationid` that it came with. */
  correlationId: string | null;
  currency: string;
  total: string;
  /** UUID of whom it is assigned to. */
  requester: string;
  createdWith: 'company' | 'user';
  receivedAt: string;
  /** How often the API was asked for it. */
  reads: number;
  queueStatus: string;
  number: string | null;
  workflowStatus: string | null;
  exceptions: SandboxException[];
  orders: string[];
}

/** Of a simulated SAP Concur; without a URL there is none, and every call says so. */
export function concurControl(url: string | undefined) {
  const ask = <T>(method: string, path: string, body?: unknown): Promise<T> => {
    if (url === undefined) throw new Error('there is no simulated SAP Concur: start the stack with `concur`');
    return call<T>(method, `${url}/sandbox${path}`, body);
  };
  const all = async () =>
    (await ask<{ purchaseRequests: SandboxPurchaseRequest[] }>('GET', '/purchase-requests')).purchaseRequests;
  const act = (id: string, action: string, body?: object) =>
    ask<SandboxPurchaseRequest>('POST', `/purchase-requests/${id}/${action}`, body);
  return {
    /** All that were accepted, in order of arrival. */
    purchaseRequests: all,
    purchaseRequest: (id: string) => ask<SandboxPurchaseRequest>('GET', `/purchase-requests/${id}`),
    /** Those that carry this id of ours: the promise is that there is never more than one. */
    withRef: async (id: string) => (await all()).filter(({ ref }) => ref === id),
    /** The request that carries this id of ours, once it has arrived. */
    arrived: (id: string): Promise<SandboxPurchaseRequest> =>
      until(`a purchase request with ref:${id}`, async () => (await all()).find(({ ref }) => ref === id)),
    approve: (id: string) => act(id, 'approve'),
    sendBack: (id: string) => act(id, 'send-back'),
    expire: (id: string) => act(id, 'expire'),
    /** Ends the wait for its creation, for good or for bad. */
    create: (id: string) => act(id, 'create'),
    fail: (id: string, exceptions?: SandboxException[]) =>
      act(id, 'fail', exceptions === undefined ? {} : { exceptions }),
    /** Any text is taken for a status. */
    status: (
      id: string,
      body: { queueStatus?: string; workflowStatus?: string; exceptions?: SandboxException[] },
    ) => act(id, 'status', body),
    /** Its id is unknown from now on. */
    remove: (id: string) => ask('DELETE', `/purchase-requests/${id}`),
    vendor: (body: { vendorCode: string; addressCode: string; name: string; approved?: boolean }) =>
      ask('PUT', '/vendors', body),
    removeVendor: (vendorCode: string, addressCode: string) =>
      ask('DELETE', `/vendors/${vendorCode}/${addressCode}`),
    list: (
      id: string,
      body: { name: string; items: { code: string; name: string; deleted?: boolean }[]; deleted?: boolean },
    ) => ask('PUT', `/lists/${id}`, body),
    removeList: (id: string) => ask('DELETE', `/lists/${id}`),
    settings: (body: object) => ask('PUT', '/settings', body),
    /** Access tokens are dead at once; `refresh`: refresh tokens as well. */
    expireTokens: (options: { refresh?: boolean } = {}) =>
      ask('POST', `/expire-tokens?refresh=${String(options.refresh === true)}`),
    fault: (fault: Fault) => ask('POST', '/faults', fault),
    clearFaults: () => ask('DELETE', '/faults'),
    requests: () => ask<SandboxRequest[]>('GET', '/requests'),
    forgetRequests: () => ask('DELETE', '/requests'),
  };
}
