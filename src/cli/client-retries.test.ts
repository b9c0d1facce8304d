import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { lazyClient } from './temporal.ts';

it('end with the connection: whoever waits hears of it, and nothing is thrown out of a timer', async () => {
  // Nobody listens there, so that the call is tried again and again.
  const { client, connection } = lazyClient({
    connectionOptions: { address: '127.0.0.1:9' },
    namespace: 'default',
  });
  const calling = client.workflow.count('WorkflowType="approval"');
  const heard = expect(calling).rejects.toThrow();
  await sleep(150);
  await connection.close();
  await heard;
  await expect(client.workflow.count('WorkflowType="approval"')).rejects.toThrow();
});
