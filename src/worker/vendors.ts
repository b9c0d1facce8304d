import type { Config, CoupaConfig, MoveworksConfig } from '../config/config.ts';
import { createCoupaClient, type CoupaClient } from '../connectors/coupa/client.ts';
import { createMoveworksClient, type MoveworksClient } from '../connectors/moveworks/client.ts';

/** Clients of both vendors. One of each in a process: its limiter counts what the whole process sends. */
export interface Vendors {
  readonly coupa: CoupaClient;
  readonly moveworks: MoveworksClient;
}

/** A configuration in which both vendors are present: `real`, or the sandbox filled in by the start. */
export type ConnectedConfig = Config & {
  /** `settleMs`: how long a new token rests before its first use; absent: as long as Coupa asks for. */
  readonly coupa: CoupaConfig & { readonly settleMs?: number };
  readonly moveworks: MoveworksConfig;
};

export function createVendors({ coupa, moveworks }: ConnectedConfig): Vendors {
  return { coupa: createCoupaClient(coupa), moveworks: createMoveworksClient(moveworks) };
}
