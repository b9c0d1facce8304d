import { z } from 'zod';
import { call } from './call.ts';
import { vendorRequests } from './requests.ts';

const submitted = z.object({ requisitionId: z.number(), approvalId: z.number() });

/** A requisition that waits for its first approver. */
export type Submitted = z.infer<typeof submitted>;

/** What a benchmark does in the sandboxed Coupa. */
export function coupaDrive(url: string) {
  const at = `${url}/sandbox`;
  const submit = () => call(submitted, 'POST', `${at}/requisitions`, {});
  return {
    url,
    submit,
    /** Submits requisitions, a few at a time. */
    async submitMany(count: number): Promise<Submitted[]> {
      const all: Submitted[] = [];
      while (all.length < count) {
        const some = Array.from({ length: Math.min(10, count - all.length) }, submit);
        all.push(...(await Promise.all(some)));
      }
      return all;
    },
    ...vendorRequests(at),
  };
}

export type CoupaDrive = ReturnType<typeof coupaDrive>;
