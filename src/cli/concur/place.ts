import type { ConcurConfig } from '../../config/config.ts';
import type { Environment } from '../../config/gather.ts';
import { loadConcurConfig } from '../../config/load-config.ts';
import { formatProblems } from '../../config/report.ts';
import type { Mode } from '../../contract/mode.ts';
import { CommandError } from '../configuration.ts';
import { demoPlace } from './demo-place.ts';

/** Where the commands go, and how far they may go there. */
export interface ConcurPlace {
  readonly concur: ConcurConfig;
  /** The demo's simulator: nothing there is real. */
  readonly sandbox: boolean;
  readonly mode: Mode;
}

const notConfigured =
  'SAP Concur is not configured: set CONCUR_CLIENT_ID, CONCUR_CLIENT_SECRET, CONCUR_COMPANY_UUID and, for the first ' +
  'exchange, CONCUR_COMPANY_REQUEST_TOKEN (.env.example explains them), or run `countersign start` for its sandbox.';

/** SAP Concur as configured, or else as the demo that runs here simulates it. Throws `CommandError`. */
export function concurPlace(env: Environment, say: (text: string) => void): ConcurPlace {
  const loaded = loadConcurConfig(env);
  for (const warning of loaded.warnings) say(`Warning: ${warning}`);
  if (!loaded.ok) throw new CommandError(formatProblems(loaded.problems));
  const { concur, home, mode } = loaded;
  if (concur !== undefined) return { concur, sandbox: false, mode };
  const demo = demoPlace(home);
  if (demo === undefined) throw new CommandError(notConfigured);
  say(`No CONCUR_ variable is set: using the sandbox at ${demo.authUrl}.`);
  return { concur: demo, sandbox: true, mode };
}
