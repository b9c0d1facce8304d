import type { LogLevel, LogMetadata, Logger as TemporalLogger } from '@temporalio/common';
import { describeError } from './describe-error.ts';
import type { Logger } from './logger.ts';

/** The metadata that is logged. All else may hold arguments, results or failure details, and is dropped (P9). */
const fields = ['workflowId', 'workflowType', 'activityType', 'taskQueue', 'attempt'] as const;

/** Said of every worker that carries activities alone, which most of ours do. */
const expected = 'No workflows registered, not polling for workflow tasks';

function chosen(meta: LogMetadata | undefined, withStack: boolean): Record<string, unknown> {
  const entry: Record<string, unknown> = {};
  if (meta === undefined) return entry;
  for (const field of fields) {
    const value: unknown = meta[field];
    if (typeof value === 'string' || typeof value === 'number') entry[field] = value;
  }
  const error: unknown = meta['error'];
  if (error !== undefined && error !== null) entry['err'] = describeError(error, withStack);
  return entry;
}

/**
 * A logger for Temporal's `Runtime.install`, which worker, core, activities and workflows then log through. Writes to
 * pino with a fixed choice of metadata; an error's stack is shown at the levels debug and trace.
 */
export function createTemporalLogger(logger: Logger): TemporalLogger {
  const write = (level: LogLevel, message: string, meta?: LogMetadata): void => {
    const name = level.toLowerCase() as Lowercase<LogLevel>;
    if (!logger.isLevelEnabled(name) || message === expected) return;
    logger[name](chosen(meta, logger.isLevelEnabled('debug')), message);
  };
  return {
    log: write,
    trace: (message, meta) => write('TRACE', message, meta),
    debug: (message, meta) => write('DEBUG', message, meta),
    info: (message, meta) => write('INFO', message, meta),
    warn: (message, meta) => write('WARN', message, meta),
    error: (message, meta) => write('ERROR', message, meta),
  };
}
