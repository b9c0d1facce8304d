import type { HttpBindings } from '@hono/node-server';
import type { RequestEntry } from './request-record.ts';

/** What every simulator's Hono app carries: Node's socket (faults cut it) and the request's place in the record. */
export type SandboxEnv = { Bindings: HttpBindings; Variables: { entry: RequestEntry } };
