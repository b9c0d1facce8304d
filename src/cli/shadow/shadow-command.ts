import { createVendors } from '../../worker/vendors.ts';
import { CommandError, readSettings, requireVendors } from '../configuration.ts';
import { print, printError } from '../print.ts';
import { externalTarget, lazyClient } from '../temporal.ts';
import { readReportOptions } from './options.ts';
import { makeReport } from './report.ts';
import { reportText } from './report-text.ts';

/** `countersign shadow report`: reads Temporal and Coupa, writes nothing, and ends. */
export async function shadowCommand(args: readonly string[]): Promise<number> {
  const options = readReportOptions(args);
  if (typeof options === 'string') {
    printError(`countersign: ${options}`);
    return 2;
  }
  const settings = readSettings();
  const config = requireVendors(settings.config);
  const { client, connection } = lazyClient(externalTarget(settings));
  const now = new Date();
  const since = new Date(now.getTime() - options.sinceMs);
  const { coupa } = createVendors({ ...config, policy: { ...config.policy, mode: 'shadow' } });
  const deps = { client, coupa, mode: config.policy.mode, apiLogin: config.coupa.apiLogin };
  try {
    const report = await makeReport(deps, { since, now, lateMs: options.lateMs, names: options.names });
    print(options.json ? JSON.stringify(report, null, 2) : reportText(report));
  } catch (error) {
    // Temporal and Coupa say in one line what is wrong and what to do.
    throw error instanceof Error ? new CommandError(error.message, { cause: error }) : error;
  }
  await connection.close();
  return 0;
}
