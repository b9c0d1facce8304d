import { z } from 'zod';
import { call } from './call.ts';
import { vendorRequests } from './requests.ts';

const submitted = z.object({ requisitionId: z.number(), approvalId: z.number() });

const generated = z.object({ firstApprovalId: z.number(), lastApprovalId: z.number() });

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
    /** Fills the tenant with pending requisitions, the same ones for the same seed. */
    rows: (seed: number, count: number) => call(generated, 'POST', `${at}/rows`, { seed, count }),
    withdraw: (requisitionId: number) =>
      call(z.unknown(), 'POST', `${at}/requisitions/${requisitionId}/withdraw`),
    settings: (body: object) => call(z.undefined(), 'PUT', `${at}/settings`, body),
    ...vendorRequests(at),
  };
}

export type CoupaDrive = ReturnType<typeof coupaDrive>;
