import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { chromium } from 'playwright-core';
import { findOnPath, isExecutable } from '../../src/embedded/executable.ts';
import { runCommand } from '../../src/embedded/run-command.ts';

/** What a search works on and tells as it goes. */
export interface BrowserSearch {
  env: NodeJS.ProcessEnv;
  /** Gets a line about each step that takes time. */
  log: (line: string) => void;
  /** Whether packages may be installed: only root can. */
  isRoot: boolean;
}

/** One way to come by a browser: its path, or undefined when this way does not lead there. */
type BrowserSource = (search: BrowserSearch) => Promise<string | undefined>;

const programs = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** A machine without a way out must hear of it soon; a slow line may take its time for some 150 MB. */
const connectWithinS = 15;
const installWithinMs = 180_000;

/** A file alone is not enough: Ubuntu's is a script that asks for snap, and a download may lack libraries. */
async function runs(path: string | undefined, env: NodeJS.ProcessEnv): Promise<boolean> {
  if (path === undefined || !isExecutable(path)) return false;
  return (await runCommand(path, ['--version'], { env, timeoutMs: 20_000 })).code === 0;
}

const named: BrowserSource = async ({ env }) => {
  const path = env['CHROME_PATH'];
  if (path === undefined || path === '') return undefined;
  // Silently taking another one would surprise whoever named it.
  if (!(await runs(path, env))) throw new Error(`CHROME_PATH names ${path}, which is no browser that runs.`);
  return path;
};

const onPath: BrowserSource = async ({ env }) => {
  for (const program of programs) {
    const path = findOnPath(program, env);
    if (await runs(path, env)) return path;
  }
  return undefined;
};

const downloaded: BrowserSource = async ({ env, log }) => {
  const path = chromium.executablePath();
  if (await runs(path, env)) return path;
  log('No Chromium on this machine: trying `npx playwright-core install chromium` ...');
  const cli = join(dirname(createRequire(import.meta.url).resolve('playwright-core/package.json')), 'cli.js');
  await runCommand(process.execPath, [cli, 'install', 'chromium'], {
    env: { ...env, PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT: String(connectWithinS * 1_000) },
    timeoutMs: installWithinMs,
  });
  return (await runs(path, env)) ? path : undefined;
};

const fromPackages: BrowserSource = async (search) => {
  const { env, log, isRoot } = search;
  const aptGet = findOnPath('apt-get', env);
  if (!isRoot || aptGet === undefined) return undefined;
  log('Trying `apt-get install chromium` ...');
  const options = ['-y', `-oAcquire::http::Timeout=${connectWithinS}`, '-oDPkg::Lock::Timeout=120'];
  const quietly = { env: { ...env, DEBIAN_FRONTEND: 'noninteractive' }, timeoutMs: installWithinMs };
  // A list that cannot be read anew may still be there from earlier.
  await runCommand(aptGet, [...options, 'update'], quietly);
  await runCommand(aptGet, [...options, 'install', '--no-install-recommends', 'chromium'], quietly);
  return onPath(search);
};

/**
 * Finds a Chromium for the page tests, and installs one when there is none: `CHROME_PATH`; the PATH; Playwright's
 * own download; Debian's package. Every step is bounded.
 *
 * @returns the program's path
 * @throws Error of one sentence that names the ways to get it
 */
export async function findBrowser(search: BrowserSearch): Promise<string> {
  for (const source of [named, onPath, downloaded, fromPackages]) {
    const path = await source(search);
    if (path !== undefined) return path;
  }
  throw new Error(
    'No browser was found for the page tests: set CHROME_PATH to a Chromium or Chrome, or put `chromium` or ' +
      '`google-chrome` on the PATH, or let `npx playwright-core install chromium` reach its download, ' +
      'or run as root where `apt-get install chromium` works.',
  );
}

/** The search with this process's own account and environment. */
export function ownSearch(): BrowserSearch {
  const log = (line: string): void => void process.stderr.write(`${line}\n`);
  return { env: process.env, log, isRoot: process.getuid?.() === 0 };
}

/**
 * Makes sure that a browser is there before a test needs one; says nothing when it is.
 *
 * @returns the exit code: 1 after one sentence on stderr
 */
export async function ensureBrowser(): Promise<number> {
  const search = ownSearch();
  try {
    await findBrowser(search);
    return 0;
  } catch (error) {
    search.log(error instanceof Error ? error.message : String(error));
    return 1;
  }
}
