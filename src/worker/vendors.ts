import type { Config, CoupaConfig, MoveworksConfig } from '../config/config.ts';
import { createCoupaClient, type CoupaClient } from '../connectors/coupa/client.ts';
import { createMoveworksClient, type MoveworksClient } from '../connectors/moveworks/client.ts';
import { inMode } from './in-mode.ts';

/** Clients of both vendors. One of each in a process: its limiter counts what the whole process sends. */
export interface Vendors {
  readonly coupa: CoupaClient;
  readonly moveworks: MoveworksClient;
}

/** A configuration in which both vendors are present: `real`, or the sandbox filled in by the start. */
export type ConnectedConfig = Config & {
  readonly coupa: CoupaConfig & {
    /** How long a new token rests before its first use; absent: as long as Coupa asks for. */
    readonly settleMs?: number;
    /** How long what Coupa says of people serves; absent: 10 minutes. */
    readonly directoryFreshMs?: number;
  };
  readonly moveworks: MoveworksConfig;
};

/** Both clients, which can do no more than the configured mode allows. */
export function createVendors(config: ConnectedConfig): Vendors {
  const { coupa, moveworks } = config;
  return inMode({ coupa: createCoupaClient(coupa), moveworks: createMoveworksClient(moveworks) }, config);
}
