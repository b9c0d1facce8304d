import {
  defaultGrpcRetryOptions,
  makeGrpcRetryInterceptor,
  type ConnectionOptions,
} from '@temporalio/client';

type Interceptor = NonNullable<ConnectionOptions['interceptors']>[number];
type Call = ReturnType<Parameters<Interceptor>[1]>;

/** gRPC's CANCELLED, which the SDK does not try again. */
const cancelled = 1;

/** A call that ends as soon as it starts. */
const endedCall: Call = {
  start: (metadata, listener) => {
    queueMicrotask(() => {
      // Every call of Temporal's has one message, and the SDK waits for it even where there is none.
      listener?.onReceiveMessage?.(null);
      // eslint-disable-next-line @typescript-eslint/no-unsafe-enum-assignment -- gRPC's enum is the SDK's own dependency
      listener?.onReceiveStatus?.({ code: cancelled, details: 'the connection is closed', metadata });
    });
  },
  cancelWithStatus: () => undefined,
  sendMessage: () => undefined,
  sendMessageWithContext: () => undefined,
  halfClose: () => undefined,
  startRead: () => undefined,
  getPeer: () => 'nobody',
  getAuthContext: () => null,
};

/**
 * The SDK's retries, for a connection that may be closed while one is planned. By itself the SDK throws then, out of a
 * timer, which ends the process, and the caller never hears of it; so such a call ends as cancelled.
 */
export function clientRetries(): Interceptor {
  const retries = makeGrpcRetryInterceptor(defaultGrpcRetryOptions());
  return (options, nextCall) =>
    retries(options, (given) => {
      try {
        return nextCall(given);
      } catch {
        return endedCall;
      }
    });
}
