import { resolve } from 'node:path';
import type { ChildHandle } from '../embedded/children.ts';
import { writeWhole } from '../embedded/home-folder.ts';
import { lockHome, type LockedHome } from '../embedded/home-lock.ts';
import { stopOrphans } from '../embedded/orphans.ts';
import { freePort } from '../embedded/ports.ts';
import { demoHints, urlBlock, type Urls } from './banner.ts';
import { commandLogger, logStart } from './command-log.ts';
import { CommandError, readSettings, requireVendors, type Settings } from './configuration.ts';
import { demoConcurClient, demoConfig, startSandbox } from './demo.ts';
import { demoSecrets } from './demo-secrets.ts';
import { firstCard } from './first-card.ts';
import { print, printError } from './print.ts';
import { startService, type RunningService } from './service.ts';
import { startTemporal } from './start-temporal.ts';
import { stopSignal } from './stop-signal.ts';
import { installRuntime } from './temporal.ts';

/** All in all a stop takes less than 10 s: 7 for the service, the rest for the children. */
const childGraceMs = 2_500;
const firstCardWithinMs = 45_000;

/** What a start has brought up so far, in the order in which it must go down again. */
interface Started {
  service?: RunningService;
  readonly children: ChildHandle[];
}

async function stopAll({ service, children }: Started): Promise<void> {
  await service?.stop();
  // The sandbox first, Temporal last: whoever still works must be able to report it.
  for (const child of children.toReversed()) await child.stop(childGraceMs);
}

/** Ends at once, children included. For a second Ctrl-C, when somebody does not want to wait. */
function quitHard({ children }: Started): void {
  for (const { pid } of children) {
    try {
      process.kill(-pid, 'SIGKILL');
    } catch {
      // It has ended already.
    }
  }
  process.exit(130);
}

/** Brings everything up; `started` grows with it, so that a failure half way takes down what is there. */
async function bringUp(settings: Settings, home: string, started: Started, signal: AbortSignal) {
  const { config } = settings;
  const logger = commandLogger(config);
  logStart(logger, config);
  installRuntime(logger);
  const { host, port, portGiven } = config.api;
  const apiPort = await freePort(port, host, { exact: portGiven });
  const apiUrl = `http://${host}:${apiPort}`;

  const temporal = await startTemporal(settings, home);
  if (temporal.child !== undefined) started.children.push(temporal.child);
  const secrets = config.mode === 'sandbox' ? demoSecrets(home) : undefined;
  const sandbox =
    secrets === undefined ? undefined : await startSandbox(home, { apiUrl, apiHost: host }, secrets);
  if (sandbox !== undefined) started.children.push(sandbox.child);
  const connected =
    secrets === undefined || sandbox === undefined
      ? requireVendors(config)
      : demoConfig(config, secrets, sandbox);

  started.service = await startService({ config: connected, target: temporal.target, logger, apiPort });
  const urls: Urls = {
    API: started.service.apiUrl,
    ...(sandbox === undefined
      ? {}
      : {
          'Chat inbox': sandbox.moveworks,
          'Coupa sandbox': sandbox.coupa,
          'Concur sandbox': sandbox.concur,
        }),
    ...(temporal.uiUrl === undefined ? {} : { 'Temporal UI': temporal.uiUrl }),
  };
  if (sandbox === undefined || secrets === undefined) return { urls, hints: () => Promise.resolve('') };

  const demo = {
    api: started.service.apiUrl,
    apiKey: secrets.apiKey,
    coupa: sandbox.coupa,
    moveworks: sandbox.moveworks,
    concur: sandbox.concur,
    concurClient: demoConcurClient(secrets),
    temporalUi: temporal.uiUrl ?? null,
  };
  writeWhole(`${home}/demo.json`, JSON.stringify(demo, null, 2));
  // Elsewhere than in this mode no card with buttons will come.
  const card = () =>
    config.policy.mode === 'decide' ? firstCard(demo, firstCardWithinMs, signal) : Promise.resolve(undefined);
  return { urls, hints: async () => demoHints(demo, await card()) };
}

function titleOf({ config }: Settings): string {
  if (config.mode === 'sandbox') return 'Countersign runs with its sandbox: no vendor is configured.';
  return config.temporal.external
    ? 'Countersign runs.'
    : 'Countersign runs with an embedded Temporal, for trials and small teams: set TEMPORAL_ADDRESS to use a cluster.';
}

async function run(settings: Settings, home: string, lock: LockedHome): Promise<number> {
  const started: Started = { children: [] };
  const signal = stopSignal(() => {
    quitHard(started);
  });
  const stopping = new AbortController();
  void signal.stopped.then(() => {
    stopping.abort();
  });
  try {
    for (const name of await stopOrphans(home)) printError(`Stopped ${name}, left over from an earlier run.`);
    const up = await bringUp(settings, home, started, stopping.signal);
    await lock.publish({ ...up.urls });
    print(urlBlock(titleOf(settings), up.urls));
    void up.hints().then((hints) => {
      if (!stopping.signal.aborted) print(hints);
    });
    const ended = started.children.map((child) =>
      child.exited.then(() => {
        throw new CommandError(`${child.name} has ended by itself; its log is ${child.logFile}.`);
      }),
    );
    await Promise.race([signal.stopped, started.service?.ended, ...ended]);
    print('Stopping ...');
    return 0;
  } finally {
    stopping.abort();
    await stopAll(started);
    await lock.release();
    signal.release();
  }
}

/** `countersign start`: everything that a trial or a small team needs, in one process and two children. */
export async function startCommand(): Promise<number> {
  const settings = readSettings();
  const home = resolve(settings.config.home);
  const lock = await lockHome(home);
  if (lock.kind === 'busy') {
    const { pid, urls } = lock;
    const title =
      Object.keys(urls).length === 0
        ? `Countersign is just starting here (process ${pid}), which prints its URLs when it is up.`
        : `Countersign already runs here (process ${pid}).`;
    print(urlBlock(title, urls));
    return 0;
  }
  return run(settings, home, lock);
}
