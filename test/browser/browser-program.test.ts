import { spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findBrowser } from '../support/browser-program.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'countersign-test-browser-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A program that ends with this code, whatever it is asked. */
function program(name: string, code: number): string {
  const path = join(folder, name);
  writeFileSync(path, `#!/bin/sh\nexit ${code}\n`);
  chmodSync(path, 0o755);
  return path;
}

const search = (env: NodeJS.ProcessEnv) => ({ env, log: () => undefined, isRoot: false });

describe('the browser of the page tests', () => {
  it('is the one that CHROME_PATH names', async () => {
    program('chromium', 0);
    const named = program('mine', 0);
    expect(await findBrowser(search({ PATH: folder, CHROME_PATH: named }))).toBe(named);
  });

  it('is no other one when the one that CHROME_PATH names does not run', async () => {
    program('chromium', 0);
    const named = program('mine', 1);
    await expect(findBrowser(search({ PATH: folder, CHROME_PATH: named }))).rejects.toThrow(
      `CHROME_PATH names ${named}, which is no browser that runs.`,
    );
  });

  it('is one on the PATH that runs, past a stub that only asks to be installed', async () => {
    program('chromium-browser', 1);
    const chrome = program('google-chrome', 0);
    expect(await findBrowser(search({ PATH: folder }))).toBe(chrome);
  });

  it('is missed in one sentence that names the four ways, with a code that ends `npm test`', async () => {
    const script = fileURLToPath(new URL('../../scripts/ensure-browser.mjs', import.meta.url));
    const child = spawn(process.execPath, [script], {
      env: {
        PATH: folder,
        PLAYWRIGHT_BROWSERS_PATH: folder,
        // Nobody listens there, so that nothing is downloaded where a download would work.
        PLAYWRIGHT_DOWNLOAD_HOST: 'http://127.0.0.1:9',
      },
    });
    let said = '';
    child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
    const code = await new Promise((resolve) => child.on('close', resolve));
    expect(code).toBe(1);
    const sentence = said.trim().split('\n').at(-1);
    for (const way of ['CHROME_PATH', 'on the PATH', 'npx playwright-core install', 'apt-get install']) {
      expect(sentence).toContain(way);
    }
  });
});
