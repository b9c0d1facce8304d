import type { Config } from '../config/config.ts';
import { readEnvironment } from '../config/env-file.ts';
import { loadConfig } from '../config/load-config.ts';
import { formatProblems } from '../config/report.ts';
import type { ConnectedConfig } from '../worker/vendors.ts';
import { printError } from './print.ts';

/** Ends the command with its message alone: whoever reads it can act on it, a stack would only hide it. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
}

export interface Settings {
  readonly config: Config;
  /** The environment with `.env` read in, for the parts that read their own names (Temporal's). */
  readonly env: Readonly<Record<string, string>>;
}

/** Reads the configuration; warnings are printed, all problems together end the command. */
export function readSettings(): Settings {
  const env = readEnvironment({ cwd: process.cwd(), env: process.env });
  const loaded = loadConfig(env);
  for (const warning of loaded.warnings) printError(`Warning: ${warning}`);
  if (!loaded.ok) throw new CommandError(formatProblems(loaded.problems));
  return { config: loaded.config, env };
}

/** For the commands that need real vendors: the sandbox belongs to `start` alone. */
export function requireVendors(config: Config): ConnectedConfig {
  const { coupa, moveworks } = config;
  if (coupa === undefined || moveworks === undefined) {
    throw new CommandError(
      'Coupa and Moveworks are not configured: set their variables (.env.example lists them), or try `countersign start`.',
    );
  }
  return { ...config, coupa, moveworks };
}
