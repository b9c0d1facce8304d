import type { WorkflowHandle } from '@temporalio/client';
import { expect } from 'vitest';
import { personOf } from '../../sandbox/world/people.ts';
import { recheck } from '../../src/activities/engine/approvals.ts';
import { approvalMemoKey, type ApprovalMemo } from '../../src/contract/approval.ts';
import { afterWorkflowId, approvalWorkflowId } from '../../src/contract/ids.ts';
import { lookUpSignal } from '../../src/contract/messages.ts';
import { lookUpCardId } from '../../src/references/card-ids.ts';
import type { ApiAnswer } from './api-client.ts';
import { startOutageStack, type CoupaChange } from './outage-stack.ts';
import type { SandboxMessage } from './sandbox-control.ts';
import type { SandboxesOptions } from './sandboxes.ts';
import { until } from './until.ts';

/** People of the sandbox by their Coupa user ids. */
export const [rhea, pat, ollie, neda] = [101, 102, 103, 104];
export const [ada, bo, cy, di, cher] = [201, 202, 203, 204, 205];
/** Whom Coupa records for what we do. */
export const apiUser = 900;

export const addressOf = (userId: number): string => personOf(userId).email;

/** The answer to a press as its status and the kind of its problem: `409 decided`. */
export function said({ status, body }: ApiAnswer): string {
  const kind = body.type?.replace('urn:countersign:problem:', '') ?? body.status ?? '';
  return `${status} ${kind}`;
}

/** What differs in Coupa's client, or on its way to Coupa. */
type ClientChange = CoupaChange & { readonly fetch?: typeof fetch };

