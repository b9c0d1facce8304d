import type { ConcurConfig, Config, CoupaConfig, MoveworksConfig } from '../config/config.ts';
import { createConcurClient } from '../connectors/concur/client.ts';
import { createCompanyTokens, type CompanyTokens } from '../connectors/concur/token/company-tokens.ts';
import type { ConcurClient } from '../connectors/concur/types.ts';
import { createCoupaClient, type CoupaClient } from '../connectors/coupa/client.ts';
import { createMoveworksClient, type MoveworksClient } from '../connectors/moveworks/client.ts';
import { inMode } from './in-mode.ts';

/** Clients of the vendors. One of each in a process: its limiter counts what the whole process sends. */
export interface Vendors {
  readonly coupa: CoupaClient;
  readonly moveworks: MoveworksClient;
  /** Absent where SAP Concur is not configured. */
  readonly concur?: ConcurClient;
  /** Those that `concur` works with, for the worker to renew in time. */
  readonly concurTokens?: Pick<CompanyTokens, 'renewIfDue' | 'settled'>;
}

/** A configuration in which Coupa and Moveworks are present: `real`, or the sandbox filled in by the start. */
export type ConnectedConfig = Config & {
  readonly coupa: CoupaConfig & {
    /** How long a new token rests before its first use; absent: as long as Coupa asks for. */
    readonly settleMs?: number;
    /** How long what Coupa says of people serves; absent: 10 minutes. */
    readonly directoryFreshMs?: number;
  };
  readonly moveworks: MoveworksConfig;
  readonly concur?: ConcurConfig & {
    /** How long nothing is sent after a 503, in milliseconds; absent: as long as SAP asks for. */
    readonly restAfter503Ms?: number;
  };
};

function concurOf({ concur: config }: ConnectedConfig): Pick<Vendors, 'concur' | 'concurTokens'> {
  if (config === undefined) return {};
  const concurTokens = createCompanyTokens(config);
  return { concurTokens, concur: createConcurClient({ ...config, tokens: concurTokens }) };
}

/** The clients, which can do no more than the configured mode allows. Nothing is asked of a vendor yet. */
export function createVendors(config: ConnectedConfig): Vendors {
  const { coupa, moveworks } = config;
  return inMode(
    {
      coupa: createCoupaClient(coupa),
      moveworks: createMoveworksClient(moveworks),
      ...concurOf(config),
    },
    config,
  );
}
