import { isGrpcServiceError, ServiceError, type Client } from '@temporalio/client';
import { NamespaceNotFoundError } from '@temporalio/common';
import { EngineUnavailable } from './engine.ts';

/** gRPC's status code, from the SDK's wrapper or from the raw error; undefined when it is neither. */
export function grpcCodeOf(error: unknown): number | undefined {
  const raw = error instanceof ServiceError ? error.cause : error;
  return isGrpcServiceError(raw) ? raw.code : undefined;
}

function asEngineError(error: unknown): unknown {
  if (error instanceof EngineUnavailable) return error;
  const code = grpcCodeOf(error);
  if (code !== undefined) return new EngineUnavailable(`gRPC status ${code}`, { cause: error });
  if (error instanceof ServiceError) return new EngineUnavailable('transport', { cause: error });
  if (error instanceof NamespaceNotFoundError)
    return new EngineUnavailable('no such namespace', { cause: error });
  return error;
}

/**
 * Calls Temporal with an end after `deadlineMs`. The SDK by itself retries for 20 s, and with a gRPC deadline
 * still finishes its last back-off first (up to 1.2 s more): the timer beside it makes the end a hard one.
 * Throws `EngineUnavailable` for a deadline and whatever gRPC reports; the SDK's "not found" errors pass through.
 */
export async function within<T>(client: Client, deadlineMs: number, call: () => Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(new EngineUnavailable('deadline'));
    }, deadlineMs);
  });
  try {
    return await Promise.race([client.withDeadline(Date.now() + deadlineMs, call), late]);
  } catch (error) {
    throw asEngineError(error);
  } finally {
    clearTimeout(timer);
  }
}