/** A stack that looks at Coupa only when told, so that a test knows what was seen when, and what to ask of it. */
export async function startWays(options: SandboxesOptions = {}, change: ClientChange = {}) {
  const stack = await startOutageStack(options);
  await stack.startWorkers(change);
  const { client, coupa, moveworks, api, references } = stack;
  const delegations = new Set<number>();
  const changed = new Set<number>();

  const handleOf = (approvalId: number) => client.workflow.getHandle(approvalWorkflowId(approvalId));
  const eventsOf = async (handle: WorkflowHandle) => (await handle.fetchHistory()).events ?? [];

  /** The user ids of those who got a card of this approval, once for each card, in order: cards go out side by side. */
  const holders = async (approvalId: number): Promise<number[]> =>
    (await moveworks.cards(approvalId))
      .map(({ slots }) => Number(slots['approval_id']?.split('.')[1]))
      .toSorted((a, b) => a - b);

  const cardTo = (approvalId: number, userId: number, count = 1): Promise<SandboxMessage> =>
    until(`card ${count} of approval ${approvalId} to ${userId}`, async () => {
      const mine = (await moveworks.cards(approvalId)).filter(
        ({ slots }) => slots['approval_id']?.split('.')[1] === String(userId),
      );
      return mine[count - 1];
    });

  /** Waits until nothing is under way for an approval, and all that it told people has reached them. */
  async function settled(approvalId: number): Promise<void> {
    const handle = handleOf(approvalId);
    await until(`approval ${approvalId} to be at rest`, async () => {
      const { raw } = await handle.describe();
      return raw.pendingWorkflowTask == null && (raw.pendingActivities ?? []).length === 0;
    });
    for (const { activityTaskScheduledEventAttributes: scheduled } of await eventsOf(handle)) {
      if (scheduled?.activityType?.name !== 'startAfter') continue;
      const input = Buffer.from(scheduled.input?.payloads?.[0]?.data ?? []).toString();
      const { cause } = JSON.parse(input) as { cause: string };
      await client.workflow.getHandle(afterWorkflowId(approvalId, cause)).result();
    }
  }

  /** Tells an approval to look at Coupa, and waits until it has, and has done what follows from it. */
  async function looked(approvalId: number): Promise<void> {
    const handle = handleOf(approvalId);
    await recheck(client, approvalId);
    await until(`approval ${approvalId} to have looked`, async () => {
      const events = await eventsOf(handle);
      const told = events.findLastIndex(
        ({ workflowExecutionSignaledEventAttributes: signal }) => signal?.signalName === 'recheck',
      );
      const begun = new Set(
        events
          .slice(told)
          .filter(
            (event) => event.activityTaskScheduledEventAttributes?.activityType?.name === 'readApproval',
          )
          .map(({ eventId }) => String(eventId)),
      );
      return events.some(({ activityTaskCompletedEventAttributes: done }) =>
        begun.has(String(done?.scheduledEventId)),
      );
    });
    await settled(approvalId);
  }

  const noticesTo = async (userId: number, requisitionId: number): Promise<string[]> =>
    (await moveworks.inbox(addressOf(userId)))
      .filter(({ kind }) => kind === 'notice')
      .map(({ message }) => message)
      .filter((message) => message.includes(`Requisition ID</i>: ${requisitionId}`));

  /** All that was asked of Coupa to change this approval, whether or not it did. */
  const writes = async (approvalId: number) =>
    (await coupa.requests()).filter(
      ({ method, path }) => method === 'PUT' && path.startsWith(`/api/approvals/${approvalId}/`),
    );

  /** A reference as a look-up hands it out, made for whomever it pleases: what stops them is not the want of one. */
  async function referenceFor(approvalId: number, userId: number): Promise<string> {
    const handle = handleOf(approvalId);
    const { memo, runId } = await handle.describe();
    const { factsHash = '' } = (memo?.[approvalMemoKey] ?? {}) as Partial<ApprovalMemo>;
    const card = lookUpCardId({ runId, userId, factsHash });
    await handle.signal(lookUpSignal, { cardId: card, userId, factsHash });
    return references.sign({ approvalId, userId, card });
  }

  return {
    ...stack,
    handleOf,
    holders,
    settled,
    looked,
    noticesTo,
    writes,
    referenceFor,
    /** A new requisition that a poll has found. */
    async submit(body: object) {
      const submitted = await coupa.submit(body);
      await stack.poll();
      return submitted;
    },
    /** The reference in the `count`th card that somebody got. */
    card: async (approvalId: number, userId: number, count = 1): Promise<string> =>
      (await cardTo(approvalId, userId, count)).slots['approval_id'] ?? '',
    /** What the `count`th card that somebody got says. */
    cardText: async (approvalId: number, userId: number, count = 1): Promise<string> =>
      (await cardTo(approvalId, userId, count)).message,
    noteOn: async (requisitionId: number, approvalId: number): Promise<string | null> =>
      (await coupa.approval(requisitionId, approvalId)).note,
    /** Polls until it has had an effect: Temporal's list, which polls compare with, lags behind. */
    pollUntil: <T>(what: string, check: () => Promise<T | undefined | false>): Promise<T> =>
      until(what, async () => {
        await stack.poll();
        return check();
      }),
    /** The row that a look-up for somebody shows of an approval. */
    lookUp: (approvalId: number, userId: number) =>
      until(`approval ${approvalId} in the list of ${userId}`, async () => {
        const { body } = await api.request('GET', `/approvals?approver=${userId}&limit=100`);
        return (body['data'] as { id: number; reference: string }[]).find(({ id }) => id === approvalId);
      }),
    /** What a press of somebody is answered who has no card: with a bare id and their address, and with a reference. */
    pressOf: async (approvalId: number, userId: number): Promise<string[]> => [
      said(await api.press(approvalId, { email: addressOf(userId) })),
      said(await api.press(await referenceFor(approvalId, userId))),
    ],
    /** Nothing of a decision ever reached Coupa. */
    expectUnwritten: async (approvalId: number): Promise<void> => {
      expect(await writes(approvalId)).toEqual([]);
    },
    async delegate(body: Parameters<typeof coupa.delegate>[0]): Promise<number> {
      const id = await coupa.delegate(body);
      delegations.add(id);
      return id;
    },
    async undelegate(id: number): Promise<void> {
      delegations.delete(id);
      await coupa.undelegate(id);
    },
    async person(id: number, body: { active?: boolean; email?: string }): Promise<void> {
      changed.add(id);
      await coupa.person(id, body);
    },
    /** Ends all delegations, and gives everybody their account and address back. */
    async reset(): Promise<void> {
      for (const id of delegations) await coupa.undelegate(id);
      for (const id of changed) await coupa.person(id, { active: true, email: addressOf(id) });
      delegations.clear();
      changed.clear();
      await coupa.clearFaults();
    },
  };
}

export type Ways = Awaited<ReturnType<typeof startWays>>;
