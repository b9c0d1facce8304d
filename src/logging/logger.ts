import {
  destination as standardStream,
  type DestinationStream,
  type Logger,
  pino,
  stdTimeFunctions,
} from 'pino';
import { isColorSupported, PinoPretty } from 'pino-pretty';
import type { LogLevel } from '../config/config.ts';
import { describeError } from './describe-error.ts';
import { redactedPaths } from './redaction.ts';

export type { Logger } from 'pino';

/** How to log. `destination` takes the finished lines; standard output when left out. */
export interface LoggerOptions {
  readonly level: LogLevel;
  /** Short lines for people instead of JSON for machines. */
  readonly pretty: boolean;
  readonly destination?: DestinationStream & NodeJS.WritableStream;
}

/** Colour only where the terminal shows it; `NO_COLOR` and `TERM=dumb` are respected. */
function prettyStream(destination: NodeJS.WritableStream | undefined): DestinationStream {
  return PinoPretty({
    colorize: destination === undefined && isColorSupported,
    translateTime: 'SYS:HH:MM:ss',
    singleLine: true,
    sync: true,
    destination: destination ?? 1,
  });
}

/**
 * Makes the service's logger: one JSON line an entry on standard output, or short lines for people. Credentials and
 * addresses are blotted out by their keys, `Secret` prints itself as redacted, and errors are described by a fixed
 * choice of fields (P9); their stack is shown at the levels debug and trace.
 */
export function createLogger({ level, pretty, destination }: LoggerOptions): Logger {
  const withStack = level === 'debug' || level === 'trace';
  // Written at once, so that lines keep their place among what the command itself prints.
  const jsonStream = (): DestinationStream => destination ?? standardStream({ fd: 1, sync: true });
  const stream = pretty ? prettyStream(destination) : jsonStream();
  const serializeError = (value: unknown): unknown =>
    value instanceof Error ? describeError(value, withStack) : value;
  const options = {
    level,
    base: null,
    timestamp: stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
    redact: { paths: redactedPaths, censor: '[redacted]' },
    serializers: { err: serializeError, error: serializeError },
  };
  return pino(options, stream);
}
