import { startCoupaSandbox, startMoveworksSandbox } from '../../sandbox/index.ts';
import { apiClient } from './api-client.ts';
import { somePort } from './process-demo.ts';
import type { TestFolder } from './process-folder.ts';
import { countersign, type Launched } from './process-launch.ts';
import { coupaControl, moveworksControl } from './sandbox-control.ts';
import { startTestTemporal } from './temporal.ts';

const apiKey = 'test-key-test-key-test-key';
const coupaSecret = 'coupa-client-secret-of-a-test';
const moveworksKey = 'moveworks-api-key-of-a-test';
const eventId = '00000000-0000-4000-8000-000000000001';
const noticeEventId = '00000000-0000-4000-8000-000000000002';

/**
 * What a deployment has around it: Temporal and the vendors; its commands run as processes, set up by environment.
 *
 * @param program runs a command; from the sources when left out
 */
export async function startSurroundings(folder: TestFolder, program = countersign) {
  // Without its search attributes, as on a cluster of somebody's: the worker registers them.
  const temporal = await startTestTemporal({ dbFile: true, searchAttributes: [] });
  const port = await somePort();
  const coupa = await startCoupaSandbox({
    clientId: 'client',
    clientSecret: coupaSecret,
    callOut: { url: `http://127.0.0.1:${port}/poll`, key: apiKey },
  });
  const moveworks = await startMoveworksSandbox({
    apiKey: moveworksKey,
    requestsPerMinute: 0,
    events: [
      { id: eventId, kind: 'decision', slots: ['approval_id'] },
      { id: noticeEventId, kind: 'notice', slots: [] },
    ],
  });
  const env = {
    TEMPORAL_ADDRESS: temporal.address,
    COUPA_BASE_URL: coupa.url,
    COUPA_CLIENT_ID: 'client',
    COUPA_CLIENT_SECRET: coupaSecret,
    COUPA_REQUESTS_PER_SECOND: '20',
    MOVEWORKS_BASE_URL: moveworks.url,
    MOVEWORKS_API_KEY: moveworksKey,
    MOVEWORKS_EVENT_ID: eventId,
    MOVEWORKS_NOTICE_EVENT_ID: noticeEventId,
    MOVEWORKS_REQUESTS_PER_MINUTE: '120',
    API_KEYS: `chat:${apiKey}`,
    REFERENCE_SECRETS: 'test-reference-secret-test-reference-secret',
  };
  const run = (command: string, more: Record<string, string> = {}): Promise<Launched> =>
    program(folder, [command], { ...env, ...more });
  return {
    temporal,
    coupa: coupaControl(coupa.url),
    moveworks: moveworksControl(moveworks.url),
    run,
    worker: async (): Promise<Launched> => {
      const worker = await run('worker');
      await worker.prints(/^Workers are running\.$/m);
      return worker;
    },
    /** The API on the port that Coupa's call-out names, or on another one. */
    api: async (at = port) => {
      const launched = await run('api', { PORT: String(at) });
      const [, url = ''] = await launched.prints(/^API: (\S+)$/m);
      return { launched, ...apiClient(url, apiKey) };
    },
    async stop(): Promise<void> {
      await Promise.all([coupa.close(), moveworks.close()]);
      await temporal.stop();
    },
  };
}

export type Surroundings = Awaited<ReturnType<typeof startSurroundings>>;
