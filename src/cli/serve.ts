import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from '@temporalio/client';
import { createApp } from '../api/app.ts';
import type { DocumentRow, DocumentsRequest, ResolvedUser } from '../api/deps.ts';
import { createEngine } from '../api/engine/create-engine.ts';
import { serveApi, type ServedApi } from '../api/serve.ts';
import type { CoupaClient } from '../connectors/coupa/client.ts';
import type { Logger } from '../logging/logger.ts';
import { createReferences } from '../references/references.ts';
import type { ConnectedConfig } from '../worker/vendors.ts';

export interface RunningApi {
  readonly url: string;
  /**
   * Answers 503 on readiness, and for `leaveMs` everything else as ever, so that whoever balances the load has
   * gone before the door closes; then ends the waits for answers with 202, lets requests under way finish for
   * `graceMs`, and closes.
   */
  stop(graceMs: number, leaveMs?: number): Promise<void>;
}

/** Somebody waits for the list: rather a 503 than a long silence. */
const lookUpWithinMs = 5_000;

/** Whom an address belongs to; two active users with one address are nobody (Coupa promises no uniqueness). */
async function resolveUser(coupa: CoupaClient, address: string): Promise<ResolvedUser> {
  const signal = AbortSignal.timeout(lookUpWithinMs);
  const users = await coupa.findUsersByEmail(address, { signal, priority: 'decide' });
  const [user, ...others] = users.filter((each) => each.active !== false);
  if (user === undefined) return { kind: 'none' };
  return others.length > 0 ? { kind: 'ambiguous' } : { kind: 'found', userId: user.id };
}

function groupsOf(coupa: CoupaClient, userId: number): Promise<readonly number[]> {
  return coupa.groupsOfUser(userId, { signal: AbortSignal.timeout(lookUpWithinMs) });
}

/** A page of what waits in Coupa of another type of document. */
async function documentsOf(coupa: CoupaClient, request: DocumentsRequest): Promise<DocumentRow[]> {
  const { type, approverUserId, afterId, limit } = request;
  const rows = await coupa.listDocuments({
    approvableType: type,
    approverId: approverUserId,
    afterId,
    limit,
    signal: AbortSignal.timeout(lookUpWithinMs),
  });
  return rows.map(({ id, approvableId, approvableType, status, updatedAt }) => ({
    id,
    'approvable-id': approvableId,
    'approvable-type': approvableType,
    status,
    'updated-at': updatedAt,
  }));
}

/** The API with everything it needs, listening. */
export async function runApi(deps: {
  config: ConnectedConfig;
  client: Client;
  coupa: CoupaClient;
  logger: Logger;
  port: number;
}): Promise<RunningApi> {
  const { config, client, coupa, logger, port } = deps;
  const draining = new AbortController();
  const closing = new AbortController();
  const app = createApp({
    keys: config.api.keys,
    references: createReferences(config.references.secrets),
    mode: config.policy.mode,
    rejectReason: config.policy.rejectReason,
    cardActions: config.policy.cardActions,
    concur: config.concur !== undefined,
    engine: createEngine({ client }),
    resolveUser: (address) => resolveUser(coupa, address),
    groupsOf: (userId) => groupsOf(coupa, userId),
    documents: (request) => documentsOf(coupa, request),
    logger,
    trustProxy: config.api.trustProxy,
    publicUrl: config.api.publicUrl,
    draining: draining.signal,
    closing: closing.signal,
  });
  const served: ServedApi = await serveApi({
    app: {
      fetch: async (request, env) => {
        const answer = await app.fetch(request, env);
        // A connection kept alive would be cut under the next request that its client sends.
        if (draining.signal.aborted) answer.headers.set('Connection', 'close');
        return answer;
      },
    },
    host: config.api.host,
    port,
  });
  return {
    url: served.url,
    stop: async (graceMs, leaveMs = 0) => {
      draining.abort();
      if (leaveMs > 0) await sleep(leaveMs);
      closing.abort();
      await served.close(graceMs);
    },
  };
}
