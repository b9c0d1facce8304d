import { z } from 'zod';
import type { Launched } from './launch.ts';

const ready = z.object({ ready: z.object({ port: z.number() }) });

/** The address of a program of the bench that serves HTTP, once it does. */
export async function listening(child: Launched): Promise<string> {
  const { port } = (await child.message(ready, 60_000)).ready;
  return `http://127.0.0.1:${port}`;
}
