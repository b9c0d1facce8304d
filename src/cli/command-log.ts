import type { Config } from '../config/config.ts';
import { createLogger, type Logger } from '../logging/logger.ts';

/** JSON lines for machines, short lines for a person at a terminal. */
export function commandLogger(config: Config): Logger {
  return createLogger({ level: config.logLevel, pretty: process.stdout.isTTY });
}
