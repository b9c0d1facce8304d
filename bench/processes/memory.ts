import { z } from 'zod';

/** The heap of one thread of the measured process: the main one has id 0. */
const threadHeap = z.object({ threadId: z.number(), usedBytes: z.number(), totalBytes: z.number() });

/** Memory of the measured process after garbage collection in every thread. */
const memory = z.object({ rssBytes: z.number(), heaps: z.array(threadHeap) });

export type Memory = z.infer<typeof memory>;

/** What the probe in the measured process answers. */
export const memoryAnswer = z.object({ memory });
