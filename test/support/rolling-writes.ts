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

/** The approvals that more than one write was made for. */
export function writtenAgain(requests: readonly SandboxRequest[]): string[] {
  const ids = requests.flatMap(({ path }) => {
    const [, id, write] = ofOneApproval.exec(path) ?? [];
    return id === undefined || write === undefined ? [] : [id];
  });
  return [...new Set(ids.filter((id, index) => ids.indexOf(id) !== index))];
}
