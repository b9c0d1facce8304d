import { utimesSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { somePort } from '../support/process-demo.ts';
import { testFolder, type TestFolder } from '../support/process-folder.ts';
import { launch } from '../support/process-launch.ts';
import { repository } from './dockerfile.ts';

let folder: TestFolder;
beforeAll(() => {
  folder = testFolder();
});
afterAll(() => {
  folder.remove();
});

/** The code and the sentence of a check. */
async function check(args: readonly string[], env: Record<string, string> = {}) {
  const checked = launch(folder, process.execPath, [`${repository}scripts/healthy.mjs`, ...args], {
    env: { PATH: process.env['PATH'] ?? '', TMPDIR: folder.path, ...env },
  });
  const { code } = await checked.ended;
  return { code, says: checked.stderr().trim() };
}

describe('healthy.mjs api', () => {
  it('is well while readiness answers 200, and says what it answers instead', async () => {
    let status = 200;
    const asked: (string | undefined)[] = [];
    const server = createServer((request, response) => {
      asked.push(request.url);
      response.writeHead(status).end();
    });
    const port = await somePort();
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    const api = () => check(['api'], { PORT: String(port) });
    try {
      expect(await api()).toEqual({ code: 0, says: '' });
      status = 503;
      expect(await api()).toEqual({ code: 1, says: `http://127.0.0.1:${port}/readyz answers 503.` });
      expect(asked).toEqual(['/readyz', '/readyz']);
    } finally {
      server.close();
      server.closeAllConnections();
    }
    expect((await api()).code).toBe(1);
  });
});

describe('healthy.mjs worker', () => {
  it('is well while one worker of the machine was seen lately, and not after', async () => {
    const unseen = { code: 1, says: 'No worker was seen to ask for work lately.' };
    expect(await check(['worker'])).toEqual(unseen);
    const file = join(folder.path, 'countersign-worker-7.polls');
    writeFileSync(file, '');
    expect(await check(['worker'])).toEqual({ code: 0, says: '' });
    const minuteAgo = Date.now() / 1_000 - 60;
    utimesSync(file, minuteAgo, minuteAgo);
    expect(await check(['worker'])).toEqual(unseen);
  });
});

describe('healthy.mjs', () => {
  it.each([['toString'], ['temporal']])('knows no part %s', async (part) => {
    expect(await check([part])).toEqual({ code: 2, says: 'usage: node scripts/healthy.mjs api|worker' });
  });
});
