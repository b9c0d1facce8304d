import { purchaseRequestRef } from '../../../contract/ids.ts';
import type { PurchaseRequestMemo, PurchaseRequestRecord } from '../../../contract/purchase-request.ts';
import { clip, utf8Bytes } from '../../bytes.ts';
import { stateOf, type PurchaseCore } from './state.ts';

/** The whole memo in bytes of JSON: Temporal's worker warns at 2 KiB, and another key lies beside it. */
const memoBytes = 1_800;
/** Bounds of free text, in bytes of JSON: one script needs three for a character where another needs one. */
const descriptionBytes = 400;
const statusBytes = 80;
/** Bounds of what is short unless somebody means harm. */
const nameBytes = 64;
const ordersBytes = 300;

const clipped = (text: string) => clip(text, nameBytes);

/** As many numbers of orders as fit. */
function ordersWithin(numbers: readonly string[], bytes: number): string[] {
  let left = bytes;
  return numbers.map(clipped).filter((number) => (left -= utf8Bytes(JSON.stringify(number)) + 1) >= 0);
}

function summaryWithin({ description, currency, total, lines }: PurchaseCore['summary']) {
  return {
    ...(description === undefined ? {} : { description: clip(description, descriptionBytes) }),
    ...(currency === undefined ? {} : { currency: clipped(currency) }),
    ...(total === undefined ? {} : { total: clipped(total) }),
    lines,
  };
}

/** What `describe()` and lists show without a worker, under 2 KiB whatever the texts are. */
export function memoOf(core: PurchaseCore): PurchaseRequestMemo {
  const { id, origin, concurId, knownAs, status, attention, startedAt, notWanted } = core;
  const orders = status?.orders ?? core.orders.map(({ number }) => number);
  const memo: PurchaseRequestMemo = {
    id,
    state: stateOf(core),
    ...(origin.kind === 'handOff' ? { requisitionId: origin.requisitionId } : {}),
    ...(concurId === undefined ? {} : { concurId: clipped(concurId) }),
    ...(knownAs === undefined ? {} : { knownAs: clipped(knownAs) }),
    ...(status?.number === undefined ? {} : { number: clipped(status.number) }),
    ...(status?.queueStatus === undefined ? {} : { queueStatus: clip(status.queueStatus, statusBytes) }),
    ...(notWanted === undefined ? {} : { notWanted }),
    ...(status?.workflowStatus === undefined
      ? {}
      : { workflowStatus: clip(status.workflowStatus, statusBytes) }),
    orders: ordersWithin(orders, ordersBytes),
    ...(attention === undefined ? {} : { attention: { ...attention, what: '' } }),
    summary: summaryWithin(core.summary),
    startedAt,
  };
  if (attention === undefined) return memo;
  const left = memoBytes - utf8Bytes(JSON.stringify(memo));
  return { ...memo, attention: { ...attention, what: clip(attention.what, left) } };
}

/** Everything that is told about it: the query's answer, and the result. */
export function recordOf(core: PurchaseCore): PurchaseRequestRecord {
  const { id, origin, concurId, status, orders, attention, problems, trouble, correlationId } = core;
  return {
    id,
    ref: purchaseRequestRef(id),
    state: stateOf(core),
    origin,
    ...(concurId === undefined ? {} : { concurId }),
    ...(status === undefined ? {} : { status }),
    orders,
    ...(attention === undefined ? {} : { attention }),
    problems,
    ...(trouble === undefined ? {} : { trouble }),
    ...(correlationId === undefined ? {} : { correlationId }),
    summary: core.summary,
    timeline: core.timeline,
  };
}

/** What Temporal's UI shows on top of the workflow, for somebody who has never seen the code. */
export function detailsOf(core: PurchaseCore): string {
  const lines = [
    `**Purchase request ${core.id}: ${stateOf(core)}** ${core.attention?.what ?? core.trouble?.message ?? ''}`,
    ...core.timeline.slice(-12).map((entry) => `- ${entry.at} ${entry.text}`),
  ];
  return lines.join('\n');
}
