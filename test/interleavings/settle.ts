import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { delegations, groups } from './company.ts';
import { readDocument } from './coupa-truth.ts';
import { brokenPromises, unsettled } from './checks.ts';
import type { RequisitionEvidence, Shown } from './evidence.ts';
import type { Live, Play } from './play.ts';
import { addressOf } from './press.ts';

/** Longer than the minute after which a row that is gone counts as gone, and a decision's slowest retry. */
const settleWithinMs = 180_000;
const longestPauseMs = 5_000;

const shownShape = z.object({
  state: z.string(),
  outcome: z.string().exactOptional(),
  cards: z.array(
    z.object({ userId: z.number(), live: z.boolean().default(false), sent: z.boolean().default(true) }),
  ),
});

/** What the product says of one approval; a state of its own where nobody answers at the moment. */
async function shownOf({ stage }: Play, approvalId: number): Promise<Shown | undefined> {
  const { status, body } = await stage.stack.api.show(approvalId);
  if (status === 404) return undefined;
  return status === 200 ? shownShape.parse(body) : { state: `answered ${status}`, cards: [] };
}

async function openOf({ stage }: Play, requisitionId: number): Promise<Map<number, string[]>> {
  const query = `WorkflowType = "approval" AND ExecutionStatus = "Running" AND RequisitionId = ${requisitionId}`;
  const open = new Map<number, string[]>();
  for await (const { workflowId } of stage.stack.client.workflow.list({ query })) {
    const approvalId = Number(/\d+/.exec(workflowId)?.[0] ?? 0);
    open.set(approvalId, [...(open.get(approvalId) ?? []), workflowId]);
  }
  return open;
}

/** Reads Coupa, Moveworks, the wire and the product on one requisition. `known`: what is closed is not read again. */
async function gather(play: Play, live: Live, known: Map<number, Shown>): Promise<RequisitionEvidence> {
  const { stage } = play;
  const { tap } = stage.stack;
  const [final] = await Promise.all([stage.reader.requisition(live.id), stage.mailbox.refresh()]);
  const wire = tap.about('requisitions', live.id);
  const cards = stage.mailbox.cards(live.id);
  const rows = [final, ...wire.map(({ body }) => readDocument(body))].flatMap(
    (each) => each?.approvals ?? [],
  );
  const chain = rows.filter(({ type }) => type !== 'SelfApproval').map(({ id }) => id);
  const approvalIds = [...new Set([...chain, ...cards.map(({ approvalId }) => approvalId)])];
  const shown = new Map<number, Shown | undefined>();
  for (const approvalId of approvalIds) {
    const now = known.get(approvalId) ?? (await shownOf(play, approvalId));
    shown.set(approvalId, now);
    if (now?.state === 'closed') known.set(approvalId, now);
  }
  const { requesterId, createdById = requesterId } = live.spec;
  return {
    id: live.id,
    directory: { own: [requesterId, createdById], groups, delegations },
    requesterId,
    final,
    approvalIds,
    wire: { requisition: wire, approvals: approvalIds.flatMap((id) => tap.about('approvals', id)) },
    presses: live.presses,
    cards,
    notices: stage.mailbox.notices(live.id),
    shown,
    open: new Map(),
    asksAgain: live.asksAgain,
    restarts: stage.restarts - play.restartsBefore,
  };
}

async function settleOne(play: Play, live: Live): Promise<string[]> {
  const known = new Map<number, Shown>();
  const endsAtMs = performance.now() + settleWithinMs;
  for (let pauseMs = 500; ; pauseMs = Math.min(2 * pauseMs, longestPauseMs)) {
    const evidence = await gather(play, live, known);
    const missing = unsettled(evidence);
    if (missing.length === 0 || performance.now() > endsAtMs) {
      const open = await openOf(play, live.id);
      return [...missing, ...brokenPromises({ ...evidence, open }, addressOf)];
    }
    await sleep(pauseMs);
  }
}

/** Waits until product and Coupa agree, then checks every promise: what was broken, with the requisition it was on. */
export async function settle(play: Play): Promise<string[]> {
  const { stage, live, faults } = play;
  stage.stack.tap.unplan((fault) => faults.includes(fault));
  await Promise.all(play.waiting);
  await stage.stack.api.request('POST', '/poll');
  const broken = await Promise.all(
    live.map(async (each, r) => (await settleOne(play, each)).map((what) => `requisition ${r}: ${what}`)),
  );
  return broken.flat();
}

/** Takes the requisitions of a sequence out of Coupa, so that later polls have less to read. */
export async function clear({ stage, live }: Play): Promise<void> {
  const { coupa, tap } = stage.stack;
  for (const { id } of live) {
    // A sequence may have deleted it already.
    await coupa.remove(id).catch(() => undefined);
    const seen = tap.about('requisitions', id).flatMap(({ body }) => readDocument(body)?.approvals ?? []);
    for (const approval of seen) tap.forget('approvals', approval.id);
    tap.forget('requisitions', id);
    stage.mailbox.forget(id);
  }
}
