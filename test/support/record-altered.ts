import type { Client } from '@temporalio/client';
import { createCoupaClient, type CoupaClient } from '../../src/connectors/coupa/client.ts';
import { createVendors, type Vendors } from '../../src/worker/vendors.ts';
import type { SandboxesOptions } from './sandboxes.ts';
import type { Stack } from './stack.ts';
import { startTestWorkers } from './workers.ts';

/** A requisition as Coupa answers with it; only what is altered is named. */
export type RequisitionBody = Record<string, unknown>;

/** How workers differ from the stack's own. */
interface Other {
  readonly coupa?: CoupaClient;
  readonly moveworks?: Vendors['moveworks'];
  readonly client?: Client;
  readonly policy?: SandboxesOptions['policy'];
}

/** Runs `work` on workers that reach others in another way, or have another policy. Leaves the stack with its own. */
export async function withWorkers(stack: Stack, other: Other, work: () => Promise<void>): Promise<void> {
  const { temporal } = stack;
  const config = { ...stack.config, policy: { ...stack.config.policy, ...other.policy } };
  await stack.stopWorkers();
  const { coupa, moveworks } = createVendors(config);
  const workers = await startTestWorkers({
    temporal,
    config,
    vendors: { coupa: other.coupa ?? coupa, moveworks: other.moveworks ?? moveworks },
    client: other.client ?? stack.client,
  });
  try {
    await work();
  } finally {
    await workers.stop();
    await stack.startWorkers();
  }
}

/**
 * Runs `work` on workers to which Coupa shows requisitions as `alter` makes them: chains that the sandbox never has,
 * such as a row that is pending before its turn.
 */
export function withAltered(
  stack: Stack,
  alter: (requisition: RequisitionBody) => RequisitionBody,
  work: () => Promise<void>,
): Promise<void> {
  const coupa = createCoupaClient({
    ...stack.config.coupa,
    fetch: async (request, init) => {
      const answer = await fetch(request, init);
      const { pathname } = new URL(request instanceof Request ? request.url : request);
      if (!/^\/api\/requisitions\/\d+$/.test(pathname) || !answer.ok) return answer;
      return Response.json(alter((await answer.json()) as RequisitionBody));
    },
  });
  return withWorkers(stack, { coupa }, work);
}

/** Runs `work` on workers whose every start of a workflow first comes through `gate`, which may hold it or fail it. */
export function withGatedStarts(
  stack: Stack,
  gate: () => Promise<void>,
  work: () => Promise<void>,
): Promise<void> {
  const { client } = stack;
  const start: Client['workflow']['start'] = async (...args) => {
    await gate();
    return client.workflow.start(...args);
  };
  const workflow = Object.create(client.workflow, { start: { value: start } }) as Client['workflow'];
  return withWorkers(
    stack,
    { client: Object.create(client, { workflow: { value: workflow } }) as Client },
    work,
  );
}
