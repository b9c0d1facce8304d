import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startChild, type ChildHandle } from '../embedded/children.ts';
import { waitUntilReady } from '../embedded/child-ready.ts';

/** The one door to the sandbox: it runs as a process of its own and is spoken to as the vendors are. */
const extension = extname(import.meta.url);
const sandboxMain = fileURLToPath(new URL(`../../sandbox/main${extension}`, import.meta.url));
/** A build has nothing left to compile, and does without the compiler. */
const loader = extension === '.ts' ? ['--import', import.meta.resolve('tsx')] : [];

/** What the simulated SAP Concur takes for good: its application, its company and that one's request token. */
export interface ConcurCredentials {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly companyUuid: string;
  readonly requestToken: string;
}

export interface SandboxOptions {
  readonly home: string;
  /** Where it listens; we reach it on the loopback. */
  readonly host: string;
  readonly coupaPort: number;
  readonly moveworksPort: number;
  readonly concurPort: number;
  readonly coupaClientId: string;
  readonly coupaClientSecret: string;
  readonly moveworksApiKey: string;
  readonly eventId: string;
  readonly noticeEventId: string;
  readonly concur: ConcurCredentials;
  /** Our API: Coupa's call-out wakes the poll there, and the cards' buttons call it. */
  readonly api: { readonly url: string; readonly key: string };
}

export interface RunningSandbox {
  readonly coupa: string;
  readonly moveworks: string;
  readonly concur: string;
  readonly child: ChildHandle;
}

const readyWithinMs = 20_000;

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/sandbox/requests`, { signal: AbortSignal.timeout(1_000) })).ok;
  } catch {
    return false;
  }
}

/** Starts the simulators as one detached child and waits until they answer. Their state lives in `home`. */
export async function openSandbox(options: SandboxOptions): Promise<RunningSandbox> {
  const { home, host, coupaPort, moveworksPort, concurPort } = options;
  const child = await startChild({
    name: 'sandbox',
    command: process.execPath,
    args: [...loader, sandboxMain],
    home,
    env: {
      PATH: process.env['PATH'],
      SANDBOX_HOST: host,
      SANDBOX_COUPA_PORT: String(coupaPort),
      SANDBOX_MOVEWORKS_PORT: String(moveworksPort),
      SANDBOX_CONCUR_PORT: String(concurPort),
      SANDBOX_STATE_DIR: `${home}/sandbox`,
      SANDBOX_COUPA_CLIENT_ID: options.coupaClientId,
      SANDBOX_COUPA_CLIENT_SECRET: options.coupaClientSecret,
      SANDBOX_MOVEWORKS_API_KEY: options.moveworksApiKey,
      SANDBOX_MOVEWORKS_EVENT_ID: options.eventId,
      SANDBOX_MOVEWORKS_NOTICE_EVENT_ID: options.noticeEventId,
      SANDBOX_CONCUR_CLIENT_ID: options.concur.clientId,
      SANDBOX_CONCUR_CLIENT_SECRET: options.concur.clientSecret,
      SANDBOX_CONCUR_COMPANY_UUID: options.concur.companyUuid,
      SANDBOX_CONCUR_REQUEST_TOKEN: options.concur.requestToken,
      SANDBOX_CALL_OUT_URL: `${options.api.url}/poll`,
      SANDBOX_CALL_OUT_KEY: options.api.key,
      SANDBOX_API_URL: options.api.url,
      SANDBOX_API_KEY: options.api.key,
    },
  });
  const [coupa, moveworks, concur] = [
    `http://127.0.0.1:${coupaPort}`,
    `http://127.0.0.1:${moveworksPort}`,
    `http://127.0.0.1:${concurPort}`,
  ] as const;
  try {
    const allAnswer = async () => (await Promise.all([coupa, moveworks, concur].map(answers))).every(Boolean);
    await waitUntilReady(child, allAnswer, { timeoutMs: readyWithinMs });
  } catch (error) {
    await child.stop(0);
    throw error;
  }
  return { coupa, moveworks, concur, child };
}
