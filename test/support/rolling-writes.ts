import type { SandboxRequest } from './sandbox-control.ts';

const ofOneApproval = /^\/api\/approvals\/(\d+)(?:\/(approve|reject))?$/;

/** Until when a write may have had no effect yet, UTC milliseconds. One whose answer is outstanding may never have. */
function decidedAt({ at, durationMs }: SandboxRequest): number {
  return durationMs === undefined ? Infinity : Date.parse(at) + durationMs;
}

/**
 * The writes to Coupa that P4 and P5 forbid, from the record in order of arrival: those without a read of their
 * approval since the write before, and those whose read came when the approval was decided already.
 */
export function unfoundedWrites(requests: readonly SandboxRequest[]): SandboxRequest[] {
  const rows = new Map<string, { readAtMs: number | undefined; decidedAtMs: number }>();
  const unfounded: SandboxRequest[] = [];
  for (const request of requests) {
    const [, id, write] = ofOneApproval.exec(request.path) ?? [];
    if (id === undefined) continue;
    const row = rows.get(id) ?? { readAtMs: undefined, decidedAtMs: Infinity };
    rows.set(id, row);
    if (write === undefined) {
      row.readAtMs = Date.parse(request.at);
      continue;
    }
    if (row.readAtMs === undefined || row.readAtMs > row.decidedAtMs) unfounded.push(request);
    row.readAtMs = undefined;
    if (request.effect !== undefined) row.decidedAtMs = decidedAt(request);
  }
  return unfounded;
}

/** The id of the approval that a request writes to; undefined when it writes to none. */
function writeOf({ path }: SandboxRequest): string | undefined {
  const [, id, write] = ofOneApproval.exec(path) ?? [];
  return write === undefined ? undefined : id;
}

/** The writes that Coupa held up and that nobody made again, each with all that was asked about its approval. */
export function abandonedWrites(requests: readonly SandboxRequest[]): (readonly SandboxRequest[])[] {
  return requests.flatMap((held, index) => {
    if (held.fault !== 'delay') return [];
    const id = writeOf(held);
    if (requests.slice(index + 1).some((later) => writeOf(later) === id)) return [];
    return [requests.filter(({ path }) => ofOneApproval.exec(path)?.[1] === id)];
  });
}
