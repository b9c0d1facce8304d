import type { Client } from '@temporalio/client';
import { defaultFailureConverter, defaultPayloadConverter } from '@temporalio/common';
import { describe, expect, it } from 'vitest';
import type { CoupaClient } from '../../connectors/coupa/client.ts';
import { TerminalError } from '../../connectors/http/errors.ts';
import { approvalMemoKey } from '../../contract/approval.ts';
import { beforeFirstPoll, type PassInput } from '../../contract/poll.ts';
import { begin } from './begin.ts';
import { statePass } from './state-pass.ts';

const input: PassInput = {
  ...beforeFirstPoll,
  now: '2026-11-02T10:00:00.000Z',
  maxRequests: 6,
  maxTold: 100,
};

/** Open approvals 1 to `count`, each of a requisition of the same id, by Temporal's pages: its token is a number. */
function temporal(count: number): Client {
  const run = (id: number) => ({
    execution: { workflowId: `approval-${id}`, runId: `run-${id}` },
    memo: {
      fields: {
        [approvalMemoKey]: defaultPayloadConverter.toPayload({
          state: 'asked',
          row: { 'approvable-id': id },
        }),
      },
    },
  });
  const list = ({ pageSize, nextPageToken }: { pageSize: number; nextPageToken: Uint8Array }) => {
    const from = Number(Buffer.from(nextPageToken).toString());
    const upTo = Math.min(count, from + pageSize);
    const executions = Array.from({ length: upTo - from }, (_, index) => run(from + index + 1));
    return Promise.resolve({ executions, nextPageToken: Buffer.from(upTo < count ? String(upTo) : '') });
  };
  return {
    options: {
      namespace: 'default',
      loadedDataConverter: {
        payloadConverter: defaultPayloadConverter,
        failureConverter: defaultFailureConverter,
        payloadCodecs: [],
      },
    },
    workflowService: { listWorkflowExecutions: list },
  } as unknown as Client;
}

/** A tenant that refuses the list, and has nothing in a shape that says anything. */
function refusing() {
  const read = new Set<number>();
  const refusal = (status: number) =>
    Promise.reject(new TerminalError('no', { vendor: 'coupa', operation: 'GET', status }));
  const coupa = {
    listRequisitions: () => refusal(400),
    getRequisition: (id: number) => {
      read.add(id);
      return refusal(422);
    },
  } as unknown as CoupaClient;
  return { coupa, read };
}

describe('the state pass', () => {
  it('goes on from run to run where the list is refused, with fewer requests a run than one page takes', async () => {
    const { coupa, read } = refusing();
    const deps = { coupa, client: temporal(60), policy: 'p' };
    const lists = { useless: false };
    const { signal } = new AbortController();
    const isOver = () => false;
    let stateCursor = '';
    for (let run = 0; run < 40; run += 1) {
      const attempt = { progress: begin({ ...input, stateCursor }), again: false, lists, signal, isOver };
      ({ stateCursor } = await statePass(deps, input, { ...attempt, beat: () => undefined }));
    }
    expect(read.size).toBe(60);
  });
});
