import type { Config } from '../config/config.ts';
import { createLogger, type Logger } from '../logging/logger.ts';

/** The first line of what runs: how far it goes is the first thing to know of it. */
export function logStart(logger: Logger, { policy }: Config): void {
  logger.info({ mode: policy.mode }, 'starting');
}

/** JSON lines for machines, short lines for a person at a terminal. */
export function commandLogger(config: Config): Logger {
  return createLogger({ level: config.logLevel, pretty: process.stdout.isTTY });
}
