import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { readChildRecords } from '../../src/embedded/child-records.ts';
import { accepts } from '../../src/embedded/namespace.ts';
import { freePort } from '../../src/embedded/ports.ts';
import { isAlive, processIdentity } from '../../src/embedded/process-identity.ts';
import type { ProcessIdentity } from '../../src/embedded/process-identity.ts';
import { apiClient } from './api-client.ts';
import type { TestFolder } from './process-folder.ts';
import { countersign, type Launched } from './process-launch.ts';
import { inTurn } from './process-turn.ts';
import { concurControl, coupaControl, moveworksControl } from './sandbox-control.ts';

const demoFile = z.strictObject({
  api: z.url(),
  apiKey: z.string().min(1),
  coupa: z.url(),
  moveworks: z.url(),
  concur: z.url(),
  concurClient: z.strictObject({
    clientId: z.string().min(1),
    clientSecret: z.string().min(1),
    companyUuid: z.guid(),
    requestToken: z.string().min(1),
  }),
  temporalUi: z.url(),
});

const claimFile = z.object({ owner: processIdentity });

/** `demo.json` of a home folder, with exactly the keys that it promises. */
function readDemo(home: string): z.infer<typeof demoFile> {
  return demoFile.parse(JSON.parse(readFileSync(join(home, 'demo.json'), 'utf8')));
}

/** The block of URLs at the end of a start. */
export const urlBlock = /^ {2}API {2,}(http:\/\/\S+)$[^]*^ {2}Temporal UI {2,}(http:\/\/\S+)$/m;

/** The process that holds a home folder: under npm another one than was launched. */
function ownerOf(home: string): ProcessIdentity {
  const [claim = ''] = readdirSync(join(home, 'lock'));
  return claimFile.parse(JSON.parse(readFileSync(join(home, 'lock', claim), 'utf8'))).owner;
}

/** A start that is up, with the sandboxed vendors and the API it printed. */
export function demoOf(folder: TestFolder, start: Launched) {
  const { concurClient, ...urls } = readDemo(folder.home);
  const children = readChildRecords(folder.home);
  const processes = [
    { name: 'start', identity: ownerOf(folder.home) },
    ...children.map((child) => ({ name: child.name, identity: child })),
  ];
  /** What still is there of it: processes by name, ports by URL. */
  const remains = async (): Promise<string[]> => {
    const living = processes.filter(({ identity }) => isAlive(identity)).map(({ name }) => name);
    const addresses = [urls.api, urls.coupa, urls.moveworks, urls.concur, urls.temporalUi];
    const open = await Promise.all(addresses.map(listens));
    return [...living, ...addresses.filter((_, index) => open[index] === true)];
  };
  return {
    start,
    urls,
    /** How the sandboxed SAP Concur knows the service. */
    concurClient,
    children,
    api: apiClient(urls.api, urls.apiKey),
    coupa: coupaControl(urls.coupa),
    moveworks: moveworksControl(urls.moveworks),
    concur: concurControl(urls.concur),
    remains,
    /**
     * Makes the start end and says how it did, and what remains. No other demo starts meanwhile: it would be given
     * the ports that come free.
     */
    end: (act: () => void | Promise<void>) =>
      inTurn(async () => {
        await act();
        const ended = await start.ended;
        return { ...ended, remains: await remains() };
      }),
    /** A signal as SIGKILL cannot be handled: the children stay behind as orphans. */
    killStart: async (): Promise<void> => {
      start.kill('SIGKILL');
      await start.ended;
    },
  };
}

export type Demo = Awaited<ReturnType<typeof startDemo>>;

/** A port for one test, far from those that starts look for by themselves. */
export function somePort(): Promise<number> {
  return freePort(20_000 + Math.floor(Math.random() * 8_000), '127.0.0.1');
}

/** Starts the demo in the folder's home and waits for its URLs. On a port of its own unless `PORT` says more. */
export async function startDemo(folder: TestFolder, env: Record<string, string> = {}) {
  return inTurn(async () => {
    const start = await countersign(folder, ['start'], { PORT: String(await somePort()), ...env });
    await start.prints(urlBlock);
    return demoOf(folder, start);
  });
}

/** Whether anything listens at a URL's port. */
function listens(url: string): Promise<boolean> {
  const { hostname, port } = new URL(url);
  return accepts(hostname, Number(port));
}
