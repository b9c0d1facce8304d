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
  times?: number;
  status?: number;
  retryAfter?: string;
  delayMs?: number;
}

async function call<T>(method: string, url: string, body?: unknown): Promise<T> {
  const answer = await fetch(url, {
    method,
    ...(body === undefined
      ? {}
      : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
  });
  if (!answer.ok) throw new Error(`${method} ${url}: ${answer.status} ${await answer.text()}`);
  return (answer.status === 204 ? undefined : await answer.json()) as T;
}

export interface Submitted {
  requisitionId: number;
  approvalId: number;
  status: string;
}

export function coupaControl(url: string) {
  const at = `${url}/sandbox`;
  const state = () => call<{ requisitions: SandboxRequisition[] }>('GET', `${at}/state`);
  const requisition = async (id: number): Promise<SandboxRequisition> => {
    const found = (await state()).requisitions.find((each) => each.id === id);
    if (found === undefined) throw new Error(`no requisition ${id} in the sandbox`);
    return found;
  };
  return {
    submit: (body: object = {}) => call<Submitted>('POST', `${at}/requisitions`, body),
    edit: (id: number, body: object) => call('PATCH', `${at}/requisitions/${id}`, body),
    withdraw: (id: number) => call('POST', `${at}/requisitions/${id}/withdraw`),
    resubmit: (id: number) => call<Submitted>('POST', `${at}/requisitions/${id}/submit`),
    remove: (id: number) => call('DELETE', `${at}/requisitions/${id}`),
    refuse: (id: number, message: string | null) =>
      call('PUT', `${at}/requisitions/${id}/refuse`, { message }),
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
