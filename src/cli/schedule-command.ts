import { upsertPollSchedule } from '../worker/schedule.ts';
import { readSettings } from './configuration.ts';
import { print } from './print.ts';
import { externalTarget, lazyClient } from './temporal.ts';

/** `countersign schedule`: creates the poll's schedule or brings it up to date, then ends. */
export async function scheduleCommand(): Promise<number> {
  const settings = readSettings();
  const { client, connection } = lazyClient(externalTarget(settings));
  await upsertPollSchedule(client, settings.config.poll.intervalMs);
  print(`The schedule looks at Coupa every ${settings.config.poll.intervalMs / 1_000} s.`);
  await connection.close();
  return 0;
}
