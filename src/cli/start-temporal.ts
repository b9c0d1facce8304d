import { searchAttributeKeys } from '../contract/search-attributes.ts';
import type { ChildHandle } from '../embedded/children.ts';
import { startDevServer } from '../embedded/dev-server.ts';
import { freePort } from '../embedded/ports.ts';
import { findTemporalCli } from '../embedded/temporal-cli.ts';
import { externalTarget, embeddedTarget, type TemporalTarget } from './temporal.ts';
import type { Settings } from './configuration.ts';
import { printError } from './print.ts';

export interface StartedTemporal {
  readonly target: TemporalTarget;
  readonly uiUrl?: string;
  /** Absent when the cluster is somebody else's. */
  readonly child?: ChildHandle;
}

const serverPort = 7233;
const uiPort = 8233;

/** The cluster that `TEMPORAL_*` names, or the embedded server with its file below the home folder. */
export async function startTemporal(settings: Settings, home: string): Promise<StartedTemporal> {
  if (settings.config.temporal.external) return { target: externalTarget(settings) };
  const { namespace } = settings.config.temporal;
  const host = '127.0.0.1';
  const cli = await findTemporalCli({ home, env: settings.env, log: printError });
  const port = await freePort(serverPort, host);
  const { address, uiUrl, child } = await startDevServer({
    cli,
    home,
    dbFile: 'temporal.db',
    host,
    port,
    uiPort: await freePort(Math.max(uiPort, port + 1), host),
    namespace,
    searchAttributes: searchAttributeKeys,
  });
  return { target: embeddedTarget(address, namespace), child, ...(uiUrl === undefined ? {} : { uiUrl }) };
}
