import { execFile } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { demoOf, somePort, urlBlock, type Demo } from '../support/process-demo.ts';
import { startSurroundings, type Surroundings } from '../support/process-deployment.ts';
import { testFolder, type TestFolder } from '../support/process-folder.ts';
import { launch, launchEnv, type countersign } from '../support/process-launch.ts';
import { inTurn } from '../support/process-turn.ts';
import { until } from '../support/until.ts';
import { filesIn, installPackage, type InstalledPackage } from './package.ts';

// Starts wait for those of other files, and each takes its time on a busy machine.
vi.setConfig({ testTimeout: 600_000, hookTimeout: 600_000 });

const run = promisify(execFile);
const pressLine = /^ *(curl -X POST -H 'Authorization: Bearer \S+' \S+\/approvals\/(\d+)\.\S+\/approve)$/m;

let folder: TestFolder;
let installed: InstalledPackage;
beforeAll(async () => {
  folder = testFolder();
  installed = await installPackage(folder);
});
afterAll(() => {
  folder.remove();
});

/** The environment of a person who sets nothing but what the test needs, so that `.env` has the say. */
async function plainEnv(): Promise<Record<string, string>> {
  const { COUNTERSIGN_HOME: _home, ...env } = await launchEnv(folder);
  return env;
}

/** Starts the demo with the place as the current folder, its settings in `.env` there. */
async function startDemo(command: string, args: readonly string[]): Promise<Demo> {
  return inTurn(async () => {
    const settings = [`PORT=${await somePort()}`, 'COUNTERSIGN_HOME=../home', 'LOG_LEVEL=warn', ''];
    writeFileSync(join(installed.place, '.env'), settings.join('\n'));
    const start = launch(folder, command, args, { env: await plainEnv(), cwd: installed.place });
    await start.prints(urlBlock);
    return demoOf(folder, start);
  });
}

const main = () => join(installed.path, 'dist', 'src', 'cli', 'main.js');

