import { resolve } from 'node:path';
import { findTemporalCli, findTemporalTestServer } from './temporal-cli.ts';

/**
 * Makes sure that both Temporal programs are there before anything needs them; says nothing when they are.
 *
 * @returns the exit code: 1 after one sentence on stderr
 */
export async function ensureTemporal(): Promise<number> {
  const print = (line: string): void => void process.stderr.write(`${line}\n`);
  const search = {
    home: resolve(process.env['COUNTERSIGN_HOME'] ?? '.countersign'),
    env: process.env,
    log: print,
  };
  try {
    await findTemporalCli(search);
    await findTemporalTestServer(search);
    return 0;
  } catch (error) {
    print(error instanceof Error ? error.message : String(error));
    return 1;
  }
}
