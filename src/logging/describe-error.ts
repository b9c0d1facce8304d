import { types } from 'node:util';

/** What the log says about an error: its kind, its words, and the errors behind it. */
export interface DescribedError {
  readonly name?: string;
  readonly type?: string;
  readonly code?: string | number;
  readonly message: string;
  readonly stack?: string;
  readonly cause?: DescribedError;
}

const maxCauses = 4;
const maxMessageLength = 1_000;

function clip(text: string): string {
  return text.length > maxMessageLength ? `${text.slice(0, maxMessageLength)}...` : text;
}

/** `type` tells Temporal's application failures apart, `code` Node's and gRPC's errors. */
function tag<Key extends 'type' | 'code'>(error: Error, key: Key): { [K in Key]?: string } {
  const value: unknown = Reflect.get(error, key);
  return typeof value === 'string' || typeof value === 'number'
    ? ({ [key]: value } as { [K in Key]?: string })
    : {};
}

/**
 * Describes an error by a fixed choice of its fields. Others are left out: errors carry requests, answers and
 * failure details along, which hold payloads and personal data (P9).
 *
 * @param withStack whether to show where it was thrown
 */
export function describeError(error: unknown, withStack: boolean, depth = maxCauses): DescribedError {
  if (typeof error === 'string') return { message: clip(error) };
  // Workflow code throws errors of its own realm, which `instanceof` does not recognise.
  if (!(error instanceof Error) && !types.isNativeError(error))
    return { message: 'something that is not an error was thrown' };
  return {
    name: error.name,
    ...tag(error, 'type'),
    ...tag(error, 'code'),
    message: clip(error.message),
    ...(withStack && error.stack !== undefined && { stack: error.stack }),
    ...(depth > 1 &&
      error.cause !== undefined && { cause: describeError(error.cause, withStack, depth - 1) }),
  };
}