describe('the package', () => {
  it('holds the build, what running takes from `scripts`, and the documents', () => {
    const others = filesIn(installed.path).filter((file) => !/^(dist|docs)\//.test(file));
    expect(others).toEqual([
      '.env.example',
      'LICENSE',
      'README.md',
      'package.json',
      'scripts/countersign.mjs',
      'scripts/sdk-download.mjs',
      'scripts/temporal-requirements.txt',
    ]);
  });

  it('is never packed without a fresh build', () => {
    const manifest: unknown = JSON.parse(readFileSync(join(installed.path, 'package.json'), 'utf8'));
    expect(manifest).toMatchObject({
      private: true,
      scripts: { prepack: 'npm run build', build: 'node scripts/build.mjs' },
    });
  });

  it('holds each file that its README shows or links to', () => {
    const readme = readFileSync(join(installed.path, 'README.md'), 'utf8');
    const links = [...readme.matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map(([, link = '']) => link);
    expect(links.length).toBeGreaterThan(0);
    expect(links.filter((link) => !existsSync(join(installed.path, link)))).toEqual([]);
  });

  it('answers `npx countersign --help`', async () => {
    const { stdout } = await run('npx', ['countersign', '--help'], {
      cwd: installed.place,
      env: await plainEnv(),
    });
    expect(stdout).toContain('countersign <command>');
  });

  it('loads each of its modules with the packages that it depends on, and without a compiler', async () => {
    for (const compiler of ['tsx', 'esbuild', 'typescript']) {
      rmSync(join(installed.place, 'node_modules', compiler), { recursive: true, force: true });
    }
    // These two do their work when they are loaded; the starts below show that they load.
    const entries = ['dist/src/cli/main.js', 'dist/sandbox/main.js'];
    const modules = filesIn(installed.path).filter(
      (file) =>
        /^dist\/(src|sandbox)\/.*\.js$/.test(file) && !file.includes('/assets/') && !entries.includes(file),
    );
    expect(modules).toContain('dist/src/workflows/index.js');
    const load = `for (const path of process.argv.slice(1)) await import(path); console.log('loaded'); process.exit()`;
    const paths = modules.map((file) => join(installed.path, file));
    const { stdout } = await run(process.execPath, ['--input-type=module', '-e', load, '--', ...paths]);
    expect(stdout).toBe('loaded\n');
  });
});

/** Without what the workflows are bundled from, only the bundle made ahead can run. */
function forbidBundling(): void {
  rmSync(join(installed.path, 'dist', 'src', 'workflows'), { recursive: true, force: true });
}

describe('a start from the package', () => {
  beforeAll(forbidBundling);

  it('reads `.env` and keeps its state relative to the current folder, and its card is approved', async () => {
    const demo = await startDemo(process.execPath, [main(), 'start']);
    expect(demo.start.stdout()).toContain('Countersign runs with its sandbox: no vendor is configured.');
    expect(existsSync(join(folder.home, 'temporal.db'))).toBe(true);
    const [, line = '', id] = await demo.start.prints(pressLine);
    const { stdout } = await run('sh', ['-c', line]);
    expect(JSON.parse(stdout)).toMatchObject({ status: 'approved', approvalId: Number(id) });
    expect((await fetch(demo.urls.moveworks)).status).toBe(200);
    const ended = await demo.end(() => demo.start.kill('SIGTERM'));
    expect(ended).toEqual({ code: 0, signal: null, remains: [] });
    expect(demo.start.stderr()).toBe('');
  });

  it('by npx goes on with what waits, and stops in good order at a Ctrl-C', async () => {
    const demo = await startDemo('npx', ['countersign', 'start']);
    expect(demo.start.stderr()).not.toContain('left over');
    const { approvalId } = await demo.coupa.submit({ chain: [201] });
    const answer = await demo.api.press(await demo.moveworks.card(approvalId));
    expect(answer.body).toMatchObject({ status: 'approved' });
    const { remains } = await demo.end(() => demo.start.killGroup('SIGINT'));
    expect(remains).toEqual([]);
    expect(demo.start.stdout()).toContain('Stopping ...');
  });
});

/** Whether anything of a process group still runs; what has ended and was not reaped yet does not. */
async function groupLives(group: number): Promise<boolean> {
  const { stdout } = await run('ps', ['-A', '-o', 'pgid=,stat=']);
  return stdout.split('\n').some((line) => new RegExp(`^\\s*${group}\\s+[^Z]`).test(line));
}

describe('schedule, worker and api from the package, by npx', () => {
  let around: Surroundings | undefined;
  beforeAll(async () => {
    forbidBundling();
    rmSync(join(installed.place, '.env'), { force: true });
    const npx: typeof countersign = async (_, args, env) =>
      launch(folder, 'npx', ['countersign', ...args], {
        env: { ...(await plainEnv()), LOG_LEVEL: 'warn', ...env },
        cwd: installed.place,
      });
    around = await startSurroundings(folder, npx);
  });
  afterAll(async () => {
    await around?.stop();
  });

  it('carry an approval from Coupa to the card and its decision back, and end with npx', async () => {
    if (around === undefined) throw new Error('nothing was started');
    const worker = await around.worker();
    const api = await around.api();
    const schedule = await around.run('schedule');
    expect(await schedule.ended).toEqual({ code: 0, signal: null });

    const { approvalId, requisitionId } = await around.coupa.submit({ chain: [201] });
    const answer = await api.press(await around.moveworks.card(approvalId));
    expect(answer.body).toMatchObject({ status: 'approved', decision: { by: 201 } });
    expect((await around.coupa.requisition(requisitionId)).status).toBe('approved');

    for (const launched of [api.launched, worker]) {
      expect(await groupLives(launched.pid)).toBe(true);
      launched.kill('SIGTERM');
      await until('all that npx ran to end', async () => !(await groupLives(launched.pid)));
    }
  });
});
