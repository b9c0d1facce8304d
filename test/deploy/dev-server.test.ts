import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePort } from '../../src/embedded/ports.ts';
import { somePort } from '../support/process-demo.ts';
import { testFolder, type TestFolder } from '../support/process-folder.ts';
import { launch, launchEnv } from '../support/process-launch.ts';
import { until } from '../support/until.ts';
import { healthCheckOf, serviceOf } from './compose-file.ts';

const host = '127.0.0.1';
const mount = '/home/temporal';

let folder: TestFolder;
beforeAll(() => {
  folder = testFolder();
});
afterAll(() => {
  folder.remove();
});

describe('the Temporal server of docker-compose.yml', () => {
  it('keeps its state in the volume', () => {
    expect(serviceOf('temporal').volumes).toEqual([`temporal:${mount}`]);
    expect(serviceOf('temporal').command).toContain(`--db-filename=${mount}/temporal.db`);
  });

  it('becomes healthy with its very command, and has the namespaces as the services need them', async () => {
    const env = await launchEnv(folder);
    const temporal = env['TEMPORAL_CLI_PATH'] ?? '';
    const port = await freePort(await somePort(), host);
    const uiPort = await freePort(port + 1, host);
    // In a container it has its own network and disk; here they are this test's.
    const command = serviceOf('temporal').command.map((argument) =>
      argument.replace(`=${mount}/`, `=${folder.path}/`).replace('=0.0.0.0', `=${host}`),
    );
    const client = (args: readonly string[]) =>
      launch(folder, temporal, args, { env: { ...env, TEMPORAL_ADDRESS: `${host}:${port}` } });
    const [program, ...check] = healthCheckOf('temporal');
    expect(program).toBe('temporal');

    expect((await client(check).ended).code).not.toBe(0);
    launch(folder, temporal, [...command, `--port=${port}`, `--ui-port=${uiPort}`], { env });
    await until('the server to be healthy', async () => (await client(check).ended).code === 0);

    // Started once, as soon as the server is healthy.
    expect(serviceOf('namespace').environment).toEqual({ TEMPORAL_ADDRESS: 'temporal:7233' });
    const setUp = client(serviceOf('namespace').command);
    expect({ code: (await setUp.ended).code, stderr: setUp.stderr() }).toMatchObject({ code: 0 });
    const retentionOf = async (namespace: string) => {
      const described = client(['operator', 'namespace', 'describe', '--namespace', namespace]);
      await described.ended;
      return /RetentionTtl\s+(\S+)/.exec(described.stdout())?.[1];
    };
    expect(await retentionOf('default')).toBe('720h0m0s');
    expect(await retentionOf(serviceOf('demo').environment['TEMPORAL_NAMESPACE'] ?? '')).toBeDefined();
    expect((await fetch(`http://${host}:${uiPort}/`)).status).toBe(200);
  });
});
