import { z } from 'zod';

/** What the sandbox process of a benchmark is told: latency of every answer, and the vendors' limits (0: none). */
export const sandboxSettings = z.object({
  latencyMs: z.number(),
  coupaLimitPerSecond: z.number(),
  moveworksLimitPerMinute: z.number(),
});

export type SandboxSettings = z.infer<typeof sandboxSettings>;

/** Credentials and ids of the benchmark's own vendors; nothing outside this machine knows them. */
export const vendorKeys = {
  coupaClientId: 'bench',
  coupaClientSecret: 'coupa-client-secret-of-the-bench',
  moveworksApiKey: 'moveworks-api-key-of-the-bench',
  eventId: '00000000-0000-4000-8000-000000000001',
  noticeEventId: '00000000-0000-4000-8000-000000000002',
} as const;

const pair = z.object({ coupa: z.string(), moveworks: z.string() });

/** What a started sandbox tells: the vendors of Countersign, and those of the pass-through beside it. */
export const sandboxReady = z.object({ ready: z.object({ ours: pair, beside: pair }) });
