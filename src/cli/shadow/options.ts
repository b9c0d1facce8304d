import { parseArgs } from 'node:util';
import { parseDuration } from '../../config/duration.ts';

/** What `shadow report` was asked for. */
export interface ReportOptions {
  /** How far back the period reaches. */
  readonly sinceMs: number;
  /** Asked later than this after it could have been: late. */
  readonly lateMs: number;
  readonly json: boolean;
  /** Whether people are named; their Coupa user ids stand for them otherwise (P9). */
  readonly names: boolean;
}

const reportOptions = {
  since: { type: 'string', default: '24h' },
  late: { type: 'string', default: '5m' },
  json: { type: 'boolean', default: false },
  names: { type: 'boolean', default: false },
} as const;

const maxSinceMs = 30 * 86_400_000;

/** The names of the options that this use of `shadow` could have, without their dashes. */
export function shadowOptionNames([what]: readonly string[]): readonly string[] {
  return what === 'report' ? Object.keys(reportOptions) : [];
}

/** Reads the arguments behind `shadow`; one sentence for whoever typed them where they are none of ours. */
export function readReportOptions(args: readonly string[]): ReportOptions | string {
  const [what, ...rest] = args;
  if (what !== 'report') return `shadow needs a word: shadow report`;
  try {
    const { values } = parseArgs({ args: rest, options: reportOptions });
    const sinceMs = parseDuration(values.since);
    const lateMs = parseDuration(values.late);
    if (sinceMs === undefined || sinceMs === 0 || sinceMs > maxSinceMs) {
      return '--since should be a duration such as 24h or 7d, up to 30d';
    }
    if (lateMs === undefined) return '--late should be a duration such as 90s or 5m';
    return { sinceMs, lateMs, json: values.json, names: values.names };
  } catch (error) {
    // Node's own sentence names the option: "Unknown option '--x'".
    return `unknown option: ${error instanceof Error ? (error.message.split('.')[0] ?? '') : rest.join(' ')}`;
  }
}
