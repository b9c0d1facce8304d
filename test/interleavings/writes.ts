import type { WireEntry } from '../support/coupa-tap.ts';
import { entitledTo, isTurn, readDocument, readRow, versionOf } from './coupa-truth.ts';
import type { Press, RequisitionEvidence } from './evidence.ts';

/** Looks run beside a decision: of the reads before a write, the decision's own is one of these. */
const readsConsidered = 3;

const written = { approve: 'approved', reject: 'rejected' } as const;

function isWrite(entry: WireEntry): boolean {
  return entry.method === 'PUT';
}

/** A write that Coupa carried out, whether or not the product heard of it. */
function hadEffect(entry: WireEntry): boolean {
  return isWrite(entry) && entry.status !== undefined && entry.status < 300;
}

function actionOf({ path }: WireEntry): Press['action'] {
  return path.endsWith('/approve') ? 'approve' : 'reject';
}

function pressOf(entry: WireEntry, presses: readonly Press[]): Press | undefined {
  return presses.find(({ mark }) => entry.reason?.endsWith(`: ${mark}`) === true);
}

function readsBefore(entries: readonly WireEntry[], write: WireEntry): readonly WireEntry[] {
  return entries
    .filter(({ method, answered }) => method === 'GET' && answered !== undefined && answered < write.arrived)
    .toSorted((a, b) => (a.answered ?? 0) - (b.answered ?? 0));
}

/** P4: what the reads just before a write must have shown. */
function unread(evidence: RequisitionEvidence, approvalId: number, write: WireEntry, press: Press): string[] {
  const rows = readsBefore(aboutApproval(evidence, approvalId), write).slice(-readsConsidered);
  const documents = readsBefore(evidence.wire.requisition, write).slice(-readsConsidered);
  const mayDecide = rows.some(({ body }) => {
    const row = readRow(body);
    if (row?.status !== 'pending_approval') return false;
    return entitledTo(row, evidence.directory).includes(press.userId);
  });
  const shows = (version: number | undefined) =>
    documents.some(({ body }) => {
      const document = readDocument(body);
      if (document === undefined || !isTurn(approvalId, document)) return false;
      return version === undefined || versionOf(document.total) === version;
    });
  const broken: string[] = [];
  if (!mayDecide) broken.push(`P6: user ${press.userId} decided ${approvalId}, which Coupa did not entitle`);
  if (!shows(undefined)) broken.push(`P4: ${approvalId} was written to without a read that it is its turn`);
  else if (!shows(press.version))
    broken.push(`P4: ${approvalId} was written to although its facts were others`);
  return broken;
}

/** What went over the wire about one approval, in order of arrival. */
export function aboutApproval({ wire }: RequisitionEvidence, approvalId: number): readonly WireEntry[] {
  return wire.approvals.filter(({ path }) => path.split('/')[3] === String(approvalId));
}

/** Who was shown what, before a press without a card (P4). */
function bareVersions({ cards }: RequisitionEvidence, press: Press): readonly (number | undefined)[] {
  const before = cards.filter(
    (card) => card.approvalId === press.approvalId && card.atMs < press.startedAtMs,
  );
  return [...new Set(before.map(({ version }) => version))];
}

function brokenByWrite(evidence: RequisitionEvidence, approvalId: number, write: WireEntry): string[] {
  const press = pressOf(write, evidence.presses);
  if (press === undefined) return [`P6: ${approvalId} was written to and nobody pressed`];
  const broken = unread(evidence, approvalId, write, press);
  if (press.approvalId !== approvalId)
    broken.push(`P6: a press on ${press.approvalId} wrote to ${approvalId}`);
  if (press.action !== actionOf(write))
    broken.push(`P2: ${press.action} of ${approvalId} wrote the opposite`);
  if (press.startedAtMs > write.atMs) broken.push(`P6: ${approvalId} was written to before the press`);
  if (press.kind === 'forged' || press.kind === 'mismatch') {
    broken.push(`P6: a ${press.kind} press wrote to ${approvalId}`);
  }
  if (press.kind === 'bare' && bareVersions(evidence, press).length > 1) {
    broken.push(`P4: a bare id decided ${approvalId} although its cards showed different facts`);
  }
  return broken;
}

/** P2, P4, P5, P6: what the writes to one approval break. */
export function brokenByWrites(evidence: RequisitionEvidence, approvalId: number): string[] {
  const entries = aboutApproval(evidence, approvalId);
  const writes = entries.filter(isWrite);
  const effects = writes.filter(hadEffect);
  const broken = writes.flatMap((write) => brokenByWrite(evidence, approvalId, write));
  if (effects.length > 1) broken.push(`P2: ${effects.length} decisions were carried out on ${approvalId}`);
  for (const [index, write] of writes.entries()) {
    const before = writes[index - 1];
    if (before === undefined) continue;
    const reread = entries.some(
      ({ method, arrived }) => method === 'GET' && arrived > before.arrived && arrived < write.arrived,
    );
    if (!reread) broken.push(`P5: a write to ${approvalId} was repeated without a read between`);
    if (hadEffect(before)) broken.push(`P5: ${approvalId} was written to again after a write that stands`);
  }
  return broken;
}

/** What an answer to a press claims that Coupa does not bear out. */
export function brokenByAnswer(evidence: RequisitionEvidence, press: Press): string[] {
  const { approvalId, action, status, body, mark } = press;
  const effects = aboutApproval(evidence, approvalId).filter(hadEffect);
  const [effect] = effects;
  const own = effects.some((write) => pressOf(write, evidence.presses)?.mark === mark);
  const told = `${action} of ${approvalId} (${press.kind}, ${mark}) was answered ${status ?? 'nothing'}`;
  if (status === 200) {
    const stands = effect !== undefined && actionOf(effect) === action;
    const by = effect === undefined ? undefined : pressOf(effect, evidence.presses)?.userId;
    if (!stands || effects.length !== 1) return [`P3: ${told} and Coupa holds no such decision`];
    if (body.status !== written[action]) return [`P2: ${told} as ${body.status ?? 'nothing'}`];
    if (by !== press.userId || body.decision?.by !== by) return [`P6: ${told} although another decided`];
    return [];
  }
  if (status === 403 || status === 409 || status === 404 || status === 422) {
    if (own) return [`P2: ${told} and yet was carried out`];
    const says = body.decision;
    if (says !== undefined && (effect === undefined || actionOf(effect) !== says.action)) {
      return [`P2: ${told} with a decision that does not stand`];
    }
    return [];
  }
  // Held but not settled in time, or nobody could say: what becomes of it the writes tell.
  return status === 202 || status === 503 || status === null ? [] : [`${told}, which is no answer`];
}
