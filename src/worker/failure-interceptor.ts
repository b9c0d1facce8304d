import type { ActivityInboundCallsInterceptor, ActivityInterceptorsFactory } from '@temporalio/worker';
import { toFailure } from '../activities/failures.ts';

const inbound: ActivityInboundCallsInterceptor = {
  async execute(input, next): Promise<unknown> {
    try {
      return await next(input);
    } catch (error) {
      throw toFailure(error);
    }
  },
};

/** Every activity's errors pass through `toFailure`. */
export const failureInterceptor: ActivityInterceptorsFactory = () => ({ inbound });
