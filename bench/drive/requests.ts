import { z } from 'zod';
import { call } from './call.ts';

const vendorRequest = z.object({
  at: z.iso.datetime().transform((text) => Date.parse(text)),
  method: z.string(),
  path: z.string(),
  status: z.number().nullable(),
  durationMs: z.number().optional(),
});

/** One request as the vendor recorded it; `at` is its arrival in milliseconds since 1970. */
export type VendorRequest = z.infer<typeof vendorRequest>;

/** The vendor's own record of what it was asked. */
export function vendorRequests(at: string) {
  return {
    requests: () => call(z.array(vendorRequest), 'GET', `${at}/requests`),
    forgetRequests: () => call(z.undefined(), 'DELETE', `${at}/requests`),
  };
}
