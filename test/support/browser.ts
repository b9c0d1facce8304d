import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import { findBrowser, ownSearch } from './browser-program.ts';

/** Only ends a test that would hang; two cores may be busy with other suites. */
const boundMs = 60_000;
/** A browser that is not there yet has to be downloaded and unpacked. */
const launchBoundMs = 600_000;

interface WindowOptions {
  /** Width and height in CSS pixels. */
  viewport?: { width: number; height: number };
  colorScheme?: 'light' | 'dark';
  /** Complaints that this test causes on purpose, as the console words them. */
  expected?: RegExp;
  javaScriptEnabled?: boolean;
}

/** Somebody's own browser window: nothing is shared with another one, as with two people. */
export interface Window {
  context: BrowserContext;
  /** Opens an address in a new tab. */
  open: (url: string) => Promise<Page>;
}

/** Each page tells of what its policy forbade, even where the console would keep silent. */
const tellOfViolations = `addEventListener('securitypolicyviolation', (event) =>
  console.error('Policy violated:', event.violatedDirective, event.blockedURI));`;

/**
 * A real Chromium for the tests of a file. After each test its windows are closed, and a complaint in any console
 * (a broken script, a policy violated, a file not found) fails it; after the last test the browser ends.
 */
export function browserOfSuite() {
  let browser: Browser | undefined;
  const opened: BrowserContext[] = [];
  const complaints: string[] = [];

  beforeAll(async () => {
    const search = ownSearch();
    browser = await chromium.launch({
      executablePath: await findBrowser(search),
      // Chromium refuses to run as root with its sandbox.
      chromiumSandbox: !search.isRoot,
    });
  }, launchBoundMs);
  afterEach(async () => {
    await Promise.all(opened.splice(0).map((context) => context.close()));
    expect(complaints.splice(0)).toEqual([]);
  });
  afterAll(() => browser?.close());

  return async ({ expected, ...options }: WindowOptions = {}): Promise<Window> => {
    if (browser === undefined) throw new Error('A window opens inside a test.');
    const context = await browser.newContext({ viewport: { width: 1200, height: 800 }, ...options });
    opened.push(context);
    context.setDefaultTimeout(boundMs);
    const complain = (text: string): void => {
      if (expected?.test(text) !== true) complaints.push(text);
    };
    context.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) complain(message.text());
    });
    context.on('weberror', (error) => complain(error.error().message));
    await context.addInitScript(tellOfViolations);
    return {
      context,
      open: async (url) => {
        const page = await context.newPage();
        await page.goto(url);
        return page;
      },
    };
  };
}
