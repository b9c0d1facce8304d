import { existsSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { copyRepository } from '../support/process-copy.ts';
import { somePort } from '../support/process-demo.ts';
import { testFolder, type TestFolder } from '../support/process-folder.ts';
import { launch, launchEnv } from '../support/process-launch.ts';
import { inTurn } from '../support/process-turn.ts';
import { startTestTemporal, type TestTemporal } from '../support/temporal.ts';
import { until } from '../support/until.ts';
import { healthCheckOf, serviceOf } from './compose-file.ts';
import { createIgnore, environmentOf, readStages, repository, wordsOf, type Stage } from './dockerfile.ts';
import { buildStage, type BuiltStage } from './image-build.ts';

const longMs = 600_000;

const stages = readStages();
let folder: TestFolder;
let temporal: TestTemporal | undefined;
let build: BuiltStage;
let final: BuiltStage;

function finalStage(): Stage {
  const stage = stages.at(-1);
  if (stage === undefined) throw new Error('the Dockerfile has no stage');
  return stage;
}

beforeAll(async () => {
  folder = testFolder();
  const sources = join(folder.path, 'sources');
  copyRepository(sources);
  // What lies about in a working copy, and must not get into an image.
  writeFileSync(join(sources, '.env'), 'COUPA_CLIENT_SECRET=of-this-machine\n');
  const env = { ...(await launchEnv(folder)), npm_config_prefer_offline: 'true' };
  const building = new Map<string, Promise<BuiltStage>>();
  for (const [index, stage] of stages.entries()) {
    const name = stage.name ?? String(index);
    building.set(
      name,
      buildStage(stage, join(folder.path, name), { folder, sources, stages: building, env }),
    );
  }
  const built = await Promise.all(building.values());
  const [first, last] = [built.at(0), built.at(-1)];
  if (first === undefined || last === undefined) throw new Error('nothing was built');
  build = first;
  final = last;
  temporal = await startTestTemporal();
}, longMs);
afterAll(async () => {
  folder.remove();
  await temporal?.stop();
});

describe('.dockerignore', () => {
  it.each([
    ['src/cli/main.ts', false],
    ['package-lock.json', false],
    ['.npmrc', false],
    ['src/api/app.test.ts', true],
    ['.env', true],
    ['.git/config', true],
    ['.countersign/secrets.json', true],
    ['node_modules/zod/package.json', true],
    ['dist/src/cli/main.js', true],
    ['test/walls.test.ts', true],
  ])('%s: left out %s', (file, left) => {
    const text = readFileSync(`${repository}.dockerignore`, 'utf8');
    expect(createIgnore(text)(file)).toBe(left);
  });
});

describe('the Dockerfile', () => {
  it('builds on glibc, since Temporal has no core for musl, and in each stage on the same image', () => {
    expect(stages.map(({ image }) => image)).toEqual(['node:24-bookworm-slim', 'node:24-bookworm-slim']);
  });

  it('ran each of its RUN lines here', () => {
    expect(build.ran).toHaveLength(stages[0]?.instructions.filter(({ name }) => name === 'RUN').length ?? -1);
    expect(final.ran).toHaveLength(finalStage().instructions.filter(({ name }) => name === 'RUN').length);
    expect(final.ran.join('\n')).toContain('ca-certificates');
    expect(statSync(join(final.folder, 'data')).mode & 0o777).toBe(0o700);
  });

  it.each([
    ['install --directory /opt/app', 'touches /opt/app'],
    ['npm no-such-command', 'npm no-such-command: 1'],
  ])('could not have the line RUN %s', async (text, message) => {
    const sources = join(folder.path, 'sources');
    const stage = { image: '', name: undefined, instructions: [{ name: 'RUN', text }] };
    const context = { folder, sources, stages: new Map(), env: await launchEnv(folder) };
    await expect(buildStage(stage, join(folder.path, 'refused'), context)).rejects.toThrow(message);
  });

  it('leaves sources, tests, development dependencies and what is secret out of the image', () => {
    const app = join(final.folder, 'app');
    expect(readdirSync(app).toSorted()).toEqual(['dist', 'node_modules', 'package.json', 'scripts']);
    for (const name of ['typescript', 'vitest', 'eslint', 'playwright-core']) {
      expect(existsSync(join(app, 'node_modules', name)), name).toBe(false);
    }
    expect(existsSync(join(build.folder, 'app', '.env'))).toBe(false);
    expect(existsSync(join(build.folder, 'app', 'src', 'cli', 'main.ts'))).toBe(true);
    expect(readdirSync(join(app, 'node_modules/@temporalio/core-bridge/releases'))).toHaveLength(1);
  });

  it('runs as an account without rights, and is told to stop by the signal that the program drains on', () => {
    const has = (name: string) => finalStage().instructions.findLast((each) => each.name === name)?.text;
    expect(has('USER')).toBe('node');
    expect(has('STOPSIGNAL')).toBe('SIGTERM');
  });

  it(
    'starts by its CMD, answers, is well by the health check of the compose file, and ends with 0 at its STOPSIGNAL',
    async () => {
      const app = join(final.folder, 'app');
      const port = await somePort();
      const env = {
        ...(await launchEnv(folder)),
        ...environmentOf(finalStage()),
        COUNTERSIGN_HOME: join(final.folder, 'data'),
        // Nothing of this machine's is asked for to be open to its neighbours.
        HOST: '127.0.0.1',
        PORT: String(port),
        TEMPORAL_ADDRESS: temporal?.address ?? '',
        LOG_LEVEL: 'warn',
      };
      const [program = '', ...args] = [
        ...wordsOf(finalStage(), 'ENTRYPOINT'),
        ...wordsOf(finalStage(), 'CMD'),
      ];
      expect(program).toBe('node');
      expect(wordsOf(finalStage(), 'CMD')).toEqual(serviceOf('demo').command);
      const container = await inTurn(async () => {
        const launched = launch(folder, process.execPath, args, { env, cwd: app });
        await launched.prints(/^ {2}Coupa sandbox {2,}http/m, longMs);
        return launched;
      });
      const url = `http://127.0.0.1:${port}`;
      await until('liveness', async () => (await fetch(`${url}/livez`)).status === 200);

      const healthy = async () => {
        const [node, ...check] = healthCheckOf('demo');
        expect(node).toBe('node');
        return (await launch(folder, process.execPath, check, { env, cwd: app }).ended).code;
      };
      expect(await healthy()).toBe(0);
      container.kill('SIGTERM');
      expect(await container.ended).toEqual({ code: 0, signal: null });
      expect(await healthy()).toBe(1);
    },
    longMs,
  );
});
